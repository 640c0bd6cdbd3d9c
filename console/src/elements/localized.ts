import type { ReactiveController, ReactiveControllerHost } from "lit";
import { english, type Localization } from "../locales/localization.js";

const ASK = "acc-localization";

type Element = HTMLElement & ReactiveControllerHost;

/**
 * The localization of an element within another: that of the `LocalizationProvider` around it, wherever it stands,
 * English without one. The element is rendered again when it changes.
 */
export class Localized implements ReactiveController {
  private provider: LocalizationProvider | null = null;

  constructor(private readonly element: Element) {
    element.addController(this);
  }

  get localization(): Localization {
    return this.provider?.localization ?? english;
  }

  get t(): Localization["t"] {
    return this.localization.t;
  }

  hostConnected(): void {
    this.element.dispatchEvent(new CustomEvent<Localized>(ASK, { detail: this, bubbles: true, composed: true }));
  }

  hostDisconnected(): void {
    this.provider?.leave(this);
    this.provider = null;
  }

  changed(): void {
    this.element.requestUpdate();
  }

  joined(provider: LocalizationProvider): void {
    this.provider = provider;
  }
}

/** Gives the elements within this one their localization. */
export class LocalizationProvider {
  private given = english;
  private readonly elements = new Set<Localized>();

  constructor(private readonly element: Element) {
    element.addEventListener(ASK, (asked) => {
      asked.stopPropagation();
      const { detail: within } = asked as CustomEvent<Localized>;
      this.elements.add(within);
      within.joined(this);
    });
  }

  get localization(): Localization {
    return this.given;
  }

  set localization(localization: Localization) {
    this.given = localization;
    this.element.requestUpdate();
    for (const within of this.elements) within.changed();
  }

  leave(within: Localized): void {
    this.elements.delete(within);
  }
}
