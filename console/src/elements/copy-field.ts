import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { copyText } from "./clipboard.js";
import { customElement } from "./define.js";
import { checkIcon, copyIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";

const CONFIRMED_MS = 2_000;

/** Text with a copy icon; clicking the text copies too. What is copied is the element's own text. Fires `acc-copied`. */
@customElement("acc-copy")
export class CopyField extends LitElement {
  /** What the text is, for the button's name. */
  @property() what = "";
  /** Whose it is, where there are several of them on the page. */
  @property() of = "";
  @property({ type: Boolean }) block = false;
  /** Keeps its lines, and scrolls sideways where they are long. */
  @property({ type: Boolean }) code = false;
  @state() private outcome: "copied" | "failed" | null = null;
  private timer?: ReturnType<typeof setTimeout>;
  private readonly localized = new Localized(this);

  override render() {
    const { t } = this.localized;
    const { what, of } = this;
    return html`<div class="field ${this.block ? "block" : ""} ${this.code ? "code" : ""}">
        <span class="text" tabindex=${this.code ? 0 : nothing} role=${this.code ? "region" : nothing}
          aria-label=${this.code ? what : nothing} @click=${this.clickedText}><slot></slot></span>
        <button class="quiet" type="button" aria-label=${of ? t("copy.of", { what, of }) : t("copy", { what })} @click=${this.copy}>
          ${this.outcome === "copied" ? checkIcon : copyIcon}
        </button>
      </div>
      <div role="status" class=${this.outcome === "failed" ? "failed" : "unseen"}>
        ${this.outcome === "copied" ? t("copied", { what }) : this.outcome === "failed" ? t("copyFailed") : ""}
      </div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private clickedText(): void {
    // A click that ends a selection is somebody copying a part by hand.
    if (!getSelection()?.toString()) void this.copy();
  }

  private async copy(): Promise<void> {
    const copied = await copyText((this.textContent ?? "").trim(), this);
    this.outcome = copied ? "copied" : "failed";
    clearTimeout(this.timer);
    if (!copied) return;
    this.timer = setTimeout(() => (this.outcome = null), CONFIRMED_MS);
    this.dispatchEvent(new CustomEvent("acc-copied", { bubbles: true, composed: true }));
  }

  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        min-inline-size: 0;
        position: relative;
      }
      .field {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        min-inline-size: 0;
      }
      .text {
        flex: 0 1 auto;
        min-inline-size: 0;
        overflow-wrap: anywhere;
        font-family: var(--_mono);
        font-size: 0.9286em;
        cursor: copy;
      }
      .field.block {
        align-items: flex-start;
        padding: 0.625rem 0.5rem 0.625rem 0.75rem;
        padding-inline: 0.75rem 0.5rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_sunken);
      }
      .field.block .text {
        flex: 1;
        padding-block: 0.3rem;
        white-space: pre-wrap;
      }
      .field.code .text {
        overflow-x: auto;
        white-space: pre;
      }
      .failed {
        margin-block-start: 0.25rem;
        color: var(--_danger);
      }
    `,
  ];
}
