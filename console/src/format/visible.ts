/** Text that somebody else chose, shown for what it is: what cannot be seen in it is written out, and it turns nothing around. */

/** Where joiners and style selectors do what they are for: in an emoji, in a keycap, within a word of a script that joins. */
const MEANT = [
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  ...[
    String.raw`\p{Script=Arabic}`,
    String.raw`\p{Script=Devanagari}`,
    String.raw`\p{Script=Bengali}`,
    String.raw`\p{Script=Gurmukhi}`,
    String.raw`\p{Script=Gujarati}`,
    String.raw`\p{Script=Oriya}`,
    String.raw`\p{Script=Tamil}`,
    String.raw`\p{Script=Telugu}`,
    String.raw`\p{Script=Kannada}`,
    String.raw`\p{Script=Malayalam}`,
    String.raw`\p{Script=Sinhala}`,
  ].map((script) => String.raw`(?<=${script})[\u200C\u200D](?=${script})`),
].join("|");
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`;
const MEANT_OR_UNSEEN = new RegExp(`(${MEANT})|${UNSEEN}`, "gu");
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** With the code point of each character that cannot be seen in its place, as in “admin⟨U+200B⟩”. Goes into a <bdi>. */
export function visible(text: string): string {
  return text.replace(MEANT_OR_UNSEEN, (character, meant: string | undefined) => {
    if (meant !== undefined) return character;
    return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** The same, to stand in a sentence of this direction: what is written the other way does not turn the words around it. */
export function isolated(text: string, direction: "ltr" | "rtl"): string {
  return direction === "rtl" || RIGHT_TO_LEFT.test(text) ? `\u2068${visible(text)}\u2069` : visible(text);
}

const TAIL = 8;

/** The end of a client_id, by which people tell two apart: what comes before it is the same for all of a tenant. */
export function tail(clientId: string): string {
  return `…${clientId.slice(-TAIL)}`;
}
