import type { Announcements } from "../state/announcements.js";

export type ApiClientCredentialsEventMap = { readonly [Name in keyof Announcements]: CustomEvent<Announcements[Name]> };

/** An `error` that bubbled would be taken for one of the page's scripts. */
export function announce<Name extends keyof Announcements>(element: HTMLElement, what: Name, detail: Announcements[Name]): void {
  const bubbles = what !== "error";
  element.dispatchEvent(new CustomEvent(what, { detail, bubbles, composed: bubbles }));
}
