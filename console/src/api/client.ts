/** The managed endpoints as typed calls. The only file that talks HTTP. */

export interface Actor {
  readonly subject: string;
  readonly name: string;
}

export type Status = "active" | "revoked" | "expired";
export type StatusFilter = Status | "all";

export interface Credential {
  readonly client_id: string;
  readonly name: string;
  readonly status: Status;
  readonly scopes: readonly string[];
  readonly created_by: Actor;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_by: Actor | null;
  readonly revoked_at: string | null;
}

export interface CreatedCredential extends Credential {
  readonly client_secret: string;
}

export interface NewCredential {
  readonly name: string;
  readonly scopes?: readonly string[];
  readonly expires_at?: string;
}

export interface Revocation {
  readonly revocation_id: string;
  readonly total: number;
  readonly swept: number;
  readonly remaining: number;
  readonly completed_at: string | null;
}

export interface AuditEvent {
  readonly event_id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: Actor;
  readonly client_id: string | null;
  readonly source_ip: string;
  readonly request_id: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface ConsoleUser {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  readonly default_scopes: readonly string[];
  readonly active_credentials: number;
}

export interface AccessToken {
  readonly access_token: string;
  readonly expires_in: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The service refused. `requestId` is what its operator needs to find out why. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly faults: readonly { readonly pointer: string; readonly detail: string }[] = [],
  ) {
    super(title);
  }
}

/** The console token is missing, expired or not accepted. */
export class SignInExpired extends Error {}

/** No answer came: nobody knows whether the service did what was asked. */
export class Unreachable extends Error {}

export type TokenProvider = () => Promise<string>;

const TIMEOUT_MS = 30_000;

export class ApiClient {
  /** `base` is the service's address; a path below which it is served is kept. */
  constructor(
    private readonly base: string,
    private readonly tokenProvider: TokenProvider,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  get tokenEndpoint(): string {
    return this.address("oauth/token");
  }

  consoleUser(): Promise<ConsoleUser> {
    return this.call("GET", "v1/console-user");
  }

  async credentials(status: StatusFilter, cursor: string | null): Promise<Page<Credential>> {
    const page = await this.call<{ credentials: Credential[]; next_cursor: string | null }>(
      "GET",
      `v1/credentials?${query({ status, cursor })}`,
    );
    return { items: page.credentials, nextCursor: page.next_cursor };
  }

  create(credential: NewCredential): Promise<CreatedCredential> {
    return this.call("POST", "v1/credentials", credential);
  }

  revoke(clientId: string): Promise<Credential> {
    return this.call("POST", `v1/credentials/${encodeURIComponent(clientId)}/revoke`);
  }

  revokeAll(): Promise<Revocation> {
    return this.call("POST", "v1/credentials/revoke-all");
  }

  revocation(revocationId: string): Promise<Revocation> {
    return this.call("GET", `v1/credentials/revoke-all/${encodeURIComponent(revocationId)}`);
  }

  async auditEvents(cursor: string | null): Promise<Page<AuditEvent>> {
    const page = await this.call<{ audit_events: AuditEvent[]; next_cursor: string | null }>(
      "GET",
      `v1/audit-events?${query({ cursor })}`,
    );
    return { items: page.audit_events, nextCursor: page.next_cursor };
  }

  /** The client credentials grant, RFC 6749 section 4.4. */
  async exchange(clientId: string, clientSecret: string): Promise<AccessToken> {
    const answer = await this.send(this.tokenEndpoint, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    if (answer.ok) return (await body(answer)) as AccessToken;
    const refusal = (await body(answer)) as { error?: string; error_description?: string } | null;
    throw new ApiProblem(
      answer.status,
      refusal?.error ?? answer.statusText,
      refusal?.error_description ?? "",
      requestIdOf(answer, null),
    );
  }

  private async call<T>(method: string, path: string, content?: unknown): Promise<T> {
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.token()}` };
    if (content !== undefined) headers["Content-Type"] = "application/json";
    const answer = await this.send(this.address(path), {
      method,
      headers,
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    if (answer.status === 401) throw new SignInExpired();
    if (!answer.ok) throw await problemOf(answer);
    return (await body(answer)) as T;
  }

  private async token(): Promise<string> {
    try {
      return await this.tokenProvider();
    } catch {
      throw new SignInExpired();
    }
  }

  private async send(address: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetcher(address, {
        ...init,
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new Unreachable();
    }
  }

  private address(path: string): string {
    return `${this.base.replace(/\/+$/, "")}/${path}`;
  }
}

function query(parameters: Record<string, string | null>): string {
  return new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null),
  ).toString();
}

async function body(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    if (answer.ok) throw new Unreachable();
    return null;
  }
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const problem = (await body(answer)) as {
    title?: string;
    detail?: string;
    request_id?: string;
    errors?: { pointer: string; detail: string }[];
  } | null;
  return new ApiProblem(
    answer.status,
    problem?.title ?? answer.statusText,
    problem?.detail ?? "",
    requestIdOf(answer, problem?.request_id),
    problem?.errors,
  );
}

function requestIdOf(answer: Response, fromBody: string | null | undefined): string | null {
  return fromBody ?? answer.headers.get("X-Request-Id");
}
