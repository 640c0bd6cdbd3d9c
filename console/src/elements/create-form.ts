import { LitElement, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { SignInExpired, outcomeUnknown } from "../api/failures.js";
import { Attempts } from "../api/idempotency-key.js";
import type { ConsoleUser, CredentialRequest } from "../api/types.js";
import { CredentialFields, forms } from "./credential-fields.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { showFailure } from "./notice.js";
import { controls, panels, tokens } from "./styles.js";

/**
 * Asks what the new credential is to be, and keeps what was typed when `create` rejects.
 * Fires `acc-cancel`, and `acc-doubt` where it may have been created all the same.
 */
@customElement("acc-create-form")
export class CreateForm extends LitElement {
  /** As they are when the form is shown: what it asks does not change under somebody's hands. */
  @property({ attribute: false }) user!: ConsoleUser;
  @property({ attribute: false }) create!: (wanted: CredentialRequest, key: string) => Promise<void>;

  /** `create` is under way. */
  @state() private busy = false;
  @state() private failure: unknown = null;
  private readonly localized = new Localized(this);
  private readonly fields = new CredentialFields(this, this.localized);
  private readonly attempts = new Attempts<CredentialRequest>();

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
    if (!this.hasUpdated) this.fields.start(this.user.scopes, { scopes: this.user.default_scopes });
  }

  override render() {
    const { t } = this.localized;
    const { inDoubt } = this.attempts;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        ${this.fields.render()}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
        ${inDoubt ? html`<p class="warning caution">${warningIcon}<span>${t("create.doubt")}</span></p>` : nothing}
      </div>
      <footer>
        <button type="button" @click=${this.cancel}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>
          ${this.busy ? t("create.submitting") : this.attempts.isRetry(this.fields.fingerprint) ? t("retry") : t("create.submit")}
        </button>
      </footer>
    </form>`;
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    // The one guard against a double click: a second submit while the first is under way does nothing.
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      if (!(await this.fields.check())) return;
      const { wanted, key } = await this.attempts.next(this.fields.fingerprint, () => this.wanted());
      await this.create(wanted, key);
    } catch (failure) {
      await this.refused(failure);
    } finally {
      this.busy = false;
    }
  }

  private wanted(): CredentialRequest {
    return Object.fromEntries(Object.entries(this.fields.chosen).filter(([, value]) => value)) as CredentialRequest;
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
