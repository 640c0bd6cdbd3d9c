import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { MadeBefore } from "../api/failures.js";
import { idempotencyKey } from "../api/idempotency-key.js";
import type { AccessToken, ConsoleUser, CreatedCredential, Credential, CredentialRequest } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { visible } from "../format/visible.js";
import type { CreateForm } from "./create-form.js";
import { customElement } from "./define.js";
import { closeIcon, warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, panels, tokens } from "./styles.js";
import "./copy-field.js";
import "./create-form.js";
import "./notice.js";
import "./use-it.js";

/** The side panel: first the form, then the new credential with its Token Secret, shown once. */
@customElement("acc-create-panel")
export class CreatePanel extends LitElement {
  @property({ attribute: false }) user: ConsoleUser | null = null;
  @property({ attribute: false }) tokenEndpoint = "";
  @property({ attribute: false }) create!: (wanted: CredentialRequest, key: string) => Promise<CreatedCredential>;
  /** Gives a credential another secret instead of those it has. */
  @property({ attribute: false }) replaceSecret!: (clientId: string, key: string) => Promise<CreatedCredential>;
  /** Asks whether to revoke a credential. */
  @property({ attribute: false }) revoke!: (clientId: string) => Promise<void>;
  @property({ attribute: false }) exchange!: (clientId: string, clientSecret: string) => Promise<AccessToken>;

  @state() private opened = false;
  @state() private created: Credential | null = null;
  /** The only place that holds the Token Secret. It is emptied when the panel closes. */
  @state() private secret = "";
  @state() private copied = false;
  @state() private askingToClose = false;
  /** A credential is being made: whoever leaves now does not see its secret. */
  @state() private pending = false;
  /** The client_id of what was made under an answer that got lost, and its secret with it. */
  @state() private lost = "";
  @state() private failure: unknown = null;
  private key = "";
  private readonly localized = new Localized(this);

  @query("dialog") private dialog!: HTMLDialogElement;
  @query("acc-create-form") private form?: CreateForm;

  /** With what was typed before, unless it was cancelled. */
  async open(): Promise<void> {
    this.opened = true;
    await this.updateComplete;
    this.dialog.showModal();
    await this.form?.focusName();
  }

  /** After a new sign-in the form goes on. */
  signedIn(): void {
    this.form?.signedIn();
  }

  override render() {
    const { t } = this.localized;
    return html`<dialog
      part="side-panel"
      aria-labelledby="title"
      @cancel=${this.cancelled}
      @keydown=${this.escaped}
      @close=${this.closed}
    >
      <div class="frame">
        <header>
          <h2 id="title" tabindex="-1">${this.created ? t("created.title") : this.lost ? t("lost.title") : t("create.title")}</h2>
          <button type="button" class="quiet" aria-label=${t("close")} @click=${this.requestClose}>${closeIcon}</button>
        </header>
        ${this.created ? this.renderCreated(this.created) : this.lost ? this.renderLost() : this.opened && this.user ? this.renderForm(this.user) : nothing}
      </div>
    </dialog>`;
  }

  private renderForm(user: ConsoleUser) {
    return html`<acc-create-form .user=${user} .create=${this.generate} @acc-cancel=${this.close}></acc-create-form>`;
  }

  private renderLost() {
    const { t } = this.localized;
    return html`<div class="content">
        <p class="warning caution">${warningIcon}<span>${t("lost.text")}</span></p>
        <dl>
          <dt>${t("columns.clientId")}</dt>
          <dd><acc-copy what=${t("columns.clientId")}>${this.lost}</acc-copy></dd>
        </dl>
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      </div>
      <footer>
        <button type="button" class="danger" aria-disabled=${this.pending} @click=${this.revokeLost}>${t("revoke.ask")}</button>
        <button type="button" class="primary" aria-disabled=${this.pending} @click=${this.replaceLost}>${t("lost.replace")}</button>
      </footer>`;
  }

  private renderCreated(credential: Credential) {
    const { t, localization } = this.localized;
    return html`<div class="content">
        <div class="secret caution">
          <p class="warning">${warningIcon}<strong>${t("created.warning")}</strong></p>
          <h3>${t("created.secret")}</h3>
          <acc-copy block what=${t("created.secret")} @acc-copied=${() => (this.copied = true)}>${this.secret}</acc-copy>
          <p class="hint">${t("created.warningDetail")}</p>
        </div>
        <dl>
          <dt>${t("columns.name")}</dt>
          <dd><bdi>${visible(credential.name)}</bdi></dd>
          <dt>${t("columns.clientId")}</dt>
          <dd><acc-copy what=${t("columns.clientId")}>${credential.client_id}</acc-copy></dd>
          <dt>${t("columns.createdBy")}</dt>
          <dd><bdi>${actorName(t, credential.created_by)}</bdi></dd>
          <dt>${t("columns.createdOn")}</dt>
          <dd>${localization.dateAndTime(credential.created_at)}</dd>
          <dt>${t("created.scopes")}</dt>
          <dd>${credential.scopes.join(" · ") || t("noScopes")}</dd>
          <dt>${t("created.expires")}</dt>
          <dd>${credential.expires_at ? localization.dateAndTime(credential.expires_at) : t("created.never")}</dd>
        </dl>
        <acc-use-it
          .clientId=${credential.client_id}
          .tokenEndpoint=${this.tokenEndpoint}
          .exchange=${() => this.exchange(credential.client_id, this.secret)}
        ></acc-use-it>
      </div>
      <footer>
        ${this.askingToClose
          ? html`<p class="asking" role="alert">${t("created.notCopied")}</p>
              <button type="button" class="danger" id="close-anyway" @click=${this.closeAnyway}>${t("created.closeAnyway")}</button>
              <button type="button" class="primary" id="keep-open" @click=${this.keepOpen}>${t("created.keepOpen")}</button>`
          : html`<button type="button" class="primary" id="done" @click=${this.requestClose}>${t("created.done")}</button>`}
      </footer>`;
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.get("created") === null && this.created) || (changed.has("lost") && this.lost)) this.focusOn("title");
    if (changed.has("askingToClose") && this.created) this.focusOn(this.askingToClose ? "keep-open" : "done");
    const listen = this.atStake ? addEventListener : removeEventListener;
    listen("beforeunload", this.leavingPage);
    listen("copy", this.copiedByHand);
  }

  /** Whether a secret would be lost if the panel were gone now. */
  private get atStake(): boolean {
    return this.pending || (this.secret !== "" && !this.copied);
  }

  private readonly leavingPage = (leaving: BeforeUnloadEvent): void => leaving.preventDefault();

  private readonly copiedByHand = (): void => {
    if (this.secret && getSelection()?.toString().includes(this.secret)) this.copied = true;
  };

  private focusOn(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  private readonly generate = async (wanted: CredentialRequest, key: string): Promise<void> => {
    this.pending = true;
    try {
      this.show(await this.create(wanted, key));
    } catch (failure) {
      if (!(failure instanceof MadeBefore)) throw failure;
      this.lost = failure.clientId;
      this.key = idempotencyKey();
    } finally {
      this.pending = false;
    }
  };

  private show({ client_secret, ...credential }: CreatedCredential): void {
    if (!this.isConnected) return;
    // The service leaves the secret out for a client with a key of its own, which this form does not ask for.
    this.secret = client_secret ?? "";
    this.created = credential;
  }

  private readonly replaceLost = (): Promise<void> =>
    this.tryOnLost(async () => {
      try {
        this.show(await this.replaceSecret(this.lost, this.key));
      } catch (failure) {
        if (!(failure instanceof MadeBefore)) throw failure;
        // This one was lost, too. The next ends it.
        this.key = idempotencyKey();
        this.show(await this.replaceSecret(this.lost, this.key));
      }
    });

  private readonly revokeLost = (): Promise<void> =>
    this.tryOnLost(async () => {
      await this.revoke(this.lost);
      this.forget();
      this.dialog.close();
    });

  private async tryOnLost(action: () => Promise<void>): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    this.failure = null;
    try {
      await action();
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.pending = false;
    }
  }

  /** However often it is asked for: a secret that nobody has copied stays. */
  private requestClose(): void {
    if (this.pending) return;
    if (this.atStake) this.askingToClose = true;
    else if (this.form?.touched) this.dialog.close();
    else this.close();
  }

  private keepOpen({ detail: clicks }: UIEvent): void {
    // The second click of a double click on what was here before.
    if (clicks > 1) return;
    this.askingToClose = false;
  }

  private closeAnyway({ detail: clicks }: UIEvent): void {
    if (clicks > 1) return;
    this.close();
  }

  private close(): void {
    if (this.pending) return;
    this.forget();
    this.dialog.close();
  }

  private closed(): void {
    // It may have been opened again before its event came.
    if (this.dialog.open) return;
    // Browsers close a dialog at last, whatever `cancel` says.
    if (this.atStake) {
      this.dialog.showModal();
      this.requestClose();
    } else if (this.created) this.forget();
  }

  private escaped(keydown: KeyboardEvent): void {
    // Browsers let a second Escape close a dialog whatever `cancel` says; taken here, it never gets that far.
    if (keydown.key !== "Escape") return;
    keydown.preventDefault();
    this.requestClose();
  }

  private cancelled(cancel: Event): void {
    cancel.preventDefault();
    this.requestClose();
  }

  private forget(): void {
    this.opened = false;
    this.secret = "";
    this.created = null;
    this.lost = "";
    this.failure = null;
    this.copied = false;
    this.askingToClose = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forget();
    removeEventListener("beforeunload", this.leavingPage);
    removeEventListener("copy", this.copiedByHand);
  }

  static override styles = [
    tokens,
    controls,
    panels,
    css`
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
        font-size: 1.2143em;
        line-height: 1.3;
      }
      h2:focus {
        outline: none;
      }
      h3 {
        margin-block: 1rem 0.375rem;
        font-size: 1em;
        font-weight: 600;
      }
      .secret .hint {
        margin-block-start: 0.5rem;
        color: inherit;
      }
      .secret acc-copy {
        --acc-sunken: var(--_raised);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(6.5rem, auto) minmax(0, 1fr);
        gap: 0.5rem 1rem;
        align-items: center;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      acc-use-it {
        display: block;
        padding-block-start: 1.5rem;
        border-block-start: 1px solid var(--_line);
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
    `,
  ];
}
