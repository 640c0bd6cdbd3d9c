/** The endpoints as typed calls. The only file that talks HTTP. */

import { ApiProblem, MadeBefore, SignInExpired, Unreachable } from "./failures.js";
import type { OAuthError, Paths, Problem } from "./openapi.js";
import type {
  AccessToken,
  AuditEvent,
  AuditQuery,
  ConsoleUser,
  CreatedCredential,
  Credential,
  CredentialPatch,
  CredentialQuery,
  CredentialRequest,
  Jwk,
  Page,
  Revocation,
  ServerMetadata,
  TokenRequest,
  Versioned,
} from "./types.js";

export type TokenProvider = () => Promise<string>;

/** What a call asks beside its method and path. */
interface RequestParts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

/** What a client may be told further. */
export interface ClientOptions {
  /** Hears of each call that fails, beside whoever made it. */
  readonly failed?: (failure: unknown) => void;
}

type Answer<Operation> = Operation extends { readonly answer: infer A } ? A : never;

const TIMEOUT_MS = 30_000;
const ALREADY_CREATED = "urn:problem-type:already_created";

export class ApiClient {
  /** `base` is the service's address; a path below which it is served is kept. */
  constructor(
    private readonly base: string,
    private readonly tokenProvider: TokenProvider,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
    private readonly options: ClientOptions = {},
  ) {}

  get tokenEndpoint(): string {
    return this.address("/oauth/token");
  }

  consoleUser(): Promise<ConsoleUser> {
    return this.call("GET", "/v1/console-user", {});
  }

  async credentials(query: CredentialQuery, cursor: string | null): Promise<Page<Credential>> {
    const page = await this.call("GET", "/v1/credentials", { query: { ...query, ...after(cursor) } });
    return { items: page.credentials, nextCursor: page.next_cursor };
  }

  credential(clientId: string): Promise<Versioned> {
    return this.versioned("GET", "/v1/credentials/{client_id}", { path: { client_id: clientId } });
  }

  /** Only of the version that `etag` names: of another one it changes nothing and is refused with 412. */
  edit(clientId: string, patch: CredentialPatch, etag: string | null): Promise<Versioned> {
    const request = { path: { client_id: clientId }, body: patch };
    return this.versioned("PATCH", "/v1/credentials/{client_id}", request, etag === null ? {} : { "If-Match": etag });
  }

  suspend(clientId: string): Promise<Versioned> {
    return this.versioned("POST", "/v1/credentials/{client_id}/suspend", { path: { client_id: clientId } });
  }

  resume(clientId: string): Promise<Versioned> {
    return this.versioned("POST", "/v1/credentials/{client_id}/resume", { path: { client_id: clientId } });
  }

  create(credential: CredentialRequest, key: string): Promise<CreatedCredential> {
    return this.call("POST", "/v1/credentials", { body: credential }, key);
  }

  /** The other secrets end after the overlap; null: they do not. */
  addSecret(clientId: string, overlapSeconds: number | null, key: string): Promise<CreatedCredential> {
    const request = { path: { client_id: clientId }, body: { overlap_seconds: overlapSeconds } };
    return this.call("POST", "/v1/credentials/{client_id}/secrets", request, key);
  }

  /** Now. The others stay as they are. */
  async endSecret(clientId: string, secretId: string): Promise<void> {
    await this.answer("DELETE", "/v1/credentials/{client_id}/secrets/{secret_id}", {
      path: { client_id: clientId, secret_id: secretId },
    });
  }

  addKey(clientId: string, jwk: Jwk): Promise<Versioned> {
    return this.versioned("POST", "/v1/credentials/{client_id}/keys", { path: { client_id: clientId }, body: { jwk } });
  }

  async removeKey(clientId: string, kid: string): Promise<void> {
    await this.answer("DELETE", "/v1/credentials/{client_id}/keys/{kid}", { path: { client_id: clientId, kid } });
  }

  revoke(clientId: string): Promise<Credential> {
    return this.call("POST", "/v1/credentials/{client_id}/revoke", { path: { client_id: clientId } });
  }

  revokeAll(key: string): Promise<Revocation> {
    return this.call("POST", "/v1/credentials/revoke-all", {}, key);
  }

  revocation(revocationId: string): Promise<Revocation> {
    return this.call("GET", "/v1/revocations/{revocation_id}", { path: { revocation_id: revocationId } });
  }

  async auditEvents(query: AuditQuery, cursor: string | null): Promise<Page<AuditEvent>> {
    const page = await this.call("GET", "/v1/audit-events", { query: { ...query, ...after(cursor) } });
    return { items: page.audit_events, nextCursor: page.next_cursor };
  }

  /** All of them as JSON Lines. They come in pieces, each of which links to the next. */
  async exportAuditEvents(filter: AuditQuery): Promise<readonly string[]> {
    const pieces: string[] = [];
    let cursor: string | null = null;
    do {
      const query = { ...filter, ...after(cursor) };
      const answer = await this.answer("GET", "/v1/audit-events", { query }, { Accept: "application/jsonl" });
      pieces.push(await answer.text());
      const next = /<([^>]*)>; *rel="next"/.exec(answer.headers.get("Link") ?? "")?.[1];
      cursor = next ? new URL(next).searchParams.get("cursor") : null;
    } while (cursor !== null);
    return pieces;
  }

  /** What the authorization server says of itself (RFC 8414). */
  async serverMetadata(): Promise<ServerMetadata> {
    const answer = await this.send(this.address("/.well-known/oauth-authorization-server"), {});
    if (!answer.ok) throw await problemOf(answer);
    return (await content(answer)) as ServerMetadata;
  }

  /** The client credentials grant, RFC 6749 section 4.4. */
  exchange(clientId: string, clientSecret: string): Promise<AccessToken> {
    return this.grant(
      { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      { grant_type: "client_credentials" },
    );
  }

  /** The same, where the client has signed an assertion with its own key (RFC 7523 section 2.2). */
  exchangeAssertion(assertion: string): Promise<AccessToken> {
    return this.grant(
      {},
      {
        grant_type: "client_credentials",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      },
    );
  }

  private grant(headers: Readonly<Record<string, string>>, request: TokenRequest): Promise<AccessToken> {
    return this.heard(() => this.granted(headers, request));
  }

  private async granted(headers: Readonly<Record<string, string>>, request: TokenRequest): Promise<AccessToken> {
    const body = new URLSearchParams(Object.entries(request));
    const answer = await this.send(this.tokenEndpoint, { method: "POST", headers, body });
    if (answer.ok) return (await content(answer)) as AccessToken;
    const refusal = (await content(answer)) as Partial<OAuthError> | null;
    throw new ApiProblem(
      answer.status,
      refusal?.error ?? answer.statusText,
      refusal?.error_description ?? "",
      requestIdOf(answer, null),
    );
  }

  /** One call as `Paths` has it, with the console user's token. Under one Idempotency-Key `key` it is carried out once. */
  private async call<P extends keyof Paths, M extends keyof Paths[P] & string>(
    method: M,
    path: P,
    request: Omit<Paths[P][M], "answer">,
    key?: string,
  ): Promise<Answer<Paths[P][M]>> {
    const answer = await this.answer(method, path, request, key === undefined ? {} : { "Idempotency-Key": key });
    return (await content(answer)) as Answer<Paths[P][M]>;
  }

  private async versioned(
    method: string,
    path: keyof Paths,
    request: RequestParts,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Versioned> {
    const answer = await this.answer(method, path, request, more);
    return { credential: (await content(answer)) as Credential, etag: answer.headers.get("ETag") };
  }

  private answer(
    method: string,
    path: keyof Paths,
    request: RequestParts,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return this.heard(() => this.accepted(method, path, request, more));
  }

  private async heard<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (failure) {
      this.options.failed?.(failure);
      throw failure;
    }
  }

  private async accepted(
    method: string,
    path: keyof Paths,
    { body, ...parameters }: RequestParts,
    more: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.token()}`, ...more };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await this.send(this.address(path, parameters), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 401) throw new SignInExpired();
    if (!answer.ok) throw await problemOf(answer);
    return answer;
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

  private address(path: keyof Paths, { path: values = {}, query }: RequestParts = {}): string {
    const filled = path.replace(/{(\w+)}/g, (_, parameter: string) => encodeURIComponent(values[parameter] ?? ""));
    const asked = Object.entries(query ?? {}).flatMap(([key, value]) => (value === "" ? [] : [[key, String(value)]]));
    return this.base.replace(/\/+$/, "") + filled + (asked.length ? `?${new URLSearchParams(asked)}` : "");
  }
}

function after(cursor: string | null): { readonly cursor?: string } {
  return cursor === null ? {} : { cursor };
}

async function content(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    if (answer.ok) throw new Unreachable();
    return null;
  }
}

async function problemOf(answer: Response): Promise<ApiProblem | MadeBefore> {
  const problem = (await content(answer)) as Partial<Problem> | null;
  if (problem?.type === ALREADY_CREATED && problem.client_id) return new MadeBefore(problem.client_id, problem.secret_id ?? "");
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
