import * as oauth from "oauth4webapi";

export interface OidcSettings {
  readonly authority: string;
  readonly client_id: string;
  readonly scope: string;
}

export interface User {
  readonly id_token: string;
  readonly refresh_token?: string;
  readonly profile: oauth.IDToken;
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
 * in sessionStorage. oauth4webapi speaks the protocol and checks the answers. The ID token comes from the token endpoint
 * over TLS, so its signature is left to the service (OpenID Connect Core section 3.1.3.7, number 6).
 */
export class OidcClient {
  private readonly key: string;
  private readonly client: oauth.Client;
  private provider: Promise<oauth.AuthorizationServer> | null = null;
  private renewal: Promise<User> | null = null;

  /** `address` is where the provider sends people back to. */
  constructor(
    private readonly settings: OidcSettings,
    private readonly address: string,
    private readonly locale: string,
  ) {
    this.client = { client_id: settings.client_id };
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
    if (!endpoint) throw new Error("no authorization endpoint");
    const attempt: Attempt = { verifier: oauth.generateRandomCodeVerifier(), nonce: oauth.generateRandomNonce(), state };
    const id = oauth.generateRandomState();
    sessionStorage.setItem(ATTEMPT + id, JSON.stringify(attempt));
    return withQuery(endpoint, {
      response_type: "code",
      client_id: this.settings.client_id,
      redirect_uri: this.address,
      scope: this.settings.scope,
      state: id,
      nonce: attempt.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: "S256",
      ui_locales: this.locale,
    });
  }

  private async finish(query: string): Promise<string> {
    const answer = new URLSearchParams(query);
    const id = answer.get("state") ?? "";
    const stored = sessionStorage.getItem(ATTEMPT + id);
    sessionStorage.removeItem(ATTEMPT + id);
    if (stored === null) throw new Error("no sign-in of this tab");
    const { verifier, nonce, state } = JSON.parse(stored) as Attempt;
    const provider = await this.metadata();
    const code = oauth.validateAuthResponse(provider, this.client, answer, id);
    const reply = await oauth.authorizationCodeGrantRequest(provider, this.client, oauth.None(), code, this.address, verifier, this.options());
    const tokens = await oauth.processAuthorizationCodeResponse(provider, this.client, reply, { expectedNonce: nonce, requireIdToken: true });
    this.keep(userOf(tokens));
    return state;
  }

  private async renewed(): Promise<User> {
    const before = this.user;
    if (!before?.refresh_token) throw new Error("no refresh token");
    const provider = await this.metadata();
    const reply = await oauth.refreshTokenGrantRequest(provider, this.client, oauth.None(), before.refresh_token, this.options());
    const tokens = await oauth.processRefreshTokenResponse(provider, this.client, reply);
    const user = userOf(tokens, before);
    if (user.profile.sub !== before.profile.sub) throw new Error("the ID token is somebody else's");
    this.keep(user);
    return user;
  }

  private keep(user: User): void {
    sessionStorage.setItem(this.key, JSON.stringify(user));
  }

  private metadata(): Promise<oauth.AuthorizationServer> {
    this.provider ??= this.discovered().catch((failure: unknown) => {
      this.provider = null;
      throw failure;
    });
    return this.provider;
  }

  private async discovered(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.settings.authority);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, this.options()));
  }

  private options(): { readonly signal: AbortSignal; readonly [oauth.allowInsecureRequests]: boolean } {
    // The service's settings allow http for this machine alone, where `make run` has its provider.
    const insecure = this.settings.authority.startsWith("http:");
    return { signal: AbortSignal.timeout(TIMEOUT_MS), [oauth.allowInsecureRequests]: insecure };
  }
}

/** `before`: whose tokens stay, where a renewal brings no newer ones. */
function userOf(tokens: oauth.TokenEndpointResponse, before?: User): User {
  const id_token = tokens.id_token ?? before?.id_token;
  const refresh_token = tokens.refresh_token ?? before?.refresh_token;
  const profile = oauth.getValidatedIdTokenClaims(tokens) ?? before?.profile;
  if (!id_token || !profile) throw new Error("no ID token");
  return { id_token, profile, ...(refresh_token ? { refresh_token } : {}) };
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
