import { describe, expect, it } from "vitest";
import { isolated, visible } from "../../src/format/visible.js";

describe("text of somebody else's", () => {
  it.each([
    ["admin\u200B", "admin⟨U+200B⟩"],
    ["\u3164", "⟨U+3164⟩"],
    ["Ada \u202Enimda\u202C", "Ada ⟨U+202E⟩nimda⟨U+202C⟩"],
    ["a\u00ADb\u2066c\u200Fd\uFEFF", "a⟨U+00AD⟩b⟨U+2066⟩c⟨U+200F⟩d⟨U+FEFF⟩"],
    ["x\u{E0061}\u{E0100}", "x⟨U+E0061⟩⟨U+E0100⟩"],
    ["two\nlines\u2028", "two⟨U+000A⟩lines⟨U+2028⟩"],
    ["\uD800", "⟨U+D800⟩"],
    ["a\u200Db\u200Cc\uFE0F", "a⟨U+200D⟩b⟨U+200C⟩c⟨U+FE0F⟩"],
    ["\u200Dمن\u200C", "⟨U+200D⟩من⟨U+200C⟩"],
  ])("%j is written out", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["Überblick 集計", "می\u200Cخواهم", "क्\u200Dष", "র\u200D্যাব", "👩🏽\u200D🚀 ❤\uFE0F\u200D🔥", "1\uFE0F\u20E3", "עברית"])(
    "%s is as it was",
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it("turns no sentence around that it stands in", () => {
    expect(isolated("עברית", "ltr")).toBe("\u2068עברית\u2069");
    expect(isolated("Nightly export", "ltr")).toBe("Nightly export");
  });
});
