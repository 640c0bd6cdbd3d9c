import { credentialIn, fragmentOf } from "./address.js";
import { UserManager, WebStorageStateStore, type User } from "oidc-client-ts";

export interface OidcSettings {
  readonly authority: string;
  readonly client_id: string;
  readonly scope: string;
}

const POPUP = "acc-sign-in";
const LEEWAY_SECONDS = 5;

/**
 * The console user's sign-in: OIDC Authorization Code with PKCE. Tokens are kept in sessionStorage, which ends with the tab.
 *
 * The bearer token of the managed endpoints is the ID token.
 */
export class Session {
  private readonly manager: UserManager;
  private readonly address: string;

  /** `page` is this page's own address: the one redirect address to register with the identity provider. */
  constructor(settings: OidcSettings, page: URL, locale: string) {
    this.address = page.href;
    // oidc-client-ts would put the PKCE verifier into localStorage, where it outlives the tab.
    const store = new WebStorageStateStore({ store: sessionStorage });
    this.manager = new UserManager({
      ...settings,
      ui_locales: locale,
      redirect_uri: this.address,
      popup_redirect_uri: this.address,
      post_logout_redirect_uri: this.address,
      popupWindowTarget: POPUP,
      userStore: store,
      stateStore: store,
      automaticSilentRenew: false,
      loadUserInfo: false,
    });
  }

  /** Finishes a sign-in this page was sent back from. Answers whether this window was only a pop-up for it. */
  async finishSignIn(): Promise<"popup" | "page" | null> {
    const answer = new URLSearchParams(location.search);
    if (!answer.has("error") && !(answer.has("code") && answer.has("state"))) return null;
    if (window.opener && window.name === POPUP) {
      await this.manager.signinPopupCallback();
      return "popup";
    }
    let clientId = "";
    try {
      const { state } = await this.manager.signinRedirectCallback();
      clientId = typeof state === "string" ? credentialIn(state) : "";
    } finally {
      // The code is used up; a reload must not send it again, and it has no business in the address bar.
      history.replaceState(null, "", this.address + fragmentOf(clientId));
    }
    return "page";
  }

  async user(): Promise<User | null> {
    return this.manager.getUser();
  }

  /** Leaves the page, and comes back to the credential that its address names. */
  signIn(): Promise<void> {
    return this.manager.signinRedirect({ state: location.hash });
  }

  /** In a window of its own, so that what is on the page stays; unless somebody else signs in, whose page it is not. */
  async signInAgain(): Promise<void> {
    const before = await this.manager.getUser();
    const now = await this.manager.signinPopup({ popupAbortOnClose: true });
    if (now.profile.sub !== before?.profile.sub) location.reload();
  }

  async signOut(): Promise<void> {
    const leaves = await this.manager.metadataService.getEndSessionEndpoint();
    if (leaves) await this.manager.signoutRedirect();
    else {
      await this.manager.removeUser();
      location.reload();
    }
  }

  /** A token that has not expired, renewed where the provider gave a refresh token. Rejects when it is time to sign in again. */
  async token(): Promise<string> {
    let user = await this.manager.getUser();
    if (user && expired(user) && user.refresh_token) user = await this.manager.signinSilent();
    if (!user?.id_token || expired(user)) throw new Error("signed out");
    return user.id_token;
  }
}

function expired(user: User): boolean {
  return user.profile.exp <= Date.now() / 1_000 + LEEWAY_SECONDS;
}
