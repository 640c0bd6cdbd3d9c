import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { ApiClient, SignInExpired, type Credential, type StatusFilter, type TokenProvider } from "../api/client.js";
import type { Confirmation } from "./confirm-dialog.js";
import type { CreatePanel } from "./create-panel.js";
import type { CredentialTable } from "./credential-table.js";
import { dateAndTime } from "../format/dates.js";
import { keyIcon, plusIcon, refreshIcon } from "./icons.js";
import type { ListView } from "../state/paged-list.js";
import { ConsoleState } from "../state/console-state.js";
import { texts } from "../texts.js";
import { controls, tokens } from "./styles.js";
import "./audit-trail.js";
import "./confirm-dialog.js";
import "./create-panel.js";
import "./credential-table.js";
import "./notice.js";
import "./revocation-progress.js";

type Tab = "credentials" | "audit";
const TABS: readonly Tab[] = ["credentials", "audit"];
const FILTERS: readonly StatusFilter[] = ["active", "revoked", "expired", "all"];
const TOLD_MS = 6_000;

/**
 * The panel API Client Credentials. Needs `api` and `tokenProvider`; starts once it has both.
 *
 * @csspart panel - everything but the dialogs
 * @csspart header - title and buttons
 */
@customElement("api-client-credentials")
export class ApiClientCredentials extends LitElement {
  /** The service's address, for example https://api.example.com */
  @property() api = "";
  /** Answers the console user's bearer token; asked before every call. Rejecting means: sign in again. */
  @property({ attribute: false }) tokenProvider?: TokenProvider;
  /** Signs the console user in again without leaving the page. Without it the page offers to try again. */
  @property({ attribute: false }) signIn?: () => Promise<unknown>;

  @state() private tab: Tab = "credentials";
  @state() private confirmation: Confirmation | null = null;
  @state() private fresh: string | null = null;
  @state() private told = "";
  @state() private signInFailed = false;
  private console: ConsoleState | null = null;
  private afterDialog: (() => void) | null = null;
  private toldTimer?: ReturnType<typeof setTimeout>;

  @query("acc-create-panel") private panel?: CreatePanel;
  @query("acc-credential-table") private table?: CredentialTable;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", this.cameBack);
    this.requestUpdate("api");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.cameBack);
    clearTimeout(this.toldTimer);
    this.console?.stop();
    this.console = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("api") && !changed.has("tokenProvider")) return;
    this.console?.stop();
    this.console = null;
    if (!this.isConnected || !this.api || !this.tokenProvider) return;
    // Asking through `this` lets the host page replace a provider without losing what is on the page.
    const client = new ApiClient(this.api, this.tokenProvider);
    this.console = new ConsoleState(client, () => this.requestUpdate());
    void this.console.start();
  }

  override render() {
    const console = this.console;
    if (!console) return nothing;
    return html`<section part="panel" class="panel" aria-labelledby="heading" @acc-sign-in=${this.signInAgain}>
        <header part="header">
          <div>
            <h2 id="heading" tabindex="-1">${texts.title}</h2>
            <p class="muted">${texts.introduction}</p>
          </div>
          ${console.mayWrite
            ? html`<div class="buttons">
                <button type="button" class="danger" @click=${this.askRevokeAll}>${texts.revokeAll}</button>
                <button type="button" class="primary" id="generate" @click=${this.openPanel}>${plusIcon}${texts.generate}</button>
              </div>`
            : nothing}
        </header>
        ${this.signInFailed
          ? html`<p class="sign-in-failed" role="alert"><strong>${texts.failures.signInFailed.title}.</strong> ${texts.failures.signInFailed.text}</p>`
          : nothing}
        ${console.user && !console.mayWrite ? html`<acc-notice text=${texts.readOnly}></acc-notice>` : nothing}
        <acc-revocation-progress
          .revocation=${console.revocation}
          .interrupted=${console.revocationInterrupted}
          ?hidden=${!console.revocation}
          @acc-dismiss=${() => console.dismissRevocation()}
        ></acc-revocation-progress>
        ${this.renderBar(console)}
        <div id="list" role="tabpanel" aria-labelledby="tab-${this.tab}">
          ${this.tab === "credentials" ? this.renderCredentials(console) : this.renderAuditTrail(console)}
        </div>
        <div class="toast" role="status">${this.told ? html`<p>${this.told}</p>` : nothing}</div>
        <acc-create-panel
          .user=${console.user}
          .tokenEndpoint=${console.tokenEndpoint}
          .create=${this.create}
          .exchange=${(clientId: string, secret: string) => console.exchange(clientId, secret)}
          @acc-doubt=${() => console.credentials.reload()}
        ></acc-create-panel>
        <acc-confirm .confirmation=${this.confirmation} @acc-closed=${this.confirmClosed}></acc-confirm>
      </section>`;
  }

  private renderBar(console: ConsoleState) {
    const names = { credentials: texts.tabs.credentials, audit: texts.tabs.auditTrail };
    const busy = this.list(console).view.phase === "loading" || this.list(console).view.phase === "slow";
    return html`<div class="bar">
      <div role="tablist" aria-label=${texts.tabs.label} @keydown=${this.tabKey}>
        ${TABS.map(
          (tab) =>
            html`<button
              type="button"
              role="tab"
              id="tab-${tab}"
              aria-controls="list"
              aria-selected=${tab === this.tab}
              tabindex=${tab === this.tab ? 0 : -1}
              @click=${() => this.choose(tab)}
            >
              ${names[tab]}
            </button>`,
        )}
      </div>
      <div class="tools">
        ${this.tab === "credentials"
          ? html`<label>
              <span class="muted">${texts.filter.label}</span>
              <select @change=${this.filterChosen}>
                ${FILTERS.map(
                  (filter) =>
                    html`<option value=${filter} .selected=${filter === console.filter}>${texts.filter[filter]}</option>`,
                )}
              </select>
            </label>`
          : nothing}
        <button
          type="button"
          class="quiet ${busy ? "busy" : ""}"
          aria-label=${texts.refresh}
          @click=${() => this.list(console).reload()}
        >
          ${refreshIcon}
        </button>
      </div>
    </div>`;
  }

  private renderCredentials(console: ConsoleState) {
    const words = texts.empty[console.filter];
    const text = "viewerText" in words && !console.mayWrite ? words.viewerText : words.text;
    return this.renderList(
      console.credentials.view,
      { title: words.title, text },
      texts.shown,
      (view) =>
        html`<acc-credential-table
          .credentials=${view.items}
          .mayWrite=${console.mayWrite}
          .fresh=${this.fresh}
          @acc-revoke=${(event: CustomEvent<Credential>) => this.askRevoke(event.detail)}
        ></acc-credential-table>`,
    );
  }

  private renderAuditTrail(console: ConsoleState) {
    const names = new Map(console.credentials.view.items.map((credential) => [credential.client_id, credential.name]));
    return this.renderList(
      console.auditEvents.view,
      texts.audit.empty,
      texts.audit.shown,
      (view) => html`<acc-audit-trail .events=${view.items} .names=${names}></acc-audit-trail>`,
    );
  }

  private renderList<T>(
    view: ListView<T>,
    empty: { readonly title: string; readonly text: string },
    shown: (count: number) => string,
    table: (view: ListView<T>) => TemplateResult,
  ) {
    const failure = view.failure ?? this.console?.userFailure;
    const waiting = view.phase === "loading" || view.phase === "slow";
    return html`
      <acc-notice .failure=${failure} retryable ?hidden=${!failure} @acc-retry=${this.reload}></acc-notice>
      ${view.items.length > 0
        ? html`<div class="frame" aria-busy=${waiting}>${table(view)}</div>`
        : waiting
          ? html`<div class="frame waiting ${view.phase}" aria-busy="true">${[1, 2, 3].map(() => html`<div></div>`)}</div>`
          : failure
            ? nothing
            : html`<div class="frame empty">
                ${keyIcon}
                <p class="title">${empty.title}</p>
                <p class="muted">${empty.text}</p>
              </div>`}
      <div class="foot">
        <p class="muted" role="status">
          ${view.phase === "slow" ? texts.stillLoading : view.phase === "ready" && view.items.length ? shown(view.items.length) : ""}
        </p>
        ${view.more
          ? html`<button type="button" aria-disabled=${waiting} @click=${this.showMore}>
              ${waiting ? texts.loading : texts.showMore}
            </button>`
          : nothing}
      </div>
    `;
  }

  private list(console: ConsoleState) {
    return this.tab === "credentials" ? console.credentials : console.auditEvents;
  }

  private choose(tab: Tab): void {
    if (tab === this.tab || !this.console) return;
    this.tab = tab;
    void this.list(this.console).reload();
  }

  private tabKey(event: KeyboardEvent): void {
    const rtl = getComputedStyle(this).direction === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (!step) return;
    const next = TABS.at((TABS.indexOf(this.tab) + step) % TABS.length) ?? "credentials";
    this.choose(next);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }

  private filterChosen(event: Event): void {
    this.fresh = null;
    void this.console?.showOnly((event.target as HTMLSelectElement).value as StatusFilter);
  }

  private readonly reload = (): void => {
    if (!this.console) return;
    void this.console.refreshUser();
    void this.list(this.console).reload();
  };

  private async showMore(): Promise<void> {
    const console = this.console;
    if (!console) return;
    const list = this.list(console);
    if (list.view.phase === "loading" || list.view.phase === "slow") return;
    const before = list.view.items.length;
    await list.loadMore();
    await this.updateComplete;
    // The button is gone with the last page; the keyboard goes on at the first row that came.
    if (!list.view.more && this.tab === "credentials") {
      await this.table?.updateComplete;
      this.table?.focusRow(before);
    }
  }

  private readonly openPanel = (): void => {
    this.told = "";
    void this.panel?.open();
  };

  private readonly create: CreatePanel["create"] = async (wanted) => {
    if (!this.console) throw new SignInExpired();
    const created = await this.console.create(wanted);
    this.fresh = created.client_id;
    return created;
  };

  private askRevoke(credential: Credential): void {
    const index = this.console?.credentials.view.items.indexOf(credential) ?? 0;
    this.confirmation = {
      title: texts.confirmRevoke.title(credential.name),
      paragraphs: [texts.confirmRevoke.text, texts.confirmRevoke.tokens],
      button: texts.confirmRevoke.button,
      busy: texts.confirmRevoke.busy,
      action: async () => {
        const revoked = await this.console?.revoke(credential.client_id);
        const by = revoked?.revoked_by;
        this.tell(
          by && by.subject !== this.console?.user?.subject && revoked.revoked_at
            ? texts.alreadyRevoked(credential.name, by.name, dateAndTime(revoked.revoked_at))
            : texts.revoked(credential.name),
        );
        this.afterDialog = () => this.focusRowOrHeading(index);
      },
    };
  }

  private readonly askRevokeAll = async (): Promise<void> => {
    await this.console?.refreshUser();
    const words = texts.confirmRevokeAll;
    const count = this.console?.user?.active_credentials ?? 0;
    if (count === 0) return this.tell(texts.nothingToRevoke);
    this.confirmation = {
      title: words.title,
      paragraphs: [words.text(count), words.programs, words.tokens],
      understand: words.understand,
      button: words.button(count),
      busy: words.busy,
      action: async () => {
        await this.console?.revokeAll();
        this.afterDialog = () => this.renderRoot.querySelector<HTMLElement>("#heading")?.focus();
      },
    };
  };

  private async confirmClosed(): Promise<void> {
    this.confirmation = null;
    const after = this.afterDialog;
    this.afterDialog = null;
    await this.updateComplete;
    await this.table?.updateComplete;
    after?.();
  }

  /** The row that was acted on may be gone, and the focus with it. */
  private focusRowOrHeading(index: number): void {
    const last = (this.console?.credentials.view.items.length ?? 0) - 1;
    if (!this.table?.focusRow(Math.min(index, last))) this.renderRoot.querySelector<HTMLElement>("#heading")?.focus();
  }

  private tell(words: string): void {
    this.told = words;
    clearTimeout(this.toldTimer);
    this.toldTimer = setTimeout(() => (this.told = ""), TOLD_MS);
  }

  private async signInAgain(): Promise<void> {
    this.signInFailed = false;
    try {
      await this.signIn?.();
    } catch {
      this.signInFailed = true;
      return;
    }
    this.panel?.signedIn();
    this.reload();
  }

  private readonly cameBack = (): void => {
    if (this.console && this.list(this.console).view.phase === "failed") this.reload();
  };

  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .panel {
        display: flex;
        flex-direction: column;
        gap: 1rem;
      }
      header,
      .bar,
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.75rem 1.5rem;
      }
      header > :first-child {
        flex: 1 1 20rem;
      }
      h2 {
        font-size: 1.4286em;
        font-weight: 650;
        letter-spacing: -0.01em;
        line-height: 1.3;
      }
      h2:focus {
        outline: none;
      }
      .buttons,
      .tools,
      .tools label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.625rem;
      }
      .tools label {
        flex-wrap: nowrap;
      }
      .tools select {
        inline-size: auto;
      }
      .bar {
        border-block-end: 1px solid var(--_line);
      }
      .tools {
        padding-block-end: 0.5rem;
      }
      [role="tablist"] {
        display: flex;
        gap: 0.25rem;
        align-self: flex-end;
      }
      [role="tab"] {
        margin-block-end: -1px;
        border: 0;
        border-block-end: 2px solid transparent;
        border-radius: 0;
        background: none;
        color: var(--_muted);
      }
      [role="tab"]:hover:not(:disabled) {
        background: none;
        color: var(--_text);
      }
      [role="tab"][aria-selected="true"] {
        border-color: var(--_accent);
        color: var(--_text);
      }
      [role="tab"]:focus-visible {
        outline-offset: -2px;
      }
      .busy .icon {
        animation: turn 900ms linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
      #list > acc-notice:not([hidden]) {
        margin-block-end: 1rem;
      }
      .frame {
        overflow: hidden;
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 1.25);
        background: var(--_surface);
      }
      .empty {
        display: grid;
        justify-items: center;
        gap: 0.25rem;
        padding: 3rem 1.5rem;
        text-align: center;
      }
      .empty .icon {
        inline-size: 2rem;
        block-size: 2rem;
        margin-block-end: 0.5rem;
        color: var(--_muted);
      }
      .empty .title {
        font-weight: 600;
      }
      .empty .muted {
        max-inline-size: 32rem;
      }
      .waiting {
        visibility: hidden;
      }
      .waiting.slow {
        visibility: visible;
      }
      .waiting div {
        block-size: 3.5rem;
        border-block-end: 1px solid var(--_line);
        background: linear-gradient(var(--_line), var(--_line)) 1rem 50% / 38% 0.625rem no-repeat;
        animation: breathe 1.6s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.5;
        }
      }
      .foot {
        min-block-size: 2.25rem;
        margin-block-start: 0.75rem;
      }
      .sign-in-failed {
        color: var(--_danger);
      }
      .toast {
        position: fixed;
        inset-block-end: 1.5rem;
        inset-inline: 1rem;
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      .toast p {
        max-inline-size: 36rem;
        padding: 0.625rem 1rem;
        border-radius: var(--_radius);
        background: var(--_text);
        color: var(--_surface);
        box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.2);
        overflow-wrap: anywhere;
      }
      @container (inline-size < 30rem) {
        .buttons,
        .buttons button {
          flex: 1 1 auto;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    "api-client-credentials": ApiClientCredentials;
  }
}
