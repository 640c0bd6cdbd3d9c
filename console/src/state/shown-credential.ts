import type { ApiClient } from "../api/client.js";
import type { AuditEvent, Credential, Versioned } from "../api/types.js";
import { PagedList, type ListView } from "./paged-list.js";

/** What a credential's panel looks like at one moment. Without an `etag` it is as the list had it, and about to be read. */
export interface CredentialView {
  readonly clientId: string;
  readonly credential: Credential | null;
  readonly etag: string | null;
  readonly failure: unknown;
  readonly history: ListView<AuditEvent>;
}

/** The credential whose panel is open, with its history. Calls `changed` whenever `view` is another. */
export class ShownCredential {
  view: CredentialView;
  private readonly history: PagedList<AuditEvent>;

  constructor(
    private readonly api: ApiClient,
    private readonly changed: () => void,
    readonly clientId: string,
    listed: Credential | null,
  ) {
    this.history = new PagedList(
      (cursor, limit) => api.auditEvents({ client_id: clientId, limit }, cursor),
      () => this.show({ history: this.history.view }),
    );
    this.view = { clientId, credential: listed, etag: null, failure: null, history: this.history.view };
  }

  async read(): Promise<void> {
    this.show({ failure: null });
    void this.history.reload();
    try {
      this.show(await this.api.credential(this.clientId));
    } catch (failure) {
      this.show({ failure });
    }
  }

  /** As it is now. */
  take(now: Versioned): void {
    this.show({ ...now, failure: null });
    void this.history.reload();
  }

  showMoreHistory(): void {
    void this.history.loadMore();
  }

  private show(change: Partial<CredentialView>): void {
    this.view = { ...this.view, ...change };
    this.changed();
  }
}
