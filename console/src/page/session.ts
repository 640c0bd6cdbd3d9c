import { fragmentOf, placeIn } from "./address.js";
import { OidcClient, type OidcSettings, type User } from "./oidc-client.js";

const LEEWAY_SECONDS = 5;

/**
 * The console user's sign-in. Tokens are kept in sessionStorage, which ends with the tab.
 *
 * The bearer token of the managed endpoints is the ID token.
 */
export class Session {
  private readonly client: OidcClient;
  private readonly address: string;

  /** `page` is this page's own address: the one redirect address to register with the identity provider. */
  constructor(settings: OidcSettings, page: URL, locale: string) {
    this.address = page.href;
    this.client = new OidcClient(settings, this.address, locale);
  }

  /** Finishes a sign-in this page was sent back from. Answers whether this window was only a pop-up for it. */
  async finishSignIn(): Promise<"popup" | "page" | null> {
    const answer = new URLSearchParams(location.search);
    if (!answer.has("error") && !(answer.has("code") && answer.has("state"))) return null;
    if (this.client.isPopup) {
      this.client.finishPopup();
      return "popup";
    }
    let fragment = "";
    try {
      fragment = fragmentOf(placeIn(await this.client.finishRedirect()));
    } finally {
      // The code is used up; a reload must not send it again, and it has no business in the address bar.
      history.replaceState(null, "", this.address + fragment);
    }
    return "page";
  }

  get user(): User | null {
    return this.client.user;
  }

  /** Leaves the page, and comes back to what its address names. */
  signIn(): Promise<void> {
    return this.client.redirect(location.hash);
  }

  /** In a window of its own, so that what is on the page stays; unless somebody else signs in, whose page it is not. */
  async signInAgain(): Promise<void> {
    const before = this.client.user;
    const now = await this.client.popup();
    if (now.profile.sub !== before?.profile.sub) location.reload();
  }

  signOut(): Promise<void> {
    return this.client.signOut();
  }

  /** A token that has not expired, renewed where the provider gave a refresh token. Rejects when it is time to sign in again. */
  async token(): Promise<string> {
    let { user } = this.client;
    if (user?.refresh_token && expired(user)) user = await this.client.renew();
    if (!user || expired(user)) throw new Error("signed out");
    return user.id_token;
  }
}

function expired(user: User): boolean {
  return user.profile.exp <= Date.now() / 1_000 + LEEWAY_SECONDS;
}
