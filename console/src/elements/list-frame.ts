import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { isLoading, type ListView } from "../state/paged-list.js";
import { customElement } from "./define.js";
import { keyIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";
import "./notice.js";

/**
 * Around a list's rows, which are in its slot: what failed, what it waits for, that there are none, the way to more.
 * Fires `acc-more`.
 */
@customElement("acc-list-frame")
export class ListFrame extends LitElement {
  @property({ attribute: false }) view!: ListView<unknown>;
  @property({ attribute: false }) failure: unknown = null;
  /** What to say where there are no rows. */
  @property({ attribute: false }) empty!: { readonly title: string; readonly text: string };
  /** Says how many rows are shown. */
  @property({ attribute: false }) shown!: (count: number) => string;
  private readonly localized = new Localized(this);

  override render() {
    const { t } = this.localized;
    const { phase, items, more } = this.view;
    const busy = isLoading(this.view);
    return html`
      <acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure}></acc-notice>
      ${items.length > 0 ? html`<div class="frame" aria-busy=${busy}><slot></slot></div>` : this.renderNoRows(busy)}
      <div class="foot">
        <p class="muted" role="status">
          ${phase === "slow" ? t("stillLoading") : phase === "ready" && items.length ? this.shown(items.length) : ""}
        </p>
        ${more
          ? html`<button type="button" aria-disabled=${busy} @click=${this.showMore}>
              ${busy ? t("loading") : items.length ? t("showMore") : t("searchFurther")}
            </button>`
          : nothing}
      </div>
    `;
  }

  private renderNoRows(busy: boolean) {
    if (busy) {
      return html`<div class="frame waiting ${this.view.phase}" aria-busy="true">${[1, 2, 3].map(() => html`<div></div>`)}</div>`;
    }
    if (this.failure) return nothing;
    // Nothing was found as far as was read: that there is nothing is another thing to say.
    const { t } = this.localized;
    const words = this.view.more ? { title: t("searchingFurther.title"), text: t("searchingFurther.text") } : this.empty;
    return html`<div class="frame empty">
      ${keyIcon}
      <p class="title">${words.title}</p>
      <p class="muted">${words.text}</p>
    </div>`;
  }

  private showMore(): void {
    this.dispatchEvent(new CustomEvent("acc-more"));
  }

  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
      }
      acc-notice:not([hidden]) {
        margin-block-end: 1rem;
      }
      .frame {
        overflow: hidden;
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 1.25);
        background: var(--_surface);
      }
      .empty {
        display: grid;
        justify-items: center;
        gap: 0.25rem;
        padding: 3rem 1.5rem;
        text-align: center;
      }
      .empty .icon {
        inline-size: 2rem;
        block-size: 2rem;
        margin-block-end: 0.5rem;
        color: var(--_muted);
      }
      .empty .title {
        font-weight: 600;
      }
      .empty .muted {
        max-inline-size: 32rem;
      }
      .waiting {
        visibility: hidden;
      }
      .waiting.slow {
        visibility: visible;
      }
      .waiting div {
        block-size: 3.5rem;
        border-block-end: 1px solid var(--_line);
        background: linear-gradient(var(--_line), var(--_line)) 1rem 50% / 38% 0.625rem no-repeat;
        animation: breathe 1.6s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.5;
        }
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.75rem 1.5rem;
        min-block-size: 2.25rem;
        margin-block-start: 0.75rem;
      }
    `,
  ];
}
