import "../elements/api-client-credentials.js";
import { visible } from "../format/visible.js";
import { texts } from "../texts.js";
import { Session, type OidcSettings } from "./session.js";
import { problemPage, signInPage, signedInPage } from "./views.js";

const page = new URL(".", location.href);

async function start(): Promise<void> {
  const answer = await fetch(new URL("console/config.json", page), { cache: "no-cache" });
  if (!answer.ok) return problemPage(texts.page.notConfigured);
  const session = new Session((await answer.json()) as OidcSettings, page);
  try {
    if ((await session.finishSignIn()) === "popup") return;
  } catch {
    return signInPage(session, texts.failures.signInFailed);
  }
  const user = await session.user();
  if (user) signedInPage(session, visible(user.profile.name ?? user.profile.sub), page);
  else signInPage(session);
}

start().catch(() => problemPage(texts.failures.unreachable));
