/** Defines a custom element, unless another version on the page has: the first one serves both. */
export function customElement(tag: string) {
  return (constructor: CustomElementConstructor): void => {
    if (!customElements.get(tag)) customElements.define(tag, constructor);
  };
}
