import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { outcomeUnknown } from "../api/failures.js";
import type { Localization } from "../locales/localization.js";
import type { Confirmation } from "./confirmations.js";
import { customElement } from "./define.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";
import "./notice.js";

/** Asks before `action` runs, and stays open with the reason when it fails. Fires `acc-closed`. */
@customElement("acc-confirm")
export class ConfirmDialog extends LitElement {
  @property({ attribute: false }) confirmation: Confirmation | null = null;
  @state() private busy = false;
  @state() private understood = false;
  @state() private failure: unknown = null;
  /** What is known after an answer that got lost. */
  @state() private known: ((t: Localization["t"]) => string) | null = null;
  private readonly localized = new Localized(this);
  /** How far the action says that it is. */
  @state() private progress: ((t: Localization["t"]) => string) | null = null;
  private stopped = false;
  @query("dialog") private dialog?: HTMLDialogElement;

  override render() {
    if (!this.confirmation) return nothing;
    const { t } = this.localized;
    const asked = this.confirmation.words(t);
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="text"
      part="dialog"
      @cancel=${this.cancelled}
      @close=${this.closed}
    >
      <h2 id="title">${asked.title}</h2>
      <div id="text">${asked.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
      ${asked.list ? html`<ul tabindex="0" aria-labelledby="title">${asked.list.map((one) => html`<li><bdi>${one}</bdi></li>`)}</ul>` : nothing}
      ${asked.understand
        ? html`<label class="understand">
            <input type="checkbox" .checked=${this.understood} @change=${this.toggled} />
            <span>${asked.understand}</span>
          </label>`
        : nothing}
      <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      ${this.known ? html`<p class="known" role="status">${this.known(t)}</p>` : nothing}
      <div class="buttons">
        <button type="button" autofocus @click=${this.cancel} ?disabled=${this.busy && !this.confirmation?.stoppable}>
          ${t(this.busy && this.confirmation?.stoppable ? "stop" : "cancel")}
        </button>
        <button
          type="button"
          class="danger solid"
          aria-disabled=${this.blocked}
          @click=${this.run}
        >
          ${this.busy ? (this.progress?.(t) ?? asked.busy) : this.known ? t("repeat") : asked.button}
        </button>
      </div>
    </dialog>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("confirmation")) {
      this.busy = false;
      this.understood = false;
      this.failure = this.confirmation?.failure ?? null;
      this.known = this.progress = null;
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("confirmation") && this.confirmation && !this.dialog?.open) {
      this.dialog?.showModal();
      // Its buttons are always in sight; what they are about is read from the start.
      this.dialog?.scrollTo(0, 0);
    }
  }

  private get asksToUnderstand(): boolean {
    return this.confirmation?.words(this.localized.t).understand !== undefined;
  }

  private get blocked(): boolean {
    return this.busy || (this.asksToUnderstand && !this.understood);
  }

  private toggled({ target }: Event): void {
    this.understood = (target as HTMLInputElement).checked;
  }

  private async run(): Promise<void> {
    if (this.blocked || !this.confirmation) return;
    this.busy = true;
    this.stopped = false;
    this.failure = null;
    try {
      const next = await this.confirmation.action({ tell: (words) => (this.progress = words), stopped: () => this.stopped });
      if (next) this.confirmation = next;
      else this.dialog?.close();
    } catch (failure) {
      this.failure = failure;
      if (outcomeUnknown(failure)) this.known = (await this.confirmation.recheck?.()) ?? null;
    } finally {
      this.busy = false;
    }
  }

  private cancel(): void {
    if (this.busy) this.stopped = true;
    else this.dialog?.close();
  }

  private cancelled(cancel: Event): void {
    // Closing now would hide whether it worked.
    if (this.busy) cancel.preventDefault();
  }

  private closed(): void {
    this.dispatchEvent(new CustomEvent("acc-closed"));
  }

  static override styles = [
    tokens,
    controls,
    css`
      dialog {
        inline-size: min(30rem, calc(100vi - 2rem));
        max-block-size: calc(100dvb - 2rem);
        padding: 1.5rem 1.5rem 0;
        overflow-y: auto;
        /* What takes the focus stands clear of the buttons, which stay. */
        scroll-padding-block-end: 8.5rem;
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 1.5);
        background: var(--_surface);
        color: var(--_text);
        box-shadow: 0 1.25rem 3rem rgb(0 0 0 / 0.22);
      }
      dialog::backdrop {
        background: rgb(10 14 22 / 0.45);
      }
      h2 {
        margin-block-end: 0.75rem;
        font-size: 1.2143em;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      p + p {
        margin-block-start: 0.625rem;
      }
      #text p:last-child:not(:first-child) {
        color: var(--_muted);
      }
      ul {
        max-block-size: 12rem;
        margin-block-start: 0.75rem;
        padding: 0.5rem 0.75rem;
        overflow-y: auto;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        list-style: none;
        overflow-wrap: anywhere;
      }
      .understand {
        display: flex;
        gap: 0.625rem;
        margin-block-start: 1rem;
        padding: 0.75rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        cursor: pointer;
      }
      acc-notice,
      .known {
        margin-block-start: 1rem;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0.625rem;
        position: sticky;
        inset-block-end: 0;
        margin-block-start: 0.5rem;
        padding-block: 1rem 1.5rem;
        background: var(--_surface);
      }
    `,
  ];
}
