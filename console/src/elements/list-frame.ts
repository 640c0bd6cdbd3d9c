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
 * Fires `acc-more`, `acc-all` and `acc-stop`.
 */
@customElement("acc-list-frame")
export class ListFrame extends LitElement {
  @property({ attribute: false }) view!: ListView<unknown>;
  @property({ attribute: false }) failure: unknown = null;
  /** What to say where there are no rows. */
  @property({ attribute: false }) empty!: { readonly title: string; readonly text: string };
  /** Says how many rows are shown, of how many: null where nobody knows. */
  @property({ attribute: false }) shown!: (count: number, total: number | null) => string;
  @property({ attribute: false }) total: number | null = null;
  /** What to say beside it as long as not all were read. */
  @property({ attribute: false }) partly = "";
  /** There may be a way to all rows at once. */
  @property({ type: Boolean }) offersAll = false;
  private readonly localized = new Localized(this);

  override render() {
    const { t } = this.localized;
    const { items, more, readingAll } = this.view;
    const busy = isLoading(this.view);
    return html`
      <acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure}></acc-notice>
      ${items.length > 0 ? html`<div class="frame" aria-busy=${busy}><slot></slot></div>` : this.renderNoRows(busy)}
      <div class="foot">
        <p class="muted" role="status">${this.inWords()}</p>
        ${readingAll
          ? html`<button type="button" @click=${() => this.fire("acc-stop")}>${t("stop")}</button>`
          : more
            ? html`<div class="buttons">
                <button type="button" aria-disabled=${busy} @click=${() => this.fire("acc-more")}>
                  ${busy ? t("loading") : items.length ? t("showMore") : t("searchFurther")}
                </button>
                ${this.offersAll && !busy ? html`<button type="button" @click=${() => this.fire("acc-all")}>${t("showAll")}</button>` : nothing}
              </div>`
            : nothing}
      </div>
    `;
  }

  private inWords(): string {
    const { t } = this.localized;
    const { phase, items, more, readingAll } = this.view;
    if (phase === "slow") return readingAll ? t("readingAll", { count: items.length }) : t("stillLoading");
    if (isLoading(this.view) || !items.length) return "";
    const rest = phase === "failed" && more ? t("restNotRead") : more ? this.partly : "";
    return `${this.shown(items.length, this.total)} ${rest}`.trim();
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

  private fire(type: "acc-more" | "acc-all" | "acc-stop"): void {
    this.dispatchEvent(new CustomEvent(type));
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
        overflow: clip;
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
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.625rem;
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
