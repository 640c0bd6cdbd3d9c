import { decodeJwt } from "../format/jwt.js";

export interface OidcSettings {
  readonly authority: string;
  readonly client_id: string;
  readonly scope: string;
}

/** Claims of an ID token, OpenID Connect Core section 2. */
interface Profile {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly nonce?: string;
  readonly name?: string;
}

export interface User {
  readonly id_token: string;
  readonly refresh_token?: string;
  readonly profile: Profile;
}

interface Metadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

interface Tokens {
  readonly id_token?: string;
  readonly refresh_token?: string;
}

/** What a sign-in under way keeps until its answer comes. `state` is what its caller wants back. */
interface Attempt {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
}

const ATTEMPT = "oidc.attempt:";
const POPUP = "acc-sign-in";
const POPUP_LOOK = "popup,width=480,height=640";
const TIMEOUT_MS = 15_000;
const POPUP_POLL_MS = 500;

/**
 * A page as a public client of an OpenID provider: the authorization code flow with PKCE (RFC 7636). All that it keeps is
 * in sessionStorage. The ID token comes from the token endpoint over TLS, so its claims are checked and its signature is
 * left to the service (OpenID Connect Core section 3.1.3.7, number 6).
 */
export class OidcClient {
  private readonly key: string;
  private provider: Promise<Metadata> | null = null;
  private renewal: Promise<User> | null = null;

  /** `address` is where the provider sends people back to. */
  constructor(
    private readonly settings: OidcSettings,
    private readonly address: string,
    private readonly locale: string,
  ) {
    this.key = `oidc.user:${settings.authority}:${settings.client_id}`;
  }

  /** Who signed in last in this tab, however long ago. */
  get user(): User | null {
    const stored = sessionStorage.getItem(this.key);
    return stored === null ? null : (JSON.parse(stored) as User);
  }

  /** Leaves the page; `state` comes back with `finishRedirect`. */
  async redirect(state = ""): Promise<void> {
    location.assign(await this.authorization(state));
  }

  /** What the provider sent this page back with. Rejects where it is no sign-in that this tab began. */
  async finishRedirect(): Promise<string> {
    return this.finish(location.search);
  }

  /** In a window of its own, which somebody may close. */
  async popup(): Promise<User> {
    // Before anything is waited for: browsers open windows for a click alone.
    const popup = open("", POPUP, POPUP_LOOK);
    if (!popup) throw new Error("no window");
    try {
      popup.location.replace(await this.authorization(""));
      await this.finish(await answerOf(popup));
    } finally {
      popup.close();
    }
    return this.user!;
  }

  /** Whether this window is one that `popup` opened. */
  get isPopup(): boolean {
    return Boolean(window.opener) && window.name === POPUP;
  }

  /** In that window: hands the answer to the page that opened it. */
  finishPopup(): void {
    (window.opener as Window).postMessage(location.search, location.origin);
    close();
  }

  /** A new ID token for the refresh token, RFC 6749 section 6; asked for once, however many need it. */
  renew(): Promise<User> {
    this.renewal ??= this.renewed().finally(() => (this.renewal = null));
    return this.renewal;
  }

  /** Forgets the tokens, and leaves for the provider's end of its session, if it has one. */
  async signOut(): Promise<void> {
    const { user } = this;
    const { end_session_endpoint: end } = await this.metadata();
    sessionStorage.removeItem(this.key);
    if (!end) return location.reload();
    const parameters = { client_id: this.settings.client_id, post_logout_redirect_uri: this.address, id_token_hint: user?.id_token ?? "" };
    location.assign(withQuery(end, parameters));
  }

  private async authorization(state: string): Promise<string> {
    const { authorization_endpoint: endpoint } = await this.metadata();
    const attempt: Attempt = { verifier: random(), nonce: random(), state };
    const id = random();
    sessionStorage.setItem(ATTEMPT + id, JSON.stringify(attempt));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(attempt.verifier));
    return withQuery(endpoint, {
      response_type: "code",
      client_id: this.settings.client_id,
      redirect_uri: this.address,
      scope: this.settings.scope,
      state: id,
      nonce: attempt.nonce,
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: "S256",
      ui_locales: this.locale,
    });
  }

  private async finish(query: string): Promise<string> {
    const answer = new URLSearchParams(query);
    const key = ATTEMPT + answer.get("state");
    const stored = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    const code = answer.get("code");
    const { issuer } = await this.metadata();
    // RFC 9207 section 2.4: an answer of another provider is not for this one.
    if (stored === null || !code || (answer.get("iss") ?? issuer) !== issuer) throw new Error("no sign-in of this tab");
    const { verifier, nonce, state } = JSON.parse(stored) as Attempt;
    const tokens = await this.tokens({ grant_type: "authorization_code", code, redirect_uri: this.address, code_verifier: verifier });
    const user = await this.userOf(tokens);
    if (user.profile.nonce !== nonce) throw new Error("the ID token is for another sign-in");
    this.keep(user);
    return state;
  }

  private async renewed(): Promise<User> {
    const before = this.user;
    if (!before?.refresh_token) throw new Error("no refresh token");
    const answer = await this.tokens({ grant_type: "refresh_token", refresh_token: before.refresh_token });
    const user = await this.userOf({ id_token: before.id_token, refresh_token: before.refresh_token, ...answer });
    if (user.profile.sub !== before.profile.sub) throw new Error("the ID token is somebody else's");
    this.keep(user);
    return user;
  }

  /** With the claims that OpenID Connect Core section 3.1.3.7 has checked. */
  private async userOf({ id_token, refresh_token }: Tokens): Promise<User> {
    if (!id_token) throw new Error("no ID token");
    const profile = decodeJwt(id_token).claims as unknown as Profile;
    const { issuer } = await this.metadata();
    if (profile.iss !== issuer || ![profile.aud].flat().includes(this.settings.client_id)) throw new Error("not our ID token");
    return { id_token, profile, ...(refresh_token ? { refresh_token } : {}) };
  }

  private keep(user: User): void {
    sessionStorage.setItem(this.key, JSON.stringify(user));
  }

  private async tokens(parameters: Readonly<Record<string, string>>): Promise<Tokens> {
    const { token_endpoint: endpoint } = await this.metadata();
    const body = new URLSearchParams({ client_id: this.settings.client_id, ...parameters });
    return (await json(endpoint, { method: "POST", body })) as Tokens;
  }

  private metadata(): Promise<Metadata> {
    this.provider ??= this.discovered().catch((failure: unknown) => {
      this.provider = null;
      throw failure;
    });
    return this.provider;
  }

  private async discovered(): Promise<Metadata> {
    const authority = this.settings.authority.replace(/\/$/, "");
    const metadata = (await json(`${authority}/.well-known/openid-configuration`, {})) as Metadata;
    // OpenID Connect Discovery section 4.3.
    if (metadata.issuer.replace(/\/$/, "") !== authority) throw new Error("another issuer");
    return metadata;
  }
}

async function json(address: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(address, { ...init, credentials: "omit", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** The query that the window was sent back with. Rejects once it is closed. */
function answerOf(popup: Window): Promise<string> {
  return new Promise((resolve, reject) => {
    let gone = false;
    const poll = setInterval(() => {
      // Its message may be on its way when it closes.
      if (gone) finish(() => reject(new Error("the window was closed")));
      gone = popup.closed;
    }, POPUP_POLL_MS);
    const heard = ({ source, data, origin: sender }: MessageEvent): void => {
      if (source === popup && sender === location.origin && typeof data === "string") finish(() => resolve(data));
    };
    const finish = (settle: () => void): void => {
      clearInterval(poll);
      removeEventListener("message", heard);
      settle();
    };
    addEventListener("message", heard);
  });
}

function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
  return url.href;
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
