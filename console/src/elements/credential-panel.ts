import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { AuditEvent, CreatedCredential, Credential, Jwk, Secret } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { visible } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";
import type { ConsoleState } from "../state/console-state.js";
import { isLoading } from "../state/paged-list.js";
import type { CredentialView } from "../state/shown-credential.js";
import { actionsFor, type CredentialAction } from "./credential-actions.js";
import { confirmEndSecret, confirmRemoveKey, type Confirmation, type Said } from "./confirmations.js";
import { customElement } from "./define.js";
import type { EditForm } from "./edit-form.js";
import type { GivenKeys } from "./key-input.js";
import { Localized } from "./localized.js";
import { details, facts, privateKeyBox, secretBox, uncopied, unsaved, useKey, useSecret } from "./new-secret.js";
import { items, keyList, lastUse, overlapHint, secretList } from "./secret-list.js";
import { ShownOnce } from "./shown-once.js";
import { SidePanel, sidePanel, type Stake } from "./side-panel.js";
import { controls, panels, tokens } from "./styles.js";
import "./edit-form.js";
import "./key-form.js";
import "./notice.js";
import "./rotate-form.js";

/** What the panel shows of a credential. */
export type PanelMode = "details" | "edit" | "rotate" | "addKey" | "secret";

/**
 * All that there is to know of a credential, at the side, and what can be done with it. Fires `acc-left` when it shall close, `acc-act` with
 * an action that is to be asked for first, and `acc-events` with the client_id whose events somebody wants to see.
 */
@customElement("acc-credential-panel")
export class CredentialPanel extends LitElement {
  @property({ attribute: false }) consoleState!: ConsoleState;
  /** The panel is open where there is one. */
  @property({ attribute: false }) view: CredentialView | null = null;
  @property({ attribute: false }) mayWrite = false;
  @property({ attribute: false }) ask!: (confirmation: Confirmation) => void;
  @state() private mode: PanelMode = "details";
  /** What was done, in words. */
  @state() private told: Said | null = null;
  @state() pending = false;
  /** The public key that was added last, as it was sent. */
  private sent: Jwk = {};
  private readonly secret = new ShownOnce(this);
  private readonly localized = new Localized(this);
  private readonly panel = new SidePanel(this, this.localized);
  @query("acc-edit-form") private editForm?: EditForm;

  /** What it begins with, for a credential that is about to be shown. */
  begin(mode: PanelMode): void {
    this.mode = mode;
    this.told = null;
  }

  tell(words: Said): void {
    this.told = words;
  }

  /** After a dialog over it: what was clicked may be gone, and the focus with it. */
  keepFocus(): void {
    if (!this.shadowRoot?.activeElement) this.panel.focusHeading();
  }

  /** Asks, where something is at stake; answers whether there is nothing. */
  mayLeave(): boolean {
    if (!this.pending && !this.stake) return true;
    this.panel.requestClose();
    return false;
  }

  get stake(): Stake | null {
    const { t } = this.localized;
    if (this.secret.atStake) return (this.view?.credential?.keys.length ? unsaved : uncopied)(t);
    if (this.mode === "edit" && this.editForm?.touched) return { question: t("edit.notSaved"), lose: t("edit.discard") };
    return null;
  }

  /** It shall close. */
  closing(): void {
    this.show("details");
    this.dispatchEvent(new CustomEvent("acc-left"));
  }

  private show(mode: PanelMode): void {
    this.secret.forget();
    this.begin(mode);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { credential } = this.view ?? {};
    if (this.mode !== "details" && this.mode !== "secret" && credential?.status === "revoked") this.mode = "details";
    if (changed.has("view") && changed.get("view") && changed.get("view")?.clientId !== this.view?.clientId) this.show("details");
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("view");
    if (!this.view) return this.panel.close();
    if (!this.panel.isOpen) this.panel.open();
    const another = changed.has("view") && before?.clientId !== this.view.clientId;
    if (another || (changed as Map<string, unknown>).has("mode")) this.panel.focusHeading();
  }

  override render() {
    const { t } = this.localized;
    const credential = this.view?.credential;
    if (!this.view) return this.panel.render("", nothing);
    if (!credential) return this.panel.render(t("title"), html`<div class="content">${this.renderFailure()}</div>`);
    const { mode } = this;
    if (mode === "secret") return this.renderSecret(credential);
    if (mode === "rotate") return this.panel.render(t("rotate.title", { name: credential.name }), this.renderRotate(credential));
    if (mode === "addKey") return this.panel.render(t("action.addKey"), this.renderAddKey(credential));
    if (mode === "edit") return this.panel.render(t("edit.title", { name: credential.name }), this.renderEdit(credential));
    return this.panel.render(visible(credential.name), this.renderDetails(credential), this.mayWrite ? this.renderActions(credential) : nothing);
  }

  private renderFailure() {
    const failure = this.view?.failure;
    return html`<acc-notice .failure=${failure} retryable ?hidden=${!failure} @acc-retry=${this.read}></acc-notice>
      ${failure || this.view?.credential ? nothing : html`<p class="muted" role="status">${this.localized.t("loading")}</p>`}`;
  }

  private readonly read = (): void => void this.consoleState.shown?.read();

  private renderDetails(credential: Credential) {
    const { t, localization } = this.localized;
    const hint = overlapHint(credential);
    const may = this.mayWrite && credential.status !== "revoked";
    return html`<p class="told passed" role="status">${this.told?.(t)}</p>
    <div class="content">
      ${this.renderFailure()}
      <dl>
        <dt>${t("credential.status")}</dt>
        <dd><strong>${t(`status.${credential.status}`)}</strong> ${statusSince(t, credential)}</dd>
        ${facts(localization, credential)}
        <dt>${t("credential.use")}</dt>
        <dd>${lastUse(t, credential)}</dd>
      </dl>
      ${credential.keys.length
        ? html`<section><h3>${t("credential.keys")}</h3>${keyList(localization, credential, may ? (kid) => this.removeKey(credential, kid) : null)}</section>`
        : html`<section>
            <h3>${t("credential.secrets")}</h3>
            ${secretList(localization, credential, may ? (secret) => this.endSecret(credential, secret) : null)}
            ${hint
              ? html`<p class=${hint.isNeeded ? "caution" : "passed"}>${hint.words(t)}</p>
                  ${may
                    ? html`<button type="button" class="danger" @click=${() => this.endSecret(credential, hint.old)}>${t("credential.endOld")}</button>`
                    : nothing}`
              : nothing}
          </section>`}
      <section><h3>${t("credential.history")}</h3>${this.renderHistory(credential)}</section>
    </div>`;
  }

  private renderHistory(credential: Credential) {
    const past = this.view!.history;
    const { t, localization } = this.localized;
    const words = ({ action }: AuditEvent): string => {
      const key = `audit.action.${action}` as const;
      // A page that is older than the service meets actions that it has no words for.
      return localization.has(key) ? t(key, { name: credential.name }) : action;
    };
    return html`<acc-notice .failure=${past.failure} retryable ?hidden=${!past.failure} @acc-retry=${this.read}></acc-notice>
      <ul class="items" aria-busy=${isLoading(past)}>
        ${past.items.map(
          (entry) =>
            html`<li>
              <div>
                <p>${words(entry)}</p>
                <p class="muted"><time datetime=${entry.at}>${localization.dateAndSecond(entry.at)}</time> · <bdi>${actorName(t, entry.actor)}</bdi> · ${entry.source_ip}</p>
              </div>
            </li>`,
        )}
      </ul>
      <div class="more">
        ${past.more
          ? html`<button type="button" @click=${() => this.consoleState.shown?.showMoreHistory()}>${t("showMore")}</button>`
          : nothing}
        <button type="button" @click=${() => this.dispatchEvent(new CustomEvent("acc-events", { detail: credential.client_id }))}>
          ${t("credential.toAuditTrail")}
        </button>
      </div>`;
  }

  private renderActions(credential: Credential) {
    const actions = actionsFor(credential, this.consoleState.user?.security_profile ?? null);
    if (!actions.length) return nothing;
    return actions.map(
      (action) =>
        html`<button
          type="button"
          class=${action === "revoke" ? "danger" : action === actions.at(-1) ? "primary" : ""}
          @click=${() => this.act(action, credential)}
        >
          ${this.localized.t(`action.${action}`)}
        </button>`,
    );
  }

  private act(action: CredentialAction, credential: Credential): void {
    if (action === "edit" || action === "rotate" || action === "addKey") this.show(action);
    else this.dispatchEvent(new CustomEvent("acc-act", { detail: { action, credential } }));
  }

  private renderEdit(credential: Credential) {
    const { view, consoleState } = this;
    // Without the version that is edited nobody could tell that somebody else has changed it.
    if (!view?.etag) return html`<div class="content">${this.renderFailure()}</div>`;
    return html`<acc-edit-form
      .scopes=${consoleState.user?.scopes ?? []}
      .credential=${credential}
      .offersProfile=${!consoleState.user?.security_profile && credential.keys.length > 0}
      .etag=${view.etag}
      .edit=${(patch: Parameters<EditForm["edit"]>[0], etag: string) => consoleState.changes.edit(credential.client_id, patch, etag)}
      .read=${() => consoleState.changes.read(credential.client_id)}
      @input=${() => this.requestUpdate()}
      @acc-cancel=${() => this.show("details")}
      @acc-done=${() => this.saved()}
    ></acc-edit-form>`;
  }

  private renderRotate(credential: Credential) {
    const { changes } = this.consoleState;
    const id = credential.client_id;
    return html`<acc-rotate-form
      .credential=${credential}
      .add=${(overlap: number | null, key: string) => changes.addSecret(id, overlap, key)}
      .replace=${(lost: string, overlap: number | null, key: string) => changes.replaceLostSecret(id, lost, overlap, key)}
      .made=${this.made}
      .waiting=${(busy: boolean) => (this.pending = busy)}
      @acc-cancel=${() => this.show("details")}
    ></acc-rotate-form>`;
  }

  private renderAddKey(credential: Credential) {
    const { consoleState } = this;
    return html`<acc-key-form
      .metadata=${() => consoleState.serverMetadata()}
      .add=${(jwk: Jwk) => consoleState.changes.addKey(credential.client_id, jwk)}
      .added=${this.keyAdded}
      .waiting=${(busy: boolean) => (this.pending = busy)}
      @acc-cancel=${() => this.show("details")}
    ></acc-key-form>`;
  }

  private readonly keyAdded = ({ publicKeys, privateKey }: GivenKeys): void => {
    if (!this.isConnected) return;
    this.sent = publicKeys.at(-1) ?? {};
    this.show(privateKey ? "secret" : "details");
    this.secret.show(privateKey);
    this.told = (t) => t("keys.added");
  };

  private readonly made = ({ client_secret: secret }: CreatedCredential): void => {
    if (!this.isConnected) return;
    this.mode = "secret";
    this.secret.show(secret ?? "");
  };

  private renderSecret(credential: Credential) {
    const { consoleState, secret } = this;
    const { t } = this.localized;
    const keyed = credential.keys.length > 0;
    return this.panel.render(
      t(keyed ? "keys.added" : "rotate.done"),
      html`<div class="content">
        ${keyed ? privateKeyBox(t, secret, credential.client_id) : secretBox(t, secret, t("rotate.hint"))}
        ${keyed ? useKey(t, credential, consoleState.user, consoleState.tokenEndpoint, this.sent) : useSecret(credential, consoleState.tokenEndpoint, () => consoleState.exchange(credential.client_id, secret.text))}
      </div>`,
      html`<button type="button" class="primary" @click=${this.seen}>${t("created.done")}</button>`,
    );
  }

  /** Back to the credential; a secret that nobody has copied stays. */
  private readonly seen = (): void => {
    if (!this.mayLeave()) return;
    this.show("details");
    this.read();
  };

  private saved(): void {
    this.show("details");
    this.told = (t) => t("credential.saved");
  }

  /** Asks with the last use as it is by now: it says whether a program needs the secret still. */
  private async endSecret(shown: Credential, secret: Secret): Promise<void> {
    const clientId = shown.client_id;
    const now = (await this.consoleState.changes.read(clientId))?.credential ?? shown;
    const end = async (): Promise<void> => {
      await this.consoleState.changes.endSecret(clientId, secret.secret_id);
      this.told = (t) => t("credential.secretEnded");
    };
    this.ask(confirmEndSecret(now, now.secrets.find((one) => one.secret_id === secret.secret_id) ?? secret, end));
  }

  private removeKey(credential: Credential, kid: string): void {
    const remove = async (): Promise<void> => {
      await this.consoleState.changes.removeKey(credential.client_id, kid);
      this.told = (t) => t("credential.keyRemoved");
    };
    this.ask(confirmRemoveKey(credential, kid, remove));
  }

  static override styles = [
    tokens,
    controls,
    panels,
    sidePanel,
    details,
    items,
    css`
      .told:not(:empty) {
        padding: 0.75rem 1.5rem;
        border-block-end: 1px solid var(--_line);
      }
      .caution {
        margin-block: 0.5rem;
      }
      section > button {
        margin-block-start: 0.5rem;
      }
      .more {
        display: flex;
        flex-wrap: wrap;
        gap: 0.625rem;
        margin-block-start: 0.5rem;
      }
    `,
  ];
}

/** Since when a credential is what it is, and by whom. */
function statusSince(t: Localization["t"], credential: Credential): string {
  const { revoked_at: revokedAt, revoked_by: revokedBy, suspended_at: suspendedAt, suspended_by: suspendedBy } = credential;
  if (credential.status === "revoked" && revokedAt) {
    return t("revokedOn", { date: new Date(revokedAt), by: revokedBy?.name ?? "" });
  }
  if (credential.status === "suspended" && suspendedAt) {
    return t("suspendedOn", { date: new Date(suspendedAt), by: suspendedBy?.name ?? "" });
  }
  return "";
}

declare global {
  interface HTMLElementTagNameMap {
    "acc-credential-panel": CredentialPanel;
  }
}
