import { firstKnown, localizationFor } from "../locales/languages.js";
import { english, type Localization } from "../locales/localization.js";

const PARAMETER = "lang";

/** The language of the page: the one that its address asks for as `?lang=de`, kept until the tab closes, or the browser's. */
export async function pageLocalization(): Promise<Localization> {
  // Signing in comes back to the page's bare address.
  const asked = new URLSearchParams(location.search).get(PARAMETER) ?? sessionStorage.getItem(PARAMETER);
  if (asked) sessionStorage.setItem(PARAMETER, asked);
  const tag = firstKnown(asked ? [asked] : navigator.languages);
  const localization = await localizationFor(tag, undefined).catch(() => english);
  const { documentElement: root } = document;
  root.lang = localization.locale;
  root.dir = localization.direction;
  document.title = localization.t("title");
  return localization;
}
