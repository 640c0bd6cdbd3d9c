import { html, nothing, render } from "lit";
import { live } from "lit/directives/live.js";
import type { Localization } from "../locales/localization.js";
import type { ApiClientCredentials } from "../elements/api-client-credentials.js";
import { fragmentOf, placeIn } from "./address.js";
import type { Session } from "./session.js";

/** Each has a text `.title` and a text `.text`. */
type Problem = "page.notConfigured" | "failures.signInFailed" | "failures.unreachable";

/** What the page shows around the element, and before it. */
export class Views {
  private readonly t: Localization["t"];

  constructor(private readonly localization: Localization) {
    this.t = localization.t;
  }

  /** The whole page, signed in. What is shown and the page's address follow each other. */
  signedIn(session: Session, user: string, api: URL): void {
    addEventListener("hashchange", () => this.signedIn(session, user, api), { once: true });
    const place = placeIn(location.hash);
    const follow = ({ currentTarget }: Event): void => {
      const now = currentTarget as ApiClientCredentials;
      const before = placeIn(location.hash);
      if (fragmentOf(now) === fragmentOf(before)) return;
      // What somebody types is no place to come back to.
      const moved = now.tab !== before.tab || now.credential !== before.credential;
      history[moved ? "pushState" : "replaceState"](null, "", api.pathname + fragmentOf(now));
    };
    this.main(
      html`<api-client-credentials
        api=${api.href}
        .tab=${live(place.tab)}
        .filter=${live(place.filter)}
        .credential=${live(place.credential)}
        @credential-shown=${follow}
        @view-changed=${follow}
        locale=${this.localization.locale}
        .tokenProvider=${() => session.token()}
        .signIn=${() => session.signInAgain()}
      ></api-client-credentials>`,
      html`<div class="user">
        <bdi>${user}</bdi>
        <button type="button" @click=${() => session.signOut()}>${this.t("page.signOut")}</button>
      </div>`,
    );
  }

  /** Asks to sign in; `problem` says why that did not work before. */
  signIn(session: Session, problem?: Problem): void {
    const { t } = this;
    const signIn = () => session.signIn().catch(() => this.signIn(session, "failures.unreachable"));
    this.main(
      html`<section class="card">
        ${problem
          ? html`<p class="problem" role="alert"><strong>${t(`${problem}.title`)}.</strong> ${t(`${problem}.text`)}</p>`
          : nothing}
        <h2>${t("page.signInTitle")}</h2>
        <p>${t("page.signInText")}</p>
        <button type="button" class="primary" @click=${signIn}>${t("page.signIn")}</button>
      </section>`,
    );
  }

  problem(problem: Problem): void {
    const { t } = this;
    this.main(
      html`<section class="card" role="alert">
        <h2>${t(`${problem}.title`)}</h2>
        <p>${t(`${problem}.text`)}</p>
        <button type="button" @click=${() => location.reload()}>${t("retry")}</button>
      </section>`,
    );
  }

  private main(content: unknown, user: unknown = nothing): void {
    render(
      html`<header class="top">
          <h1>${this.t("page.title")}</h1>
          ${user}
        </header>
        <main>${content}</main>`,
      document.body,
    );
  }
}
