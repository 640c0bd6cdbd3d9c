import { html } from "lit";

/** A labelled list to choose one of: values and their texts. A value that is not offered is shown as it is. */
export function choice<T extends string>(
  id: string,
  label: string,
  value: T,
  offered: readonly (readonly [T, string])[],
  chosen: (value: T) => void,
) {
  const all = offered.some(([one]) => one === value) ? offered : [...offered, [value, value] as const];
  return html`<span class="choice">
    <label class="muted" for=${id}>${label}</label>
    <select id=${id} @change=${({ target }: Event) => chosen((target as HTMLSelectElement).value as T)}>
      ${all.map(([one, words]) => html`<option value=${one} .selected=${one === value}>${words}</option>`)}
    </select>
  </span>`;
}
