import { css, html, nothing, type ReactiveController, type ReactiveControllerHost } from "lit";
import { closeIcon } from "./icons.js";
import type { Localized } from "./localized.js";

/** What would be lost if a panel closed now: the question, and the button that loses it. */
export interface Stake {
  readonly question: string;
  readonly lose: string;
}

interface Host extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
  /** An answer is under way that nobody would see: the panel neither closes nor asks. */
  readonly pending: boolean;
  readonly stake: Stake | null;
  /** It shall close. */
  closing(): void;
}

/**
 * A dialog at the side of the page. However often it is asked to close, by a button, Escape or the browser: while something is at stake
 * it stays, and asks.
 */
export class SidePanel implements ReactiveController {
  private asking = false;
  private wasAsking = false;

  constructor(
    private readonly host: Host,
    private readonly localized: Localized,
  ) {
    host.addController(this);
  }

  private get dialog(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector("dialog");
  }

  get isOpen(): boolean {
    return this.dialog?.open ?? false;
  }

  /** Nothing where it is open already. */
  open(): void {
    if (!this.isOpen) this.dialog?.showModal();
  }

  close(): void {
    this.asking = false;
    this.dialog?.close();
  }

  focusHeading(): void {
    this.focusOn("#title");
  }

  private focusOn(selector: string): void {
    this.dialog?.querySelector<HTMLElement>(selector)?.focus();
  }

  /** `footer` has buttons, the main one last; while it asks, others are in its place. */
  render(heading: string, content: unknown, footer?: unknown) {
    return html`<dialog part="side-panel" aria-labelledby="title" @cancel=${this.cancelled} @keydown=${this.escaped} @close=${this.closed}>
      <div class="frame">
        <header>
          <h2 id="title" tabindex="-1"><bdi>${heading}</bdi></h2>
          <button type="button" class="quiet" aria-label=${this.localized.t("close")} @click=${this.requestClose}>${closeIcon}</button>
        </header>
        ${content}
        ${this.asking ? this.renderAsking() : footer ? html`<footer>${footer}</footer>` : nothing}
      </div>
    </dialog>`;
  }

  private renderAsking() {
    return html`<footer>
      <p class="asking" role="alert">${this.host.stake?.question}</p>
      <button type="button" class="danger" id="close-anyway" @click=${this.closeAnyway}>${this.host.stake?.lose}</button>
      <button type="button" class="primary" id="keep-open" @click=${this.keepOpen}>${this.localized.t("created.keepOpen")}</button>
    </footer>`;
  }

  hostUpdate(): void {
    if (!this.host.stake) this.asking = false;
  }

  hostUpdated(): void {
    if (this.asking !== this.wasAsking && this.host.stake) this.focusOn(this.asking ? "#keep-open" : "footer button:last-child");
    this.wasAsking = this.asking;
    const listen = this.host.pending || this.host.stake ? addEventListener : removeEventListener;
    listen("beforeunload", this.leavingPage);
  }

  hostDisconnected(): void {
    removeEventListener("beforeunload", this.leavingPage);
  }

  private readonly leavingPage = (leaving: BeforeUnloadEvent): void => leaving.preventDefault();

  private ask(asking: boolean): void {
    this.asking = asking;
    this.host.requestUpdate();
  }

  /** As a click on its close button does. */
  readonly requestClose = (): void => {
    if (this.host.pending) return;
    if (this.host.stake) this.ask(true);
    else this.host.closing();
  };

  private readonly keepOpen = ({ detail: clicks }: UIEvent): void => {
    // The second click of a double click on what was here before.
    if (clicks < 2) this.ask(false);
  };

  private readonly closeAnyway = ({ detail: clicks }: UIEvent): void => {
    if (clicks > 1 || this.host.pending) return;
    this.ask(false);
    this.host.closing();
  };

  private readonly closed = (): void => {
    // It may have been opened again before its event came.
    if (this.isOpen) return;
    // Browsers close a dialog at last, whatever `cancel` says.
    if (this.host.pending || this.host.stake) this.open();
    this.requestClose();
  };

  private readonly escaped = (keydown: KeyboardEvent): void => {
    // Browsers let a second Escape close a dialog whatever `cancel` says; taken here, it never gets that far.
    if (keydown.key !== "Escape") return;
    keydown.preventDefault();
    this.requestClose();
  };

  private readonly cancelled = (cancel: Event): void => {
    cancel.preventDefault();
    this.requestClose();
  };
}

export const sidePanel = css`
  dialog {
    inline-size: min(32rem, 100vi);
    max-inline-size: none;
    block-size: 100dvb;
    max-block-size: none;
    margin: 0;
    margin-inline-start: auto;
    padding: 0;
    border: 0;
    border-inline-start: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 0 3rem rgb(0 0 0 / 0.22);
  }
  dialog[open] {
    animation: slide 160ms ease-out;
  }
  @keyframes slide {
    from {
      opacity: 0;
    }
  }
  dialog::backdrop {
    background: rgb(10 14 22 / 0.45);
  }
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  header {
    flex-wrap: nowrap;
    justify-content: space-between;
    border-block-end: 1px solid var(--_line);
  }
  h2 {
    min-inline-size: 0;
    font-size: 1.2143em;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h2:focus {
    outline: none;
  }
  /* Away from where the button was that somebody may be clicking twice. */
  #close-anyway {
    margin-inline-end: auto;
  }
  .asking {
    flex: 1 1 100%;
    color: var(--_danger);
    font-weight: 500;
  }
`;
