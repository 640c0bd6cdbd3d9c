import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { ApiProblem, SignInExpired, Unreachable } from "../api/failures.js";
import type { Localization } from "../locales/localization.js";
import { customElement } from "./define.js";
import { infoIcon, warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";

/** What went wrong, in words, and the one thing to do about it: fires `acc-sign-in` or `acc-retry`. */
@customElement("acc-notice")
export class Notice extends LitElement {
  @property({ attribute: false }) failure: unknown = null;
  @property({ type: Boolean }) retryable = false;
  /** Instead of a failure: something to know. */
  @property() text = "";
  private readonly localized = new Localized(this);

  override render() {
    const { t } = this.localized;
    if (!this.failure) {
      if (!this.text) return nothing;
      return html`<div class="box info">${infoIcon}<p>${this.text}</p></div>`;
    }
    const { title, text, requestId } = inWords(t, this.failure);
    return html`<div class="box" role="alert">
      ${warningIcon}
      <div class="words">
        <p class="title">${title}</p>
        ${text ? html`<p>${text}</p>` : nothing}
        ${requestId ? html`<p class="muted">${t("failures.requestId")} <code>${requestId}</code></p>` : nothing}
      </div>
      ${this.failure instanceof SignInExpired
        ? html`<button type="button" @click=${() => this.fire("acc-sign-in")}>${t("signInAgain")}</button>`
        : this.retryable
          ? html`<button type="button" @click=${() => this.fire("acc-retry")}>${t("retry")}</button>`
          : nothing}
    </div>`;
  }

  private fire(type: "acc-sign-in" | "acc-retry"): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
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
        flex-wrap: wrap;
        align-items: flex-start;
        gap: 0.5rem 0.75rem;
        padding: 0.75rem 1rem;
        border: 1px solid color-mix(in oklab, var(--_danger), transparent 65%);
        border-radius: var(--_radius);
        background: var(--_danger-soft);
      }
      .box > .icon {
        margin-block-start: 0.15rem;
        color: var(--_danger);
      }
      .box.info {
        flex-wrap: nowrap;
        border-color: var(--_line);
        background: var(--_sunken);
      }
      .box.info > .icon {
        color: var(--_muted);
      }
      .words {
        flex: 1 1 12rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .title {
        font-weight: 600;
      }
      code {
        font-family: var(--_mono);
        font-size: 0.9286em;
        user-select: all;
      }
    `,
  ];
}

function inWords(t: Localization["t"], failure: unknown): { title: string; text: string; requestId: string | null } {
  const ours = (kind: "signInExpired" | "unreachable" | "offline" | "unexpected") => ({
    title: t(`failures.${kind}.title`),
    text: t(`failures.${kind}.text`),
    requestId: null,
  });
  if (failure instanceof SignInExpired) return ours("signInExpired");
  if (failure instanceof Unreachable) return ours(navigator.onLine ? "unreachable" : "offline");
  const unexpected = ours("unexpected");
  if (!(failure instanceof ApiProblem)) return unexpected;
  return { title: failure.title || unexpected.title, text: failure.detail || unexpected.text, requestId: failure.requestId };
}

/** Brings what `host` says of a failure into sight: its caution, else its notice. */
export async function showFailure(host: LitElement): Promise<void> {
  await host.updateComplete;
  const notice = host.renderRoot.querySelector<LitElement>("acc-notice:not([hidden])");
  await notice?.updateComplete;
  (host.renderRoot.querySelector(".caution") ?? notice)?.scrollIntoView({ block: "nearest" });
}
