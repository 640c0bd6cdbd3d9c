import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import {
  ApiProblem,
  SignInExpired,
  Unreachable,
  type AccessToken,
  type ConsoleUser,
  type CreatedCredential,
  type Credential,
  type NewCredential,
} from "../api/client.js";
import { dateAndTime, dayOf, daysFrom, endOf, timestampOf } from "../format/dates.js";
import { closeIcon, warningIcon } from "./icons.js";
import { texts } from "../texts.js";
import { controls, tokens } from "./styles.js";
import "./copy-field.js";
import "./notice.js";
import "./use-it.js";

type Expiry = keyof typeof texts.create.expiryChoices;

const EXPIRIES: readonly Expiry[] = ["never", "30", "90", "365", "date"];
const NAME_LENGTH = 100;

/** The side panel: first the form, then the new credential with its Token Secret. Fires `acc-closed`, `acc-doubt`. */
@customElement("acc-create-panel")
export class CreatePanel extends LitElement {
  @property({ attribute: false }) user: ConsoleUser | null = null;
  @property({ attribute: false }) tokenEndpoint = "";
  @property({ attribute: false }) create: (wanted: NewCredential) => Promise<CreatedCredential> = unset;
  @property({ attribute: false }) exchange: (clientId: string, clientSecret: string) => Promise<AccessToken> = unset;

  @state() private name = "";
  @state() private scopes: ReadonlySet<string> = new Set();
  @state() private expiry: Expiry = "never";
  @state() private lastDay = "";
  @state() private faults: Readonly<Record<string, string>> = {};
  @state() private busy = false;
  @state() private failure: unknown = null;
  @state() private doubt = false;

  @state() private created: Credential | null = null;
  /** The only place that holds the Token Secret. It is emptied when the panel closes. */
  @state() private secret = "";
  @state() private copied = false;
  @state() private askingToClose = false;

  @query("dialog") private dialog!: HTMLDialogElement;

  async open(): Promise<void> {
    this.name = "";
    this.scopes = new Set(this.user?.default_scopes);
    this.expiry = "never";
    this.lastDay = "";
    this.faults = {};
    this.failure = null;
    this.doubt = false;
    await this.updateComplete;
    this.dialog.showModal();
    this.field("name")?.focus();
  }

  /** After a new sign-in the form is as it was; only the notice about it goes. */
  signedIn(): void {
    if (this.failure instanceof SignInExpired) this.failure = null;
  }

  override render() {
    return html`<dialog
      part="side-panel"
      aria-labelledby="title"
      @cancel=${this.cancelled}
      @keydown=${this.escaped}
      @close=${this.closed}
    >
      <div class="frame">
        <header>
          <h2 id="title" tabindex="-1">${this.created ? texts.created.title : texts.create.title}</h2>
          <button type="button" class="quiet" aria-label=${texts.close} @click=${this.requestClose}>${closeIcon}</button>
        </header>
        ${this.created ? this.renderCreated(this.created) : this.renderForm()}
      </div>
    </dialog>`;
  }

  private renderForm() {
    const words = texts.create;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        <div class="field">
          <label for="name">${words.name}</label>
          <input
            id="name"
            autocomplete="off"
            .value=${this.name}
            aria-describedby="name-hint name-fault"
            aria-invalid=${"name" in this.faults}
            aria-required="true"
            @input=${(event: InputEvent) => (this.name = (event.target as HTMLInputElement).value)}
          />
          <p class="hint" id="name-hint">${words.nameHint}</p>
          ${this.renderFault("name")}
        </div>
        ${this.user?.scopes.length
          ? html`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
              <legend>${words.scopes}</legend>
              <p class="hint" id="scopes-hint">${words.scopesHint}</p>
              ${this.user.scopes.map(
                (scope) =>
                  html`<label class="scope">
                    <input
                      type="checkbox"
                      .checked=${this.scopes.has(scope.name)}
                      @change=${(event: Event) => this.tickScope(scope.name, (event.target as HTMLInputElement).checked)}
                    />
                    <span><span class="mono">${scope.name}</span><span class="hint">${scope.description}</span></span>
                  </label>`,
              )}
              ${this.renderFault("scopes")}
            </fieldset>`
          : nothing}
        <div class="field">
          <label for="expiry">${words.expiry}</label>
          <select id="expiry" @change=${(event: Event) => (this.expiry = (event.target as HTMLSelectElement).value as Expiry)}>
            ${EXPIRIES.map(
              (expiry) =>
                html`<option value=${expiry} .selected=${expiry === this.expiry}>${words.expiryChoices[expiry]}</option>`,
            )}
          </select>
          ${this.expiry === "date" ? nothing : this.renderFault("expires_at")}
        </div>
        ${this.expiry === "date"
          ? html`<div class="field">
              <label for="expires_at">${words.expiryDate}</label>
              <input
                id="expires_at"
                type="date"
                min=${dayOf(new Date())}
                .value=${this.lastDay}
                aria-describedby="date-hint expires_at-fault"
                aria-invalid=${"expires_at" in this.faults}
                @input=${(event: InputEvent) => (this.lastDay = (event.target as HTMLInputElement).value)}
              />
              <p class="hint" id="date-hint">${words.expiryDateHint}</p>
              ${this.renderFault("expires_at")}
            </div>`
          : nothing}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
        ${this.doubt ? html`<p class="doubt">${warningIcon}<span>${words.doubt}</span></p>` : nothing}
      </div>
      <footer>
        <button type="button" @click=${this.requestClose}>${texts.cancel}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>${this.busy ? words.submitting : words.submit}</button>
      </footer>
    </form>`;
  }

  private renderFault(field: string) {
    return html`<p class="fault" id="${field}-fault" ?hidden=${!(field in this.faults)}>${this.faults[field]}</p>`;
  }

  private renderCreated(credential: Credential) {
    const words = texts.created;
    return html`<div class="content">
        <div class="secret">
          <p class="warning">${warningIcon}<strong>${words.warning}</strong></p>
          <h3>${words.secret}</h3>
          <acc-copy block what=${words.secret} @acc-copied=${() => (this.copied = true)}>${this.secret}</acc-copy>
          <p class="hint">${words.warningDetail}</p>
        </div>
        <dl>
          <dt>${texts.columns.name}</dt>
          <dd><bdi>${credential.name}</bdi></dd>
          <dt>${texts.columns.clientId}</dt>
          <dd><acc-copy what=${texts.columns.clientId}>${credential.client_id}</acc-copy></dd>
          <dt>${texts.columns.createdBy}</dt>
          <dd><bdi>${credential.created_by.name}</bdi></dd>
          <dt>${texts.columns.createdOn}</dt>
          <dd>${dateAndTime(credential.created_at)}</dd>
          <dt>${words.scopes}</dt>
          <dd>${credential.scopes.join(" · ") || texts.noScopes}</dd>
          <dt>${words.expires}</dt>
          <dd>${credential.expires_at ? dateAndTime(credential.expires_at) : words.never}</dd>
        </dl>
        <acc-use-it
          .clientId=${credential.client_id}
          .tokenEndpoint=${this.tokenEndpoint}
          .exchange=${() => this.exchange(credential.client_id, this.secret)}
        ></acc-use-it>
      </div>
      <footer>
        ${this.askingToClose
          ? html`<p class="asking" role="alert">${words.notCopied}</p>
              <button type="button" id="keep-open" @click=${() => (this.askingToClose = false)}>${words.keepOpen}</button>
              <button type="button" class="danger" @click=${this.close}>${words.closeAnyway}</button>`
          : html`<button type="button" class="primary" @click=${this.requestClose}>${words.done}</button>`}
      </footer>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.get("created") === null && this.created) this.field("title")?.focus();
    if (changed.has("askingToClose") && this.askingToClose) this.field("keep-open")?.focus();
  }

  private tickScope(name: string, ticked: boolean): void {
    const scopes = new Set(this.scopes);
    if (ticked) scopes.add(name);
    else scopes.delete(name);
    this.scopes = scopes;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    // The one guard against a double click: a second submit while the first is under way does nothing.
    if (this.busy) return;
    this.faults = this.check();
    if (Object.keys(this.faults).length > 0) return void this.focusFault();
    this.busy = true;
    this.failure = null;
    this.doubt = false;
    try {
      const { client_secret, ...credential } = await this.create(this.wanted());
      if (!this.dialog.open) return;
      this.secret = client_secret;
      this.created = credential;
    } catch (failure) {
      await this.refused(failure);
    } finally {
      this.busy = false;
    }
  }

  private check(): Record<string, string> {
    const faults: Record<string, string> = {};
    if (!this.name.trim()) faults["name"] = texts.create.nameMissing;
    else if ([...this.name.trim()].length > NAME_LENGTH) faults["name"] = texts.create.nameTooLong;
    if (this.expiry === "date" && !(this.lastDay >= dayOf(new Date()))) faults["expires_at"] = texts.create.expiryDateMissing;
    return faults;
  }

  private wanted(): NewCredential {
    const known = this.user?.scopes.map((scope) => scope.name) ?? [];
    return {
      name: this.name.trim(),
      scopes: known.filter((name) => this.scopes.has(name)),
      ...(this.expiry === "never" ? {} : { expires_at: timestampOf(this.expiresAt()) }),
    };
  }

  private expiresAt(): Date {
    return this.expiry === "date" ? endOf(this.lastDay) : daysFrom(new Date(), Number(this.expiry));
  }

  private async refused(failure: unknown): Promise<void> {
    const faults = failure instanceof ApiProblem ? failure.faults : [];
    this.faults = Object.fromEntries(faults.map((fault) => [fault.pointer.split("/")[1] ?? "", fault.detail]));
    if (await this.focusFault()) return;
    this.failure = failure;
    this.doubt = failure instanceof Unreachable || (failure instanceof ApiProblem && failure.status >= 500);
    if (this.doubt) this.dispatchEvent(new CustomEvent("acc-doubt"));
  }

  /** Moves to the first field that is wrong; answers whether there is one. */
  private async focusFault(): Promise<boolean> {
    await this.updateComplete;
    const wrong = ["name", "scopes", "expires_at"].find((field) => field in this.faults);
    if (wrong) (this.field(wrong) ?? this.field("name"))?.focus();
    return wrong !== undefined;
  }

  private field(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`#${id}`);
  }

  private requestClose(): void {
    if (this.busy) return;
    if (this.secret && !this.copied && !this.askingToClose) this.askingToClose = true;
    else this.close();
  }

  private close(): void {
    this.forget();
    this.dialog.close();
  }

  private forget(): void {
    this.secret = "";
    this.created = null;
    this.copied = false;
    this.askingToClose = false;
  }

  private escaped(event: KeyboardEvent): void {
    // Browsers let a second Escape close a dialog whatever `cancel` says; taken here, it never gets that far.
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.requestClose();
  }

  private cancelled(event: Event): void {
    event.preventDefault();
    this.requestClose();
  }

  private closed(): void {
    this.forget();
    this.dispatchEvent(new CustomEvent("acc-closed"));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forget();
  }

  static override styles = [
    tokens,
    controls,
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
      .frame,
      form {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-block-size: 0;
      }
      .frame {
        block-size: 100%;
      }
      header,
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.625rem;
        padding: 1rem 1.5rem;
      }
      header {
        flex-wrap: nowrap;
        justify-content: space-between;
        border-block-end: 1px solid var(--_line);
      }
      footer {
        justify-content: flex-end;
        border-block-start: 1px solid var(--_line);
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
      .content {
        flex: 1;
        min-block-size: 0;
        padding: 1.5rem;
        overflow-y: auto;
        overscroll-behavior: contain;
      }
      .content > * + * {
        margin-block-start: 1.5rem;
      }
      fieldset {
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      label,
      legend {
        padding: 0;
        font-weight: 600;
      }
      .field > label {
        display: block;
        margin-block-end: 0.375rem;
      }
      .hint {
        margin-block-start: 0.25rem;
        color: var(--_muted);
        font-size: 0.9286em;
        font-weight: 400;
      }
      .fault {
        margin-block-start: 0.25rem;
        color: var(--_danger);
      }
      .field > .scope {
        display: flex;
        gap: 0.625rem;
        margin-block: 0.75rem 0;
        font-weight: 400;
        cursor: pointer;
      }
      .scope .hint {
        display: block;
        margin: 0;
      }
      .warning,
      .doubt {
        display: flex;
        gap: 0.625rem;
      }
      .warning .icon,
      .doubt .icon {
        margin-block-start: 0.15rem;
        color: var(--_warning);
      }
      .secret,
      .doubt {
        padding: 1rem;
        border: 1px solid color-mix(in oklab, var(--_warning), transparent 60%);
        border-radius: var(--_radius);
        background: var(--_warning-soft);
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
      .asking {
        flex: 1 1 100%;
        color: var(--_danger);
        font-weight: 500;
      }
      @media (inline-size < 26rem) {
        header,
        footer,
        .content {
          padding-inline: 1rem;
        }
      }
    `,
  ];
}

function unset(): Promise<never> {
  return Promise.reject(new Error("not set"));
}
