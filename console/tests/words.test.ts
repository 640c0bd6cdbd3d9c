import { describe, expect, it } from "vitest";
import { decodeToken } from "../src/access-token.js";
import { dayOf, endOf, timestampOf } from "../src/dates.js";
import { LANGUAGES, snippet } from "../src/snippets.js";

describe("the decoded token", () => {
  it("shows header and claims, in any script", () => {
    const part = (content: object) =>
      btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(content))))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");
    const token = `${part({ typ: "at+jwt" })}.${part({ sub: "Žofie 漢字" })}.signature`;
    expect(decodeToken(token)).toEqual({ header: { typ: "at+jwt" }, claims: { sub: "Žofie 漢字" } });
  });
});

describe("snippets", () => {
  it.each(LANGUAGES)("fill in the client's id and read the secret from the environment: %s", (language) => {
    const code = snippet(language, "https://api.example.com/oauth/token", "acc_1");
    expect(code).toContain("https://api.example.com/oauth/token");
    expect(code).toContain("acc_1");
    expect(code).toContain("CLIENT_SECRET");
  });
});

describe("the last day", () => {
  it("ends with its last second in the reader's time zone", () => {
    const end = endOf("2026-12-31");
    expect(dayOf(end)).toBe("2026-12-31");
    expect(dayOf(new Date(end.getTime() + 1000))).toBe("2027-01-01");
    expect(timestampOf(end)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });
});
