import { html, nothing, render } from "lit";
import { texts } from "../texts.js";
import type { Session } from "./session.js";

interface Words {
  readonly title: string;
  readonly text: string;
}

const main = (content: unknown, user: unknown = nothing) =>
  render(
    html`<header class="top">
        <h1>${texts.page.title}</h1>
        ${user}
      </header>
      <main>${content}</main>`,
    document.body,
  );

/** The whole page, signed in. */
export function signedInPage(session: Session, user: string, api: URL): void {
  main(
    html`<api-client-credentials
      api=${api.href}
      .tokenProvider=${() => session.token()}
      .signIn=${() => session.signInAgain()}
    ></api-client-credentials>`,
    html`<div class="user">
      <bdi>${user}</bdi>
      <button type="button" @click=${() => session.signOut()}>${texts.page.signOut}</button>
    </div>`,
  );
}

/** Asks to sign in; `problem` says why that did not work before. */
export function signInPage(session: Session, problem?: Words): void {
  const signIn = () => session.signIn().catch(() => signInPage(session, texts.failures.unreachable));
  main(
    html`<section class="card">
      ${problem ? html`<p class="problem" role="alert"><strong>${problem.title}.</strong> ${problem.text}</p>` : nothing}
      <h2>${texts.page.signInTitle}</h2>
      <p>${texts.page.signInText}</p>
      <button type="button" class="primary" @click=${signIn}>${texts.page.signIn}</button>
    </section>`,
  );
}

export function problemPage(problem: Words): void {
  main(
    html`<section class="card" role="alert">
      <h2>${problem.title}</h2>
      <p>${problem.text}</p>
      <button type="button" @click=${() => location.reload()}>${texts.retry}</button>
    </section>`,
  );
}
