import { LitElement, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { SignInExpired, outcomeUnknown } from "../api/failures.js";
import { Attempts } from "../api/idempotency-key.js";
import type { ConsoleUser, CredentialRequest, ServerMetadata } from "../api/types.js";
import { CredentialFields, forms, type Chosen } from "./credential-fields.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import type { KeyInput } from "./key-input.js";
import { Localized } from "./localized.js";
import { showFailure } from "./notice.js";
import { controls, panels, tokens } from "./styles.js";
import "./key-input.js";

interface Wanted {
  readonly request: CredentialRequest;
  /** Of the key pair that was made for it; else empty. */
  readonly privateKey: string;
}

/** There is no key to send; the field has said so. */
class NoKey extends Error {}

/**
 * Asks what the new credential is to be, and keeps what was typed when `create` rejects.
 * Fires `acc-cancel`, and `acc-doubt` where it may have been created all the same.
 */
@customElement("acc-create-form")
export class CreateForm extends LitElement {
  /** As they are when the form is shown: what it asks does not change under somebody's hands. */
  @property({ attribute: false }) user!: ConsoleUser;
  @property({ attribute: false }) create!: (wanted: CredentialRequest, key: string, privateKey: string) => Promise<void>;
  @property({ attribute: false }) metadata!: () => Promise<ServerMetadata>;

  /** `create` is under way. */
  @state() private busy = false;
  @state() private failure: unknown = null;
  private readonly localized = new Localized(this);
  private readonly fields = new CredentialFields(this, this.localized);
  private readonly attempts = new Attempts<Wanted>();
  /** The client is to have a key of its own, and no secret. */
  @state() private keyed = false;
  @query("acc-key-input") private keyInput?: KeyInput;

  /** Somebody has typed or chosen something. */
  get touched(): boolean {
    return this.fields.touched;
  }

  async focusName(): Promise<void> {
    await this.updateComplete;
    this.fields.focusName();
  }

  /** After a new sign-in the form is as it was; only the notice about it goes. */
  signedIn(): void {
    if (this.failure instanceof SignInExpired) this.failure = null;
  }

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this.fields.start(this.user.scopes, { scopes: this.user.default_scopes });
    this.keyed = this.user.security_profile !== null;
  }

  override render() {
    const { t } = this.localized;
    const { inDoubt } = this.attempts;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        ${this.fields.render()} ${this.renderAuthentication()}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
        ${inDoubt ? html`<p class="warning caution">${warningIcon}<span>${t("create.doubt")}</span></p>` : nothing}
      </div>
      <footer>
        <button type="button" @click=${this.cancel}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>
          ${this.busy ? t("create.submitting") : this.attempts.isRetry(this.choices) ? t("retry") : t("create.submit")}
        </button>
      </footer>
    </form>`;
  }

  private renderAuthentication() {
    const { t } = this.localized;
    return html`<fieldset class="field">
      <legend>${t("keys.authentication")}</legend>
      ${(this.user.security_profile ? [] : ([false, true] as const)).map(
        (keyed) =>
          html`<label class="choice">
            <input type="radio" name="authentication" .checked=${keyed === this.keyed} @change=${() => (this.keyed = keyed)} />
            <span>${t(keyed ? "keys.key" : "keys.secret")}</span>
          </label>`,
      )}
      ${this.keyed ? html`<acc-key-input .metadata=${this.metadata}></acc-key-input>` : nothing} ${this.fields.renderFault("jwks")}
      ${this.offersProfile ? this.fields.renderProfile() : nothing}
    </fieldset>`;
  }

  /** Where all are held to a profile there is none to choose; one of its own goes with keys alone. */
  private get offersProfile(): boolean {
    return this.keyed && !this.user.security_profile;
  }

  /** Tells two states of the form apart. */
  private get choices(): string {
    return `${this.fields.fingerprint} ${this.keyed ? this.keyInput?.fingerprint : ""}`;
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    // The one guard against a double click: a second submit while the first is under way does nothing.
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      if (!(await this.fields.check())) return;
      const { wanted, key } = await this.attempts.next(this.choices, () => this.wanted());
      await this.create(wanted.request, key, wanted.privateKey);
    } catch (failure) {
      if (!(failure instanceof NoKey)) await this.refused(failure);
    } finally {
      this.busy = false;
    }
  }

  private async wanted(): Promise<Wanted> {
    const { chosen } = this.fields;
    const wanted: Chosen = { ...chosen, security_profile: this.offersProfile ? chosen.security_profile : null };
    const request = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)) as CredentialRequest;
    if (!this.keyed) return { request, privateKey: "" };
    const given = await this.keyInput?.given();
    if (!given) throw new NoKey();
    return { request: { ...request, jwks: { keys: given.publicKeys } }, privateKey: given.privateKey };
  }

  private async refused(failure: unknown): Promise<void> {
    if (await this.fields.refused(failure)) return;
    this.failure = failure;
    if (outcomeUnknown(failure)) {
      this.attempts.inDoubt = true;
      this.dispatchEvent(new CustomEvent("acc-doubt", { bubbles: true, composed: true }));
    }
    await showFailure(this);
  }

  private cancel(): void {
    this.dispatchEvent(new CustomEvent("acc-cancel"));
  }

  static override styles = [tokens, controls, panels, forms];
}
