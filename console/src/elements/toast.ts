import { LitElement, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Localization } from "../locales/localization.js";
import { customElement } from "./define.js";
import { Localized } from "./localized.js";
import { tokens } from "./styles.js";

const SHOWN_MS = 6_000;

type Words = (t: Localization["t"]) => string;

/** Says what was done, for a few seconds. */
@customElement("acc-toast")
export class Toast extends LitElement {
  @state() private words: Words | null = null;
  private readonly localized = new Localized(this);
  private timer?: ReturnType<typeof setTimeout>;

  /** Shows these words instead of the ones before; `null` clears them. */
  show(words: Words | null): void {
    this.words = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.words = null), SHOWN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render() {
    return html`<div role="status">${this.words ? html`<p>${this.words(this.localized.t)}</p>` : nothing}</div>`;
  }

  static override styles = [
    tokens,
    css`
      :host {
        position: fixed;
        inset-block-end: 1.5rem;
        inset-inline: 1rem;
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      p {
        max-inline-size: 36rem;
        margin: 0;
        padding: 0.625rem 1rem;
        border: 1px solid transparent;
        border-radius: var(--_radius);
        background: var(--_text);
        color: var(--_surface);
        box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.2);
        overflow-wrap: anywhere;
      }
    `,
  ];
}
