import type { ApiClient } from "../api/client.js";
import { ApiProblem, outcomeUnknown } from "../api/failures.js";
import type {
  AccessToken,
  Actor,
  AuditEvent,
  AuditQuery,
  ConsoleUser,
  CreatedCredential,
  Credential,
  CredentialQuery,
  CredentialRequest,
  Revocation,
  ServerMetadata,
  Versioned,
} from "../api/types.js";
import type { Announce } from "./announcements.js";
import { CredentialChanges } from "./credential-changes.js";
import { ANY_CREDENTIAL, ANY_EVENT, NEWEST_FIRST, auditQuery, credentialQuery, narrows, sorted, type AuditFilter, type CredentialFilter, type Sort } from "./filters.js";
import { askedBy, filterQuery } from "./filter-query.js";
import { PagedList, USUAL_PAGE, isLoading } from "./paged-list.js";
import { ShownCredential } from "./shown-credential.js";

const POLL_FIRST_MS = 300;
const POLL_SLOWEST_MS = 2_000;
const POLL_FAILURES_ALLOWED = 5;

/** A credential that was to be revoked, and why it is not known to be; null: it was not tried. */
export interface NotRevoked {
  readonly credential: Credential;
  readonly failure: unknown;
}

/** What the console knows, and everything a console user can do. It never keeps a Token Secret. */
export class ConsoleState {
  user: ConsoleUser | null = null;
  userFailure: unknown = null;
  filter: CredentialFilter = ANY_CREDENTIAL;
  sort: Sort = NEWEST_FIRST;
  auditFilter: AuditFilter = ANY_EVENT;
  /** How many rows a page has. */
  pageSize = USUAL_PAGE;
  /** A BCP 47 tag, by which texts are sorted. */
  locale = "en";
  /** Names of who is known to have done something, by subject. */
  people: ReadonlyMap<string, string> = new Map();
  revocation: Revocation | null = null;
  revocationInterrupted = false;
  /** Whose panel is open. */
  shown: ShownCredential | null = null;
  readonly changes: CredentialChanges;
  readonly credentials: PagedList<Credential>;
  readonly auditEvents: PagedList<AuditEvent>;
  private stopped = false;
  private credentialQuery: CredentialQuery = {};
  private auditQuery: AuditQuery = {};
  private lastSorted: readonly [readonly Credential[], Sort, readonly Credential[]] | null = null;

  /** `changed` is called whenever something here is another; `announce` tells the page around what was done. */
  constructor(
    private readonly api: ApiClient,
    private readonly changed: () => void,
    private readonly announce: Announce = () => undefined,
    private readonly pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.changes = new CredentialChanges(
      api,
      (now) => this.restate(now),
      (clientId, change) => this.announce("credential-changed", { clientId, change }),
    );
    this.credentials = new PagedList(async (cursor, limit) => {
      // A cursor goes with the query of its first page, whose times are that page's.
      if (cursor === null) this.credentialQuery = credentialQuery(this.filter, new Date());
      const page = await api.credentials({ ...this.credentialQuery, limit }, cursor);
      this.meet(page.items.map((credential) => credential.created_by));
      return page;
    }, changed, () => this.pageSize);
    this.auditEvents = new PagedList(async (cursor, limit) => {
      if (cursor === null) this.auditQuery = auditQuery(this.auditFilter);
      const page = await api.auditEvents({ ...this.auditQuery, limit }, cursor);
      this.meet(page.items.map((entry) => entry.actor));
      return page;
    }, changed, () => this.pageSize);
  }

  private meet(actors: readonly Actor[]): void {
    const strangers = actors.filter(({ subject }) => !this.people.has(subject));
    if (strangers.length) this.people = new Map([...this.people, ...strangers.map((actor) => [actor.subject, actor.name] as const)]);
  }

  /** What is read of the credentials, in the order that is asked for. */
  get rows(): readonly Credential[] {
    const { items } = this.credentials.view;
    if (this.lastSorted?.[0] !== items || this.lastSorted[1] !== this.sort)
      this.lastSorted = [items, this.sort, sorted(items, this.sort, this.locale)];
    return this.lastSorted[2];
  }

  /** How many credentials the filter lets through, where that is known. */
  get total(): number | null {
    const { items, more } = this.credentials.view;
    if (!more) return items.length;
    const active = this.user?.active_credentials ?? 0;
    return this.filter.status === "active" && !narrows(this.filter) && active > items.length ? active : null;
  }

  get mayWrite(): boolean {
    return this.user?.roles.includes("admin") ?? false;
  }

  get tokenEndpoint(): string {
    return this.api.tokenEndpoint;
  }

  async start(): Promise<void> {
    await Promise.all([this.refreshUser(), this.reloadCredentials()]);
  }

  async refreshUser(): Promise<void> {
    try {
      this.user = await this.api.consoleUser();
      this.userFailure = null;
    } catch (failure) {
      this.userFailure = failure;
    }
    this.changed();
  }

  /** What the lists are asked for. */
  get asked(): string {
    return filterQuery(this);
  }

  /** Nothing is read by it. */
  ask(query: string): void {
    ({ filter: this.filter, sort: this.sort, auditFilter: this.auditFilter } = askedBy(query));
  }

  showOnly(change: Partial<CredentialFilter>): Promise<void> {
    this.filter = { ...this.filter, ...change };
    return this.reloadCredentials(true);
  }

  /** In an order that is not the service's it is right only once all were read. */
  sortBy(sort: Sort): Promise<void> {
    this.sort = sort;
    this.changed();
    const { view } = this.credentials;
    return sort !== NEWEST_FIRST && (view.more || isLoading(view)) ? this.credentials.loadAll() : Promise.resolve();
  }

  reloadCredentials(clear = false): Promise<void> {
    return this.credentials.reload({ clear, all: this.sort !== NEWEST_FIRST });
  }

  showEvents(change: Partial<AuditFilter>): Promise<void> {
    this.auditFilter = { ...this.auditFilter, ...change };
    return this.auditEvents.reload({ clear: true });
  }

  exportEvents(): Promise<readonly string[]> {
    return this.api.exportAuditEvents(auditQuery(this.auditFilter));
  }

  /** The secret is only in the answer: whoever asked shows it and forgets it. */
  async create(wanted: CredentialRequest, key: string): Promise<CreatedCredential> {
    const created = await this.api.create(wanted, key);
    const { client_secret: _, ...credential } = created;
    if (narrows(this.filter)) void this.reloadCredentials();
    else if (["active", "all"].includes(this.filter.status)) this.credentials.prepend(credential);
    this.announce("credential-created", credential);
    return created;
  }

  serverMetadata(): Promise<ServerMetadata> {
    return this.api.serverMetadata();
  }

  async credential(clientId: string): Promise<Credential> {
    return (await this.api.credential(clientId)).credential;
  }

  /** Opens a credential's panel; none closes it. */
  show(clientId: string): void {
    const listed = this.credentials.view.items.find((row) => row.client_id === clientId) ?? null;
    this.shown = clientId ? new ShownCredential(this.api, this.changed, clientId, listed) : null;
    void this.shown?.read();
    this.changed();
  }

  /** With a new secret; the others have ended. */
  replaceSecret(clientId: string, key: string): Promise<CreatedCredential> {
    return this.changes.addSecret(clientId, 0, key);
  }

  /** The credential as it is now, which another may have revoked before. */
  async revoke(clientId: string): Promise<Credential> {
    const revoked = await this.api.revoke(clientId).catch(async (failure: unknown) => {
      if (!outcomeUnknown(failure)) throw failure;
      const now = await this.credential(clientId).catch(() => null);
      if (now?.status !== "revoked") throw failure;
      return now;
    });
    this.restate({ credential: revoked, etag: null });
    this.announce("credential-revoked", revoked);
    return revoked;
  }

  /** Shows a credential as it is now wherever it is shown; a row that is not what the list is filtered for goes. */
  private restate(now: Versioned): void {
    const { credential } = now;
    const { status: chosen } = this.filter;
    const asked = chosen === "expiring" ? "active" : chosen;
    const stays = asked === "all" || asked === credential.status;
    this.credentials.update((row) => (row.client_id !== credential.client_id ? row : stays ? credential : null));
    if (this.shown?.clientId === credential.client_id) this.shown.take(now);
  }

  /**
   * One after the other, these and no others; each may be repeated. Answers those that are left. After a failure that the
   * next would meet, too, and once it is stopped, it leaves the rest untried.
   */
  async revokeSeveral(
    wanted: readonly Credential[],
    progress: (done: number) => void,
    stopped: () => boolean,
  ): Promise<readonly NotRevoked[]> {
    const left: NotRevoked[] = [];
    for (const [index, credential] of wanted.entries()) {
      if (stopped()) return [...left, ...untried(wanted.slice(index))];
      try {
        await this.revoke(credential.client_id);
      } catch (failure) {
        left.push({ credential, failure });
        if (!(failure instanceof ApiProblem)) return [...left, ...untried(wanted.slice(index + 1))];
      }
      progress(index + 1);
    }
    return left;
  }

  /** Answers once the credentials are revoked; marking them goes on, and `revocation` follows it. */
  async revokeAll(key: string): Promise<void> {
    this.revocation = await this.api.revokeAll(key);
    this.revocationInterrupted = false;
    this.changed();
    this.announce("revoked-all", this.revocation);
    void this.reloadCredentials(true);
    void this.auditEvents.reload();
    void this.followRevocation(this.revocation.revocation_id);
  }

  exchange(clientId: string, clientSecret: string): Promise<AccessToken> {
    return this.api.exchange(clientId, clientSecret);
  }


  dismissRevocation(): void {
    this.revocation = null;
    this.changed();
  }

  stop(): void {
    this.stopped = true;
  }

  private async followRevocation(revocationId: string): Promise<void> {
    let wait = POLL_FIRST_MS;
    let failures = 0;
    while (!this.stopped && this.revocation?.revocation_id === revocationId && !this.revocation.completed_at) {
      await this.pause(wait);
      wait = Math.min(wait * 1.5, POLL_SLOWEST_MS);
      try {
        const revocation = await this.api.revocation(revocationId);
        if (this.revocation?.revocation_id === revocationId) this.revocation = revocation;
        failures = 0;
      } catch {
        failures += 1;
      }
      this.revocationInterrupted = failures >= POLL_FAILURES_ALLOWED;
      this.changed();
      if (this.revocationInterrupted) return;
    }
    await Promise.all([this.refreshUser(), this.auditEvents.reload()]);
  }
}

function untried(credentials: readonly Credential[]): readonly NotRevoked[] {
  return credentials.map((credential) => ({ credential, failure: null }));
}
