import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Revocation } from "../api/types.js";
import { customElement } from "./define.js";
import { closeIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";

/** How far a revoke-all has come with marking the credentials it revoked. Fires `acc-dismiss`. */
@customElement("acc-revocation-progress")
export class RevocationProgress extends LitElement {
  @property({ attribute: false }) revocation: Revocation | null = null;
  @property({ attribute: false }) interrupted = false;
  private readonly localized = new Localized(this);

  override render() {
    if (!this.revocation) return nothing;
    const { t } = this.localized;
    const { swept, total, completed_at: completedAt } = this.revocation;
    return html`<div class="box">
      <div class="words">
        <p class="title" role="status">${t("revocation.title")}</p>
        ${completedAt
          ? html`<p role="status">${t("revocation.completed", { count: total })}</p>`
          : this.interrupted
            ? html`<p role="status">${t("revocation.interrupted")}</p>`
            : html`<p id="progress">${t("revocation.progress", { swept, total })}</p>`}
        <progress
          aria-label=${t("revocation.progress", { swept, total })}
          max=${Math.max(total, 1)}
          .value=${completedAt ? Math.max(total, 1) : swept}
        ></progress>
      </div>
      ${completedAt || this.interrupted
        ? html`<button type="button" class="quiet" aria-label=${t("close")} @click=${this.dismiss}>${closeIcon}</button>`
        : nothing}
    </div>`;
  }

  private dismiss(): void {
    this.dispatchEvent(new CustomEvent("acc-dismiss"));
  }

  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
      }
      .box {
        display: flex;
        align-items: flex-start;
        gap: 0.75rem;
        padding: 0.75rem 1rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_sunken);
      }
      .words {
        flex: 1;
        min-inline-size: 0;
      }
      .title {
        font-weight: 600;
      }
      progress {
        display: block;
        appearance: none;
        inline-size: 100%;
        block-size: 0.375rem;
        margin-block: 0.5rem 0.125rem;
        border: 0;
        border-radius: 1rem;
        overflow: hidden;
        background: var(--_line);
      }
      progress::-webkit-progress-bar {
        background: var(--_line);
      }
      progress::-webkit-progress-value {
        border-radius: 1rem;
        background: var(--_accent);
        transition: inline-size 200ms;
      }
      progress::-moz-progress-bar {
        border-radius: 1rem;
        background: var(--_accent);
      }
    `,
  ];
}
