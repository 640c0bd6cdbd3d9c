import { en } from "./en.js";
import { Localization } from "./localization.js";
import type { Messages } from "./messages.js";

/** What a page may say otherwise, or in another language. */
export type MessageOverrides = Partial<Messages>;

type Loader = () => Promise<Messages>;

/** English is there from the start; the others are files of their own, loaded when they are asked for. */
const LANGUAGES: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ["en", async () => en],
  ["ar", async () => (await import("./ar.js")).ar],
  ["de", async () => (await import("./de.js")).de],
]);

/**
 * The localization for a BCP 47 tag. In a language that there is no file for, it is English, unless `overrides` bring
 * that language: then numbers, dates and direction are the tag's. Rejects when the language's file does not load.
 */
export async function localizationFor(tag: string, overrides: MessageOverrides | undefined): Promise<Localization> {
  const locale = localeOf(tag);
  const language = new Intl.Locale(locale).language;
  const load = LANGUAGES.get(language);
  if (!load && !overrides) return new Localization(readersVariantOf("en"), en);
  const messages = load ? await load() : en;
  return new Localization(readersVariantOf(locale), { ...messages, ...overrides });
}

/** The first of these BCP 47 tags in whose language there are texts, else English. */
export function firstKnown(tags: readonly string[]): string {
  return tags.map(localeOf).find((tag) => LANGUAGES.has(new Intl.Locale(tag).language)) ?? "en";
}

/** The reader's own variant of a language, so that somebody who reads en-GB is not shown American dates. */
function readersVariantOf(locale: string): string {
  if (locale.includes("-")) return locale;
  return navigator.languages.map(localeOf).find((own) => new Intl.Locale(own).language === locale) ?? locale;
}

/** The tag as Intl writes it; what is no tag is English. */
function localeOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
