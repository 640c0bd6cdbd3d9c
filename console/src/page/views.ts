import { html, nothing, render } from "lit";
import { live } from "lit/directives/live.js";
import type { Localization } from "../locales/localization.js";
import { credentialIn, fragmentOf } from "./address.js";
import type { Session } from "./session.js";

/** Each has a text `.title` and a text `.text`. */
type Problem = "page.notConfigured" | "failures.signInFailed" | "failures.unreachable";

/** What the page shows around the element, and before it. */
export class Views {
  private readonly t: Localization["t"];

  constructor(private readonly localization: Localization) {
    this.t = localization.t;
  }

  /** The whole page, signed in. The credential that is shown and the page's address follow each other. */
  signedIn(session: Session, user: string, api: URL): void {
    addEventListener("hashchange", () => this.signedIn(session, user, api), { once: true });
    const shown = ({ detail }: CustomEvent<{ clientId: string | null }>): void => {
      const fragment = fragmentOf(detail.clientId);
      if (fragment !== location.hash) history.pushState(null, "", api.pathname + fragment);
    };
    this.main(
      html`<api-client-credentials
        api=${api.href}
        .credential=${live(credentialIn(location.hash))}
        @credential-shown=${shown}
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
