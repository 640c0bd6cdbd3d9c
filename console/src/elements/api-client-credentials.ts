import { LitElement, css, html, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { ApiClient, type TokenProvider } from "../api/client.js";
import { SignInExpired, Unreachable } from "../api/failures.js";
import { idempotencyKey } from "../api/idempotency-key.js";
import type { Credential } from "../api/types.js";
import { download } from "../format/download.js";
import type { Snippet } from "../format/snippets.js";
import { localizationFor, type MessageOverrides } from "../locales/languages.js";
import type { Localization } from "../locales/localization.js";
import { consoleError, type Announce, type ShownView } from "../state/announcements.js";
import { ConsoleState } from "../state/console-state.js";
import { NEWEST_FIRST, narrows, type AuditFilter, type CredentialFilter, type Sort } from "../state/filters.js";
import { USUAL_PAGE, isLoading } from "../state/paged-list.js";
import {
  confirmResume,
  confirmRevoke,
  confirmRevokeAll,
  confirmRevokeSeveral,
  confirmSuspend,
  type Confirmation,
  type Said,
} from "./confirmations.js";
import type { CreatePanel } from "./create-panel.js";
import type { CredentialAction } from "./credential-actions.js";
import type { CredentialPanel } from "./credential-panel.js";
import type { CredentialTable } from "./credential-table.js";
import { customElement } from "./define.js";
import { announce, type ApiClientCredentialsEventMap } from "./events.js";
import { plusIcon, refreshIcon } from "./icons.js";
import type { ListFrame } from "./list-frame.js";
import { LocalizationProvider } from "./localized.js";
import { controls, tokens } from "./styles.js";
import type { Toast } from "./toast.js";
import type { UseIt } from "./use-it.js";
import "./audit-filters.js";
import "./audit-trail.js";
import "./confirm-dialog.js";
import "./credential-filters.js";
import "./credential-table.js";
import "./list-frame.js";
import "./notice.js";
import "./revocation-progress.js";
import "./toast.js";

/** So long a host page may take until it is asked for what it has not given. */
const CONFIGURED_WITHIN_MS = 1_000;

type Tab = ShownView["tab"];
const TABS: readonly Tab[] = ["credentials", "audit"];

/**
 * The panel API Client Credentials. Needs `api` and `tokenProvider`; starts once it has both.
 *
 * @fires {CustomEvent<Credential>} credential-created - somebody generated a credential; `detail` has no secret
 * @fires {CustomEvent<ChangedCredential>} credential-changed - somebody edited, suspended, resumed or rotated one, or changed its keys
 * @fires {CustomEvent<Credential>} credential-revoked - somebody revoked one
 * @fires {CustomEvent<Revocation>} revoked-all - somebody revoked all of them
 * @fires {CustomEvent<ShownView>} view-changed - somebody chose another tab, filter or order
 * @fires {CustomEvent<ConsoleError>} error - a call failed; the element has said so already. It does not bubble
 * @fires {CustomEvent<ShownCredential>} credential-shown - a credential's panel was opened or closed
 *
 * @csspart panel - everything but the dialogs
 * @csspart header - title and buttons
 * @csspart table - the rows of a list with their head
 * @csspart row - one row of it
 * @csspart dialog - what asks before it revokes
 * @csspart side-panel - where a credential is generated and its secret shown
 */
@customElement("api-client-credentials")
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export class ApiClientCredentials extends LitElement {
  /** The service's address, for example https://api.example.com */
  @property() api = "";
  /** Answers the console user's bearer token; asked before every call. Rejecting means: sign in again. */
  @property({ attribute: false }) tokenProvider?: TokenProvider;
  /** Signs the console user in again without leaving the page. Without it the page offers to try again. */
  @property({ attribute: false }) signIn?: () => Promise<unknown>;

  /** The client_id of the credential whose panel is open; none: no panel is. */
  @property() credential = "";
  /** The language of the texts, and how dates and numbers are written: a BCP 47 tag. Without it, the page's `lang`. */
  @property() locale = "";
  /** Texts instead of ours, by their keys; with a `locale` that has no texts of ours, that language. */
  @property({ attribute: false }) messages?: MessageOverrides;

  /** `credentials` or `audit`: the tab that is shown. Whoever chooses another tab changes it. */
  @property({ reflect: true }) tab: Tab = "credentials";
  /** What the lists are asked to show, and in which order, as a query string: `status=all&sort=name.asc`. Whoever filters or sorts changes it. */
  @property() filter = "";
  /** How many rows a page of a list has, up to 500; 50 without it. */
  @property({ type: Number, attribute: "page-size" }) pageSize?: number;
  /** What the snippets call with the access token, by GET. Without it, this service's own `/v1/whoami`. */
  @property({ attribute: "snippet-url" }) snippetUrl = "";
  /** Snippets instead of ours. In each, {{token_endpoint}}, {{client_id}} and {{api_url}} are filled in. */
  @property({ attribute: false }) snippets?: readonly Snippet[];
  /** What not to show, separated by spaces: `title`, `audit-trail`, `generate`, `revoke-all`. */
  @property() hide = "";

  @state() private confirmation: Confirmation | null = null;
  /** The client_id of the credential that was generated last. */
  @state() private newest: string | null = null;
  @state() private signInFailed = false;
  @state() private exporting = false;
  @state() private exportFailure: unknown = null;
  @state() private panelsFailure: unknown = null;
  private readonly provider = new LocalizationProvider(this);
  /** Until its language is there the element shows nothing. */
  @state() private translated = false;
  private languageAsked: Promise<Localization> | null = null;
  private consoleState: ConsoleState | null = null;
  private afterDialog: (() => void) | null = null;
  @state() private unconfigured = false;
  private waiting?: ReturnType<typeof setTimeout>;

  @query("acc-create-panel") private panel?: CreatePanel;
  @query("acc-credential-panel") private credentialPanel?: CredentialPanel;
  @query("acc-list-frame") private frame?: ListFrame;
  @query("acc-credential-table") private table?: CredentialTable;
  @query("acc-toast") private toast?: Toast;

  private get t(): Localization["t"] {
    return this.provider.localization.t;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", this.cameBack);
    this.requestUpdate("api");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.cameBack);
    clearTimeout(this.waiting);
    this.consoleState?.stop();
    this.consoleState = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.languageAsked || changed.has("locale") || changed.has("messages")) void this.localize();
    const started = this.consoleState;
    if (started) started.locale = this.provider.localization.locale;
    if (started && changed.has("pageSize")) started.pageSize = this.pageSize || USUAL_PAGE;
    if (started && changed.has("filter") && this.filter !== started.asked) {
      started.ask(this.filter);
      void started.reloadCredentials(true);
      void started.auditEvents.reload({ clear: true });
    }
    if (started && (changed.has("tab") || changed.has("pageSize"))) this.refresh();
    this.configure(changed);
    if (this.consoleState && (this.consoleState.shown?.clientId ?? "") !== this.credential) this.follow();
  }

  /** Shows the credential that is asked for. A panel in which something would be lost stays, and so does its address. */
  private follow(): void {
    if (this.credentialPanel?.mayLeave?.() ?? true) {
      if (this.credential) void this.loadPanels();
      return this.consoleState?.show(this.credential);
    }
    this.credential = this.consoleState?.shown?.clientId ?? "";
    this.announceShown();
  }

  private configure(changed: PropertyValues): void {
    if (!changed.has("api") && !changed.has("tokenProvider")) return;
    const ready = this.isConnected && Boolean(this.api) && Boolean(this.tokenProvider);
    // Another function is no other console user: React makes one whenever it renders.
    if (ready && this.consoleState && !changed.has("api")) return;
    this.consoleState?.stop();
    this.consoleState = null;
    clearTimeout(this.waiting);
    if (!ready) {
      if (this.isConnected) this.waiting = setTimeout(() => (this.unconfigured = true), CONFIGURED_WITHIN_MS);
      return;
    }
    this.unconfigured = false;
    const announceThis: Announce = (what, detail) => announce(this, what, detail);
    const client = new ApiClient(this.api, () => this.tokenProvider!(), undefined, {
      failed: (failure) => {
        const detail = consoleError(failure);
        if (detail) announceThis("error", detail);
      },
    });
    this.consoleState = new ConsoleState(client, () => this.requestUpdate(), announceThis);
    this.consoleState.pageSize = this.pageSize || USUAL_PAGE;
    this.consoleState.ask(this.filter);
    void this.consoleState.start();
    void this.loadPanels();
    if (this.tab === "audit") void this.consoleState.auditEvents.reload();
  }

  private async localize(): Promise<void> {
    const tag = this.locale || this.closest<HTMLElement>("[lang]")?.lang || document.documentElement.lang || "en";
    const asked = localizationFor(tag, this.messages);
    this.languageAsked = asked;
    try {
      const localization = await asked;
      // Another language may have been asked for meanwhile.
      if (asked === this.languageAsked) this.provider.localization = localization;
    } catch {
      // Its file did not load: what is shown stays in the language it is in.
    }
    this.translated = true;
  }

  /** With the rows, which take the focus. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.frame?.updateComplete;
    await this.table?.updateComplete;
    return complete;
  }

  override render() {
    const { consoleState } = this;
    if (!this.translated) return nothing;
    if (!consoleState) return this.unconfigured ? this.renderMissing() : nothing;
    const { t } = this;
    const { locale, direction } = this.provider.localization;
    return html`<section part="panel" class="panel" lang=${locale} dir=${direction} aria-labelledby="heading" @acc-sign-in=${this.signInAgain} @acc-use-it=${this.tellSnippets}>
        <header part="header">
          <div class=${this.hides("title") ? "unseen" : ""}>
            <h2 id="heading" tabindex="-1">${t("title")}</h2>
            <p class="muted">${t("introduction")}</p>
          </div>
          ${consoleState.mayWrite
            ? html`<div class="buttons">
                ${this.hides("generate")
                  ? nothing
                  : html`<button type="button" class="primary" id="generate" @click=${this.openPanel}>${plusIcon}${t("generate")}</button>`}
                ${this.hides("revoke-all")
                  ? nothing
                  : html`<button type="button" class="danger" @click=${this.askRevokeAll}>${t("revokeAll")}</button>`}
              </div>`
            : nothing}
        </header>
        ${this.signInFailed
          ? html`<p class="sign-in-failed" role="alert"><strong>${t("failures.signInFailed.title")}.</strong> ${t("failures.signInFailed.text")}</p>`
          : nothing}
        ${consoleState.user && !consoleState.mayWrite ? html`<acc-notice text=${t("readOnly")}></acc-notice>` : nothing}
        <acc-revocation-progress
          .revocation=${consoleState.revocation}
          .interrupted=${consoleState.revocationInterrupted}
          ?hidden=${!consoleState.revocation}
          @acc-dismiss=${this.dismissRevocation}
        ></acc-revocation-progress>
        ${this.renderBar(consoleState)}
        <div id="list" role="tabpanel" aria-labelledby="tab-${this.shownTab}">
          ${this.renderFilters(consoleState)}
          ${this.shownTab === "credentials" ? this.renderCredentials(consoleState) : this.renderAuditTrail(consoleState)}
        </div>
        <acc-toast></acc-toast>
        <acc-create-panel
          exportparts="side-panel"
          .user=${consoleState.user}
          .tokenEndpoint=${consoleState.tokenEndpoint}
          .create=${this.create}
          .replaceSecret=${(clientId: string, key: string) => consoleState.replaceSecret(clientId, key)}
          .revoke=${async (clientId: string) => this.askRevoke(await consoleState.credential(clientId))}
          .read=${(clientId: string) => consoleState.credential(clientId)}
          .metadata=${() => consoleState.serverMetadata()}
          .exchange=${(clientId: string, secret: string) => consoleState.exchange(clientId, secret)}
          @acc-doubt=${() => consoleState.reloadCredentials()}
        ></acc-create-panel>
        <acc-credential-panel
          exportparts="side-panel"
          .consoleState=${consoleState}
          .view=${consoleState.shown?.view ?? null}
          .mayWrite=${consoleState.mayWrite}
          .ask=${(confirmation: Confirmation) => (this.confirmation = confirmation)}
          @acc-left=${() => this.open("")}
          @acc-act=${this.act}
          @acc-events=${({ detail }: CustomEvent<string>) => this.showEventsOf(detail)}
        ></acc-credential-panel>
        <acc-confirm exportparts="dialog" .confirmation=${this.confirmation} @acc-closed=${this.confirmClosed}></acc-confirm>
      </section>`;
  }

  private hides(what: "title" | "audit-trail" | "generate" | "revoke-all"): boolean {
    return this.hide.split(" ").includes(what);
  }

  private get tabs(): readonly Tab[] {
    return this.hides("audit-trail") ? ["credentials"] : TABS;
  }

  private get shownTab(): Tab {
    return this.tabs.includes(this.tab) ? this.tab : "credentials";
  }

  /** For the developer of the host page. */
  private renderMissing() {
    const { t } = this;
    const { locale, direction } = this.provider.localization;
    const missing = (["api", "tokenProvider"] as const).filter((needed) => !this[needed]);
    return html`<section part="panel" class="panel" lang=${locale} dir=${direction}>
      <p>${t("notConfigured")} ${missing.map((one, index) => html`${index ? ", " : ""}<code>${one}</code>`)}.</p>
    </section>`;
  }

  private renderBar(consoleState: ConsoleState) {
    const { t } = this;
    const list = this.list(consoleState);
    return html`<div class="bar">
      <div role="tablist" aria-label=${t("title")} @keydown=${this.tabKey}>
        ${this.tabs.map(
          (tab) =>
            // Without another one to choose it is no tab.
            html`<button
              ?hidden=${this.tabs.length === 1}
              type="button"
              role="tab"
              id="tab-${tab}"
              aria-controls="list"
              aria-selected=${tab === this.shownTab}
              tabindex=${tab === this.shownTab ? 0 : -1}
              @click=${() => this.choose(tab)}
            >
              ${t(`tabs.${tab}`)}
            </button>`,
        )}
      </div>
      <button
        type="button"
        class="quiet ${isLoading(list.view) ? "busy" : ""}"
        aria-label=${t("refresh")}
        @click=${this.refresh}
      >
        ${refreshIcon}
      </button>
    </div>`;
  }

  private renderFilters(consoleState: ConsoleState) {
    const { filter, sort, auditFilter, user, people } = consoleState;
    return this.shownTab === "credentials"
      ? html`<acc-credential-filters
          .filter=${filter}
          .sort=${sort}
          .user=${user}
          .people=${people}
          @acc-filter=${({ detail }: CustomEvent<Partial<CredentialFilter>>) => {
            this.newest = null;
            void consoleState.showOnly(detail);
            this.viewed();
          }}
          @acc-sort=${this.sortChosen}
        ></acc-credential-filters>`
      : html`<acc-audit-filters
          .filter=${auditFilter}
          .people=${people}
          .exporting=${this.exporting}
          @acc-filter=${({ detail }: CustomEvent<Partial<AuditFilter>>) => {
            void consoleState.showEvents(detail);
            this.viewed();
          }}
          @acc-export=${this.exportEvents}
        ></acc-audit-filters>`;
  }

  private sortChosen({ detail }: CustomEvent<Sort>): void {
    void this.consoleState?.sortBy(detail);
    this.viewed();
  }

  private async exportEvents(): Promise<void> {
    if (!this.consoleState || this.exporting) return;
    this.exporting = true;
    this.exportFailure = null;
    try {
      download("audit-events.jsonl", await this.consoleState.exportEvents());
    } catch (failure) {
      this.exportFailure = failure;
    } finally {
      this.exporting = false;
    }
  }

  private renderCredentials({ credentials, filter, sort, rows, total, mayWrite, user, userFailure }: ConsoleState) {
    const { t } = this;
    const kind = narrows(filter) ? "filtered" : filter.status;
    return html`<acc-list-frame
      .view=${credentials.view}
      .failure=${credentials.view.failure ?? userFailure ?? this.panelsFailure}
      .empty=${{ title: t(`empty.${kind}.title`), text: kind === "active" && !mayWrite ? t("empty.active.viewerText") : t(`empty.${kind}.text`) }}
      .shown=${this.credentialsShown}
      .total=${total}
      .partly=${sort === NEWEST_FIRST ? "" : t("sortedSoFar")}
      offersAll
      @acc-retry=${this.retry}
      @acc-more=${this.showMore}
      @acc-all=${() => credentials.loadAll()}
      @acc-stop=${() => credentials.stop()}
    >
      <acc-credential-table
        exportparts="table, row"
        .credentials=${rows}
        .total=${total}
        .sort=${sort}
        @acc-sort=${this.sortChosen}
        @acc-revoke-several=${({ detail }: CustomEvent<readonly Credential[]>) => this.askRevokeSeveral(detail)}
        .mayWrite=${mayWrite}
        .profile=${user?.security_profile ?? null}
        .highlighted=${this.newest}
        @acc-open=${this.opened}
        @acc-act=${this.act}
      ></acc-credential-table>
    </acc-list-frame>`;
  }

  private readonly credentialsShown = (count: number, total: number | null): string => {
    const { t } = this;
    if (total === count) return t("total", { count });
    return total === null ? t("shown", { count }) : t("shownOf", { count, total });
  };

  private renderAuditTrail({ auditEvents, auditFilter, credentials, userFailure }: ConsoleState) {
    const { t } = this;
    const without = Object.values(auditFilter).some(Boolean) ? "filtered" : "empty";
    const names = new Map(credentials.view.items.map((credential) => [credential.client_id, credential.name]));
    return html`<acc-list-frame
      .view=${auditEvents.view}
      .failure=${auditEvents.view.failure ?? this.exportFailure ?? userFailure}
      .empty=${{ title: t(`audit.${without}.title`), text: t(`audit.${without}.text`) }}
      .shown=${(count: number, total: number | null) => t(total === null ? "audit.shown" : "audit.total", { count })}
      .total=${auditEvents.view.more ? null : auditEvents.view.items.length}
      @acc-retry=${this.retry}
      @acc-more=${this.showMore}
    >
      <acc-audit-trail exportparts="table, row" .events=${auditEvents.view.items} .names=${names}
        @acc-open=${this.opened}
      ></acc-audit-trail>
    </acc-list-frame>`;
  }

  private list(consoleState: ConsoleState) {
    return this.shownTab === "credentials" ? consoleState.credentials : consoleState.auditEvents;
  }

  private choose(tab: Tab): void {
    if (tab !== this.shownTab) this.viewed(tab);
  }

  /** The host page hears of what somebody chose, and can give it an address. */
  private viewed(tab = this.tab): void {
    const filter = this.consoleState?.asked ?? this.filter;
    if (tab === this.tab && filter === this.filter) return;
    this.tab = tab;
    this.filter = filter;
    announce(this, "view-changed", { tab, filter });
  }

  private tabKey(keydown: KeyboardEvent): void {
    const rtl = this.provider.localization.direction === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[keydown.key];
    if (!step) return;
    const next = this.tabs.at((this.tabs.indexOf(this.shownTab) + step) % this.tabs.length) ?? "credentials";
    this.choose(next);
    void this.updateComplete.then(() => this.focusOn(`tab-${next}`));
  }

  private readonly refresh = (): void => {
    if (!this.consoleState) return;
    if (this.shownTab === "credentials") void this.consoleState.reloadCredentials();
    else void this.consoleState.auditEvents.reload();
  };

  private readonly reload = (): void => {
    this.exportFailure = null;
    void this.consoleState?.refreshUser();
    this.refresh();
  };

  /** A list that was read in part is read on from there. */
  private readonly retry = (): void => {
    this.exportFailure = null;
    if (!this.consoleState) return;
    if (this.panelsFailure) void this.loadPanels();
    void this.consoleState.refreshUser();
    void this.list(this.consoleState).retry();
  };

  private readonly dismissRevocation = (): void => {
    this.consoleState?.dismissRevocation();
    this.focusOn("heading");
  };

  private async showMore(): Promise<void> {
    if (!this.consoleState) return;
    const list = this.list(this.consoleState);
    if (isLoading(list.view)) return;
    const before = list.view.items.length;
    await list.loadMore();
    await this.updateComplete;
    // The button is gone with the last page; the keyboard goes on at the first row that came.
    if (!list.view.more && this.shownTab === "credentials") await this.table?.focusRow(before);
  }

  private tellSnippets({ detail }: CustomEvent<UseIt>): void {
    if (this.snippets) detail.snippets = this.snippets;
    detail.apiUrl = this.snippetUrl || `${this.api.replace(/\/+$/, "")}/v1/whoami`;
  }

  private readonly openPanel = (): void => {
    this.toast?.show(null);
    void this.loadPanels().then(() => this.panel?.open?.());
  };

  private readonly create: CreatePanel["create"] = async (wanted, key) => {
    if (!this.consoleState) throw new SignInExpired();
    const created = await this.consoleState.create(wanted, key);
    this.newest = created.client_id;
    return created;
  };

  private readonly opened = ({ detail }: CustomEvent<string>): void => this.open(detail);

  /** A credential's panel; none closes it. The host page hears of it, and can give it an address. */
  private open(clientId: string): void {
    if (clientId === this.credential) return;
    this.credential = clientId;
    this.announceShown();
  }

  /** Their file is not waited for: the list is there before it. */
  private async loadPanels(): Promise<void> {
    try {
      await import("./panels.js");
      this.panelsFailure = null;
    } catch {
      this.panelsFailure = new Unreachable();
    }
  }

  private announceShown(): void {
    announce(this, "credential-shown", { clientId: this.credential || null });
  }

  private showEventsOf(clientId: string): void {
    this.open("");
    void this.consoleState?.showEvents({ client_id: clientId });
    this.viewed("audit");
    void this.updateComplete.then(() => this.focusOn("tab-audit"));
  }

  private readonly act = ({ detail }: CustomEvent<{ action: CredentialAction; credential: Credential }>): void => {
    const { action, credential } = detail;
    const { client_id: clientId, name: tokenName } = credential;
    if (action === "revoke") return this.askRevoke(credential);
    if (action === "suspend" || action === "resume") {
      return this.ask(credential, action === "suspend" ? confirmSuspend : confirmResume, async () => {
        await this.consoleState?.changes[action](clientId);
        return (t) => t(action === "suspend" ? "credential.suspended" : "credential.resumed", { name: tokenName });
      });
    }
    void this.loadPanels().then(() => {
      this.credentialPanel?.begin?.(action);
      this.open(clientId);
    });
  };

  /** `action` answers what was done, in words: they are told in the credential's panel where it is open. */
  private ask(
    credential: Credential,
    asked: (credential: Credential, action: () => Promise<void>) => Confirmation,
    action: () => Promise<Said>,
  ): void {
    const index = this.consoleState?.rows.findIndex((row) => row.client_id === credential.client_id) ?? 0;
    this.confirmation = asked(credential, async () => {
      const words = await action();
      if (this.credential) return this.credentialPanel?.tell?.(words);
      this.toast?.show(words);
      this.afterDialog = () => void this.focusRowOrHeading(Math.max(index, 0));
    });
  }

  private askRevoke(credential: Credential): void {
    this.ask(credential, confirmRevoke, async () => {
      const revoked = await this.consoleState?.revoke(credential.client_id);
      const by = revoked?.revoked_by;
      const at = revoked?.revoked_at;
      return by && at && by.subject !== this.consoleState?.user?.subject
        ? (t) => t("alreadyRevoked", { name: credential.name, by: by.name, date: new Date(at) })
        : (t) => t("revoked", { name: credential.name });
    });
  }

  private askRevokeSeveral(credentials: readonly Credential[]): void {
    const { consoleState } = this;
    const [only] = credentials;
    if (!consoleState) return;
    if (only && credentials.length === 1) return this.askRevoke(only);
    this.confirmation = confirmRevokeSeveral(
      credentials,
      (wanted, { tell, stopped }) => {
        const progress = (done: number) => tell((t) => t("confirmRevokeSeveral.busy", { done, total: wanted.length }));
        return consoleState.revokeSeveral(wanted, progress, stopped);
      },
      (count) => {
        this.toast?.show((t) => t("confirmRevokeSeveral.done", { count }));
        this.afterDialog = () => void this.focusRowOrHeading(0);
      },
    );
  }

  private readonly askRevokeAll = async (): Promise<void> => {
    await this.consoleState?.refreshUser();
    const count = this.consoleState?.user?.active_credentials ?? 0;
    if (count === 0) return this.toast?.show((t) => t("nothingToRevoke"));
    const key = idempotencyKey();
    const revokeAll = async (): Promise<void> => {
      await this.consoleState?.revokeAll(key);
      this.afterDialog = () => this.focusOn("heading");
    };
    this.confirmation = confirmRevokeAll(count, revokeAll, this.knownOfRevokeAll);
  };

  private readonly knownOfRevokeAll: NonNullable<Confirmation["recheck"]> = async () => {
    void this.consoleState?.reloadCredentials();
    await this.consoleState?.refreshUser();
    const known = this.consoleState?.userFailure ? null : this.consoleState?.user?.active_credentials;
    if (known === undefined || known === null) return (t) => t("confirmRevokeAll.unread");
    return (t) => (known === 0 ? t("confirmRevokeAll.noneLeft") : t("confirmRevokeAll.stillActive", { count: known }));
  };

  private async confirmClosed(): Promise<void> {
    this.confirmation = null;
    const after = this.afterDialog;
    this.afterDialog = null;
    await this.updateComplete;
    after?.();
    if (this.credential) this.credentialPanel?.keepFocus?.();
  }

  /** The row that was acted on may be gone, and the focus with it. */
  private async focusRowOrHeading(index: number): Promise<void> {
    const last = (this.consoleState?.credentials.view.items.length ?? 0) - 1;
    if (!(await this.table?.focusRow(Math.min(index, last)))) this.focusOn("heading");
  }

  private focusOn(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  private async signInAgain(): Promise<void> {
    this.signInFailed = false;
    try {
      await this.signIn?.();
    } catch {
      this.signInFailed = true;
      return;
    }
    this.panel?.signedIn?.();
    this.reload();
  }

  private readonly cameBack = (): void => {
    if (this.consoleState && this.list(this.consoleState).view.phase === "failed") this.reload();
  };

  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      :host([hidden]) {
        display: none;
      }
      /* What the host page says of all its text ends here: a secret shows in its own case, a theme comes by --acc-… alone. */
      .panel {
        all: initial;
        color: var(--_text);
        font: var(--_size) / 1.5 var(--_font);
        color-scheme: inherit;
        forced-color-adjust: inherit;
        pointer-events: inherit;
        visibility: inherit;
        display: flex;
        flex-direction: column;
        gap: 1rem;
      }
      header,
      .bar {
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
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.625rem;
      }
      acc-credential-filters,
      acc-audit-filters {
        margin-block-end: 1rem;
      }
      .bar {
        border-block-end: 1px solid var(--_line);
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
      @media (forced-colors: active) {
        [role="tab"] {
          border-color: Canvas;
        }
        [role="tab"][aria-selected="true"] {
          border-color: Highlight;
        }
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
      .sign-in-failed {
        color: var(--_danger);
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

type Listener<Name extends keyof ApiClientCredentialsEventMap> = (
  this: ApiClientCredentials,
  event: ApiClientCredentialsEventMap[Name],
) => unknown;

/** The element's own events, typed: methods of HTMLElement's, of which nothing here is left unset. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ApiClientCredentials {
  addEventListener<Name extends keyof ApiClientCredentialsEventMap>(
    type: Name,
    listener: Listener<Name>,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof ApiClientCredentialsEventMap>(
    type: Name,
    listener: Listener<Name>,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "api-client-credentials": ApiClientCredentials;
  }
}
