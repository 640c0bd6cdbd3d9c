import { LitElement, html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { changedMeanwhile } from "../api/failures.js";
import type { ConsoleUser, Credential, CredentialPatch, Versioned } from "../api/types.js";
import { CredentialFields, FIELDS, fieldInWords, forms, isSame, type Field } from "./credential-fields.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { showFailure } from "./notice.js";
import { controls, panels, tokens } from "./styles.js";

/**
 * Edits a credential: sends what was changed here, of the version that was shown here. Where somebody else has changed it meanwhile, says
 * what, and keeps what was typed. Fires `acc-cancel`, and `acc-done` once it is saved.
 */
@customElement("acc-edit-form")
export class EditForm extends LitElement {
  @property({ attribute: false }) scopes: ConsoleUser["scopes"] = [];
  @property({ attribute: false }) credential!: Credential;
  /** Whether it may be held to a security profile here. */
  @property({ attribute: false }) offersProfile = false;
  @property({ attribute: false }) etag!: string;
  @property({ attribute: false }) edit!: (patch: CredentialPatch, etag: string) => Promise<void>;
  @property({ attribute: false }) read!: () => Promise<Versioned | null>;
  @state() private busy = false;
  @state() private failure: unknown = null;
  /** What somebody else has changed, in words. */
  @state() private others: readonly string[] = [];
  /** What the fields began with. */
  private base!: Versioned & { readonly etag: string };
  private readonly localized = new Localized(this);
  private readonly fields = new CredentialFields(this, this.localized);

  get touched(): boolean {
    return this.fields.touched;
  }

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this.base = { credential: this.credential, etag: this.etag };
    this.fields.start(this.scopes, this.credential);
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this.fields.focusName();
  }

  override render() {
    const { t } = this.localized;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        ${this.fields.render()} ${this.offersProfile ? this.fields.renderProfile() : nothing}
        ${this.others.length
          ? html`<div class="caution" role="alert">
              <p class="warning">${warningIcon}<strong>${t("edit.conflict")}</strong></p>
              <ul>
                ${this.others.map((change) => html`<li>${change}</li>`)}
              </ul>
              <p>${t("edit.conflictHint")}</p>
            </div>`
          : nothing}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      </div>
      <footer>
        <button type="button" @click=${() => this.dispatchEvent(new CustomEvent("acc-cancel"))}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>${t(this.busy ? "edit.busy" : "edit.save")}</button>
      </footer>
    </form>`;
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      if (!(await this.fields.check())) return;
      const patch = this.patch();
      if (Object.keys(patch).length > 0) await this.edit(patch, this.base.etag);
      this.dispatchEvent(new CustomEvent("acc-done"));
    } catch (failure) {
      await this.refused(failure);
    } finally {
      this.busy = false;
    }
  }

  /** What is another than it was when the fields were filled. */
  private patch(): CredentialPatch {
    const { chosen } = this.fields;
    const { credential } = this.base;
    const edited = FIELDS.filter((field) => chosen[field] !== undefined && !isSame(chosen[field], credential[field]));
    return Object.fromEntries(edited.map((field) => [field, chosen[field]]));
  }

  private async refused(failure: unknown): Promise<void> {
    if (await this.fields.refused(failure)) return;
    const now = changedMeanwhile(failure) ? await this.read() : null;
    if (now?.etag) this.meet(now.credential, now.etag);
    else this.failure = failure;
    await showFailure(this);
  }

  /** What was typed stays; where nothing was, the field shows how it is now. */
  private meet(now: Credential, etag: string): void {
    const before = this.base.credential;
    const typed = new Set(Object.keys(this.patch()) as Field[]);
    const changed = FIELDS.filter((field) => !isSame(now[field], before[field]));
    this.others = changed.map((field) => fieldInWords(this.localized.localization, field, before, now));
    this.base = { credential: now, etag };
    this.fields.start(this.scopes, now, typed);
  }

  static override styles = [tokens, controls, panels, forms];
}
