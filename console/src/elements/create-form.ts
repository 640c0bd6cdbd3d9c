import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { ApiProblem, SignInExpired, outcomeUnknown } from "../api/failures.js";
import { idempotencyKey } from "../api/idempotency-key.js";
import type { ConsoleUser, CredentialRequest } from "../api/types.js";
import { dayOf, daysFrom, endOf, timestampOf } from "../format/dates.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, panels, tokens } from "./styles.js";
import "./notice.js";

const EXPIRIES = ["never", "30", "90", "365", "date"] as const;
type Expiry = (typeof EXPIRIES)[number];

const NAME_LENGTH = 100;

interface Attempt {
  readonly choices: string;
  readonly wanted: CredentialRequest;
  readonly key: string;
}

/**
 * Asks what the new credential is to be, and keeps what was typed when `create` rejects.
 * Fires `acc-cancel`, and `acc-doubt` where it may have been created all the same.
 */
@customElement("acc-create-form")
export class CreateForm extends LitElement {
  /** As they are when the form is shown: what it asks does not change under somebody's hands. */
  @property({ attribute: false }) user!: ConsoleUser;
  @property({ attribute: false }) create!: (wanted: CredentialRequest, key: string) => Promise<void>;

  /** Somebody has typed or chosen something. */
  touched = false;
  /** `create` is under way. */
  @state() private busy = false;
  @state() private name = "";
  private offered: ConsoleUser["scopes"] = [];
  @state() private scopes: ReadonlySet<string> = new Set();
  @state() private expiry: Expiry = "never";
  @state() private lastDay = "";
  @state() private faults: Readonly<Record<string, string>> = {};
  @state() private failure: unknown = null;
  @state() private doubt = false;
  /** What was asked for last, and under which key: the same choices again are the same request. */
  private attempt: Attempt | null = null;
  private readonly localized = new Localized(this);

  async focusName(): Promise<void> {
    await this.updateComplete;
    this.field("name")?.focus();
  }

  /** After a new sign-in the form is as it was; only the notice about it goes. */
  signedIn(): void {
    if (this.failure instanceof SignInExpired) this.failure = null;
  }

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this.offered = this.user.scopes;
    this.scopes = new Set(this.user.default_scopes);
  }

  override render() {
    const { t } = this.localized;
    return html`<form novalidate @submit=${this.submit} @input=${() => (this.touched = true)}>
      <div class="content">
        <div class="field">
          <label for="name">${t("create.name")}</label>
          <input
            id="name"
            autocomplete="off"
            .value=${this.name}
            aria-describedby="name-hint name-fault"
            aria-invalid=${"name" in this.faults}
            aria-required="true"
            @input=${({ target }: InputEvent) => (this.name = (target as HTMLInputElement).value)}
          />
          <p class="hint" id="name-hint">${t("create.nameHint")}</p>
          ${this.renderFault("name")}
        </div>
        ${this.offered.length
          ? html`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
              <legend>${t("create.scopes")}</legend>
              <p class="hint" id="scopes-hint">${t("create.scopesHint")}</p>
              ${this.offered.map(
                (scope) =>
                  html`<label class="scope">
                    <input
                      type="checkbox"
                      .checked=${this.scopes.has(scope.name)}
                      @change=${({ target }: Event) => this.tickScope(scope.name, (target as HTMLInputElement).checked)}
                    />
                    <span><span class="mono">${scope.name}</span><span class="hint">${scope.description}</span></span>
                  </label>`,
              )}
              ${this.renderFault("scopes")}
            </fieldset>`
          : nothing}
        <div class="field">
          <label for="expiry">${t("create.expiry")}</label>
          <select id="expiry" @change=${({ target }: Event) => (this.expiry = (target as HTMLSelectElement).value as Expiry)}>
            ${EXPIRIES.map(
              (expiry) =>
                html`<option value=${expiry} .selected=${expiry === this.expiry}>${t(`create.expiry.${expiry}`)}</option>`,
            )}
          </select>
          ${this.expiry === "date" ? nothing : this.renderFault("expires_at")}
        </div>
        ${this.expiry === "date"
          ? html`<div class="field">
              <label for="expires_at">${t("create.expiryDate")}</label>
              <input
                id="expires_at"
                type="date"
                min=${dayOf(new Date())}
                .value=${this.lastDay}
                aria-describedby="date-hint expires_at-fault"
                aria-invalid=${"expires_at" in this.faults}
                @input=${({ target }: InputEvent) => (this.lastDay = (target as HTMLInputElement).value)}
              />
              <p class="hint" id="date-hint">${t("create.expiryDateHint")}</p>
              ${this.renderFault("expires_at")}
            </div>`
          : nothing}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
        ${this.doubt ? html`<p class="warning caution">${warningIcon}<span>${t("create.doubt")}</span></p>` : nothing}
      </div>
      <footer>
        <button type="button" @click=${this.cancel}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>${this.busy ? t("create.submitting") : this.doubt && this.choices === this.attempt?.choices ? t("retry") : t("create.submit")}</button>
      </footer>
    </form>`;
  }

  private renderFault(field: string) {
    return html`<p class="fault" id="${field}-fault" ?hidden=${!(field in this.faults)}>${this.faults[field]}</p>`;
  }

  private tickScope(scope: string, ticked: boolean): void {
    const scopes = new Set(this.scopes);
    if (ticked) scopes.add(scope);
    else scopes.delete(scope);
    this.scopes = scopes;
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    // The one guard against a double click: a second submit while the first is under way does nothing.
    if (this.busy) return;
    this.faults = this.check();
    if (Object.keys(this.faults).length > 0) return void this.focusFault();
    this.busy = true;
    this.failure = null;
    if (this.choices !== this.attempt?.choices) {
      this.attempt = { choices: this.choices, wanted: this.wanted(), key: idempotencyKey() };
      this.doubt = false;
    }
    try {
      await this.create(this.attempt.wanted, this.attempt.key);
    } catch (failure) {
      await this.refused(failure);
    } finally {
      this.busy = false;
    }
  }

  private get choices(): string {
    return JSON.stringify([this.name, [...this.scopes], this.expiry, this.lastDay]);
  }

  private check(): Record<string, string> {
    const { t } = this.localized;
    const faults: Record<string, string> = {};
    if (!this.name.trim()) faults["name"] = t("create.nameMissing");
    else if ([...this.name.trim()].length > NAME_LENGTH) faults["name"] = t("create.nameTooLong", { most: NAME_LENGTH });
    if (this.expiry === "date" && !(this.lastDay >= dayOf(new Date()))) faults["expires_at"] = t("create.expiryDateMissing");
    return faults;
  }

  private wanted(): CredentialRequest {
    return {
      // As the service wants it: what a person types or pastes may be composed in another way.
      name: this.name.trim().normalize("NFC"),
      scopes: this.offered.map((scope) => scope.name).filter((scope) => this.scopes.has(scope)),
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
    if (outcomeUnknown(failure)) {
      this.doubt = true;
      this.dispatchEvent(new CustomEvent("acc-doubt", { bubbles: true, composed: true }));
    }
    await this.updateComplete;
    const notice = this.renderRoot.querySelector<LitElement>("acc-notice");
    await notice?.updateComplete;
    (this.renderRoot.querySelector(".caution") ?? notice)?.scrollIntoView({ block: "nearest" });
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

  private cancel(): void {
    this.dispatchEvent(new CustomEvent("acc-cancel"));
  }

  static override styles = [
    tokens,
    controls,
    panels,
    css`
      :host,
      form {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-block-size: 0;
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
    `,
  ];
}
