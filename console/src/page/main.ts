import "../elements/api-client-credentials.js";
import { visible } from "../format/visible.js";
import { pageLocalization } from "./language.js";
import type { OidcSettings } from "./oidc-client.js";
import { Session } from "./session.js";
import { Views } from "./views.js";

const page = new URL(".", location.href);
const localization = await pageLocalization();
const views = new Views(localization);

async function start(): Promise<void> {
  const answer = await fetch(new URL("console/config.json", page), { cache: "no-cache" });
  if (!answer.ok) return views.problem("page.notConfigured");
  const session = new Session((await answer.json()) as OidcSettings, page, localization.locale);
  try {
    if ((await session.finishSignIn()) === "popup") return;
  } catch {
    return views.signIn(session, "failures.signInFailed");
  }
  const { user } = session;
  if (!user) return views.signIn(session);
  const { name: fullName, sub } = user.profile;
  views.signedIn(session, visible(typeof fullName === "string" ? fullName : sub), page);
}

start().catch(() => views.problem("failures.unreachable"));
