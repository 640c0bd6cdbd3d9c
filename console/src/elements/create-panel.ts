import { LitElement, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { MadeBefore } from "../api/failures.js";
import { idempotencyKey } from "../api/idempotency-key.js";
import type { AccessToken, ConsoleUser, CreatedCredential, Credential, CredentialRequest, Jwk, ServerMetadata } from "../api/types.js";
import { visible } from "../format/visible.js";
import type { CreateForm } from "./create-form.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { details, facts, privateKeyBox, secretBox, uncopied, unsaved, useKey, useSecret } from "./new-secret.js";
import { ShownOnce } from "./shown-once.js";
import { SidePanel, sidePanel, type Stake } from "./side-panel.js";
import { controls, panels, tokens } from "./styles.js";
import "./copy-field.js";
import "./create-form.js";
import "./notice.js";

function jwksOf({ jwks }: CredentialRequest): readonly Jwk[] {
  const keys = jwks?.["keys"];
  return Array.isArray(keys) ? keys : [];
}

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
  /** Reads one. */
  @property({ attribute: false }) read!: (clientId: string) => Promise<Credential>;
  @property({ attribute: false }) metadata!: () => Promise<ServerMetadata>;
  @property({ attribute: false }) exchange!: (clientId: string, clientSecret: string) => Promise<AccessToken>;

  @state() private opened = false;
  @state() private created: Credential | null = null;
  /** A credential is being made: whoever leaves now does not see its secret. */
  @state() pending = false;
  /** The client_id of what was made under an answer that got lost, and its secret with it. */
  @state() private lost = "";
  @state() private failure: unknown = null;
  private readonly secret = new ShownOnce(this);
  private key = "";
  /** The public key that was sent last. */
  private sent: Jwk = {};

  private readonly localized = new Localized(this);
  private readonly panel = new SidePanel(this, this.localized);
  @query("acc-create-form") private form?: CreateForm;

  /** With what was typed before, unless it was cancelled. */
  async open(): Promise<void> {
    this.opened = true;
    await this.updateComplete;
    this.panel.open();
    await this.form?.focusName();
  }

  /** After a new sign-in the form goes on. */
  signedIn(): void {
    this.form?.signedIn();
  }

  get stake(): Stake | null {
    return !this.secret.atStake ? null : (this.created?.keys.length ? unsaved : uncopied)(this.localized.t);
  }

  override render() {
    if (this.created) return this.renderCreated(this.created);
    if (this.lost) return this.renderLost();
    return this.panel.render(this.localized.t("create.title"), this.opened && this.user ? this.renderForm(this.user) : nothing);
  }

  private renderForm(user: ConsoleUser) {
    return html`<acc-create-form .user=${user} .create=${this.generate} .metadata=${this.metadata} @acc-cancel=${this.close}></acc-create-form>`;
  }

  private renderLost() {
    const { t } = this.localized;
    return this.panel.render(
      t("lost.title"),
      html`<div class="content">
        <p class="warning caution">${warningIcon}<span>${t("lost.text")}</span></p>
        <dl>
          <dt>${t("columns.clientId")}</dt>
          <dd><acc-copy what=${t("columns.clientId")}>${this.lost}</acc-copy></dd>
        </dl>
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      </div>`,
      html`<button type="button" class="danger" aria-disabled=${this.pending} @click=${this.revokeLost}>${t("revoke.ask")}</button>
        <button type="button" class="primary" aria-disabled=${this.pending} @click=${this.replaceLost}>${t("lost.replace")}</button>`,
    );
  }

  private renderCreated(credential: Credential) {
    const { t, localization } = this.localized;
    const keyed = credential.keys.length > 0;
    return this.panel.render(
      t("created.title"),
      html`<div class="content">
        ${keyed ? (this.secret.text ? privateKeyBox(t, this.secret, credential.client_id) : nothing) : secretBox(t, this.secret, t("created.warningDetail"))}
        <dl>
          <dt>${t("columns.name")}</dt>
          <dd><bdi>${visible(credential.name)}</bdi></dd>
          ${facts(localization, credential)}
        </dl>
        ${keyed ? useKey(t, credential, this.user, this.tokenEndpoint, this.sent) : useSecret(credential, this.tokenEndpoint, () => this.exchange(credential.client_id, this.secret.text))}
      </div>`,
      html`<button type="button" class="primary" @click=${this.panel.requestClose}>${t("created.done")}</button>`,
    );
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed.get("created") === null && this.created) || (changed.has("lost") && this.lost)) this.panel.focusHeading();
  }

  private readonly generate = async (wanted: CredentialRequest, key: string, privateKey: string): Promise<void> => {
    this.pending = true;
    this.sent = jwksOf(wanted).at(-1) ?? {};
    try {
      this.show(await this.create(wanted, key), privateKey);
    } catch (failure) {
      if (!(failure instanceof MadeBefore)) throw failure;
      // Nothing is lost with the answer where the client has its own key.
      if (wanted.jwks) return this.show(await this.read(failure.clientId), privateKey);
      this.lost = failure.clientId;
      this.key = idempotencyKey();
    } finally {
      this.pending = false;
    }
  };

  private show({ client_secret, ...credential }: CreatedCredential, privateKey = ""): void {
    if (!this.isConnected) return;
    // The service leaves the secret out for a client with a key of its own.
    this.secret.show(client_secret ?? privateKey);
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
      this.close();
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

  /** What was typed stays, unless it was cancelled. */
  closing(): void {
    if (this.form?.touched) this.panel.close();
    else this.close();
  }

  private close(): void {
    this.opened = false;
    this.secret.forget();
    this.created = null;
    this.lost = "";
    this.failure = null;
    this.panel.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  static override styles = [tokens, controls, panels, sidePanel, details];
}
