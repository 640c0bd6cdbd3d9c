import type { ApiClient } from "../api/client.js";
import { outcomeUnknown } from "../api/failures.js";
import type {
  AccessToken,
  AuditEvent,
  AuditFilter,
  ConsoleUser,
  CreatedCredential,
  Credential,
  CredentialRequest,
  Revocation,
  ServerMetadata,
  StatusFilter,
  Versioned,
} from "../api/types.js";
import type { Announce } from "./announcements.js";
import { CredentialChanges } from "./credential-changes.js";
import { PagedList } from "./paged-list.js";
import { ShownCredential } from "./shown-credential.js";

const POLL_FIRST_MS = 300;
const POLL_SLOWEST_MS = 2_000;
const POLL_FAILURES_ALLOWED = 5;

/** What the console knows, and everything a console user can do. It never keeps a Token Secret. */
export class ConsoleState {
  user: ConsoleUser | null = null;
  userFailure: unknown = null;
  filter: StatusFilter = "active";
  auditFilter: AuditFilter = {};
  revocation: Revocation | null = null;
  revocationInterrupted = false;
  /** Whose panel is open. */
  shown: ShownCredential | null = null;
  readonly changes: CredentialChanges;
  readonly credentials: PagedList<Credential>;
  readonly auditEvents: PagedList<AuditEvent>;
  private stopped = false;

  /** `changed` is called whenever something here is another; `announce` tells the page around what was done. */
  constructor(
    private readonly api: ApiClient,
    private readonly changed: () => void,
    private readonly announce: Announce = () => undefined,
    private readonly pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.changes = new CredentialChanges(api, (now) => this.restate(now));
    this.credentials = new PagedList((cursor) => api.credentials(this.filter, cursor), changed);
    this.auditEvents = new PagedList((cursor) => api.auditEvents(this.auditFilter, cursor), changed);
  }

  get mayWrite(): boolean {
    return this.user?.roles.includes("admin") ?? false;
  }

  get tokenEndpoint(): string {
    return this.api.tokenEndpoint;
  }

  async start(): Promise<void> {
    await Promise.all([this.refreshUser(), this.credentials.reload()]);
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

  showOnly(filter: StatusFilter): Promise<void> {
    this.filter = filter;
    return this.credentials.reload(true);
  }

  showEvents(filter: AuditFilter): Promise<void> {
    this.auditFilter = filter;
    return this.auditEvents.reload(true);
  }

  exportEvents(): Promise<readonly string[]> {
    return this.api.exportAuditEvents(this.auditFilter);
  }

  /** The secret is only in the answer: whoever asked shows it and forgets it. */
  async create(wanted: CredentialRequest, key: string): Promise<CreatedCredential> {
    const created = await this.api.create(wanted, key);
    const { client_secret: _, ...credential } = created;
    if (this.filter === "active" || this.filter === "all") this.credentials.prepend(credential);
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
    const asked = this.filter === "expiring" ? "active" : this.filter;
    const stays = asked === "all" || asked === credential.status;
    this.credentials.update((row) => (row.client_id !== credential.client_id ? row : stays ? credential : null));
    if (this.shown?.clientId === credential.client_id) this.shown.take(now);
  }

  /** Answers once the credentials are revoked; marking them goes on, and `revocation` follows it. */
  async revokeAll(key: string): Promise<void> {
    this.revocation = await this.api.revokeAll(key);
    this.revocationInterrupted = false;
    this.changed();
    this.announce("revoked-all", this.revocation);
    void this.credentials.reload(true);
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
