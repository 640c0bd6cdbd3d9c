import { describe, expect, it } from "vitest";
import { ar } from "../../src/locales/ar.js";
import { de } from "../../src/locales/de.js";
import { en } from "../../src/locales/en.js";
import { localizationFor } from "../../src/locales/languages.js";
import { Localization, english } from "../../src/locales/localization.js";

describe("a text", () => {
  it("takes its values", () => {
    expect(english.t("create.nameTooLong", { most: 1000 })).toBe("Use at most 1,000 characters.");
    expect(new Localization("de", de).t("create.nameTooLong", { most: 1000 })).toBe("Höchstens 1.000 Zeichen.");
  });

  it("has the plural form of its language", () => {
    expect([1, 2].map((count) => english.t("total", { count }))).toEqual(["1 credential", "2 credentials"]);
    const { t } = new Localization("ar", ar);
    const shown = [0, 1, 2, 3, 11, 100].map((count) => t("total", { count }).replace(/\p{Nd}+/u, "#"));
    expect(new Set(shown).size).toBe(6);
  });

  it("shows what somebody else chose for what it is", () => {
    expect(english.t("revoked", { name: "x\u202Ey" })).toBe("“x⟨U+202E⟩y” is revoked.");
  });

  it("is not turned around by a value that is written the other way", () => {
    expect(english.t("revoked", { name: "שלום" })).toContain("\u2068שלום\u2069");
    expect(new Localization("ar", ar).t("revoked", { name: "Export (2)" })).toContain("\u2068Export (2)\u2069");
  });

  it("has a moment in the words of its locale", () => {
    const date = new Date(2026, 10, 24, 15, 5);
    expect(new Localization("de", de).t("expiresOn", { date })).toBe("Läuft ab: 24.11.2026, 15:05");
    expect(new Localization("en-GB", en).t("expiresOn", { date })).toBe("Expires 24 Nov 2026, 15:05");
  });
});

describe("the localization for a tag", () => {
  it("has the language's texts, whatever the region", async () => {
    const austrian = await localizationFor("de-AT", undefined);
    expect([austrian.locale, austrian.direction, austrian.t("cancel")]).toEqual(["de-AT", "ltr", "Abbrechen"]);
  });

  it("runs from right to left where its script does", async () => {
    expect((await localizationFor("ar", undefined)).direction).toBe("rtl");
    expect((await localizationFor("az-Arab", {})).direction).toBe("rtl");
  });

  it("is English where there are no texts in the language", async () => {
    const { locale, t } = await localizationFor("fr", undefined);
    expect([locale.split("-")[0], t("cancel")]).toEqual(["en", "Cancel"]);
  });

  it("is a language that the page brings", async () => {
    const { locale, t } = await localizationFor("fr", { cancel: "Annuler" });
    expect([locale, t("cancel"), t("close")]).toEqual(["fr", "Annuler", "Close"]);
  });

  it("takes the page's words instead of ours", async () => {
    const { t } = await localizationFor("de", { title: "Schlüssel", shown: { one: "{count} Schlüssel", other: "{count} Schlüssel" } });
    expect([t("title"), t("shown", { count: 3 }), t("cancel")]).toEqual(["Schlüssel", "3 Schlüssel", "Abbrechen"]);
  });

  it("is English where the tag is none", async () => {
    expect((await localizationFor("not a tag!", undefined)).t("cancel")).toBe("Cancel");
  });
});
