import { describe, expect, it } from "vitest";
import { en } from "../../src/locales/en.js";
import { firstKnown } from "../../src/locales/languages.js";
import type { Message, Messages } from "../../src/locales/messages.js";

const NOT_LANGUAGES = ["languages", "localization", "messages"];
const files = import.meta.glob<Record<string, Messages>>("../../src/locales/*.ts", { eager: true });
const languages: readonly (readonly [string, Messages])[] = Object.entries(files)
  .map(([path, module]) => [/(\w+)\.ts$/.exec(path)![1]!, module] as const)
  .filter(([file]) => !NOT_LANGUAGES.includes(file))
  .map(([language, module]) => [language, module[language]!]);
const others = languages.filter(([language]) => language !== "en");
const english: readonly (readonly [string, Message])[] = Object.entries(en);

const sources: Readonly<Record<string, string>> = import.meta.glob("../../src/{elements,page,format,state}/**/*.ts", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** What is the same in a language as in English, and right. */
const SAME: Readonly<Record<string, readonly string[]>> = { ar: [], de: ["tabs.credentials"] };

const forms = (message: Message): readonly string[] => (typeof message === "string" ? [message] : Object.values(message));
const whole = (message: Message): string => (typeof message === "string" ? message : message.other);
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe("every language", () => {
  it("is one of those that can be asked for", () => {
    expect(languages.map(([language]) => language).sort()).toEqual(["ar", "de", "en"]);
    for (const [language] of languages) expect(firstKnown([language])).toBe(language);
  });

  it.each(others)("%s has the texts of English and no other", (_, messages) => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(languages)("%s leaves no text empty", (_, messages) => {
    expect(Object.entries(messages).filter(([, message]) => forms(message).some((form) => !form.trim()))).toEqual([]);
  });

  it.each(others)("%s is translated", (language, messages) => {
    const untranslated = Object.entries<Message>(messages).filter(([key, message]) => whole(message) === whole(en[key as keyof typeof en]));
    expect(untranslated.map(([key]) => key).sort()).toEqual(SAME[language]);
  });

  it.each(others)("%s has the placeholders of English", (_, messages) => {
    const found = Object.entries<Message>(messages).map(([key, message]) => [key, placeholders(whole(message))]);
    const expected = english.map(([key, message]) => [key, placeholders(whole(message))]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it.each(languages)("%s says at most the count otherwise in another plural form", (_, messages) => {
    const odd = Object.entries<Message>(messages).filter(([, message]) =>
      forms(message).some((form) => {
        const missing = placeholders(whole(message)).filter((each) => !form.includes(each));
        const added = placeholders(form).filter((each) => !whole(message).includes(each));
        return added.length > 0 || missing.some((each) => each !== "{count}");
      }),
    );
    expect(odd).toEqual([]);
  });

  it.each(languages)("%s has a form for each of its plural categories, wherever English has two", (language, messages) => {
    const categories = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    for (const [key, message] of english) {
      const translated = messages[key as keyof typeof en];
      if (typeof message === "string") expect(translated, key).toBeTypeOf("string");
      else expect(Object.keys(translated).sort(), key).toEqual(categories);
    }
  });
});

describe("every text", () => {
  it("is used", () => {
    const code = Object.values(sources).join("\n");
    const named = new Set([...code.matchAll(/"([\w.]+)"/g)].map(([, key]) => key));
    // As in t(`filter.${filter}`): what stands in the braces is checked by the types.
    const patterns = [...code.matchAll(/`((?:[\w.]|\$\{[^{}]+\})+)`/g)]
      .map(([, template]) => template!.split(/\$\{[^{}]+\}/).map((part) => part.replaceAll(".", "\\.")))
      .filter((parts) => parts.length > 1 && parts.join("").includes("."))
      .map((parts) => new RegExp(`^${parts.join("[\\w.]+")}$`));
    const prefixes = [...named].filter((text) => text?.endsWith("."));
    const unused = Object.keys(en).filter(
      (key) =>
        !named.has(key) && !patterns.some((pattern) => pattern.test(key)) && !prefixes.some((prefix) => key.startsWith(prefix!)),
    );
    expect(unused).toEqual([]);
  });
});
