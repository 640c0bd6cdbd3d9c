import { describe, expect, it } from "vitest";
import { decodeJwt } from "../../src/format/jwt.js";

describe("the decoded token", () => {
  it("shows header and claims, in any script", () => {
    const part = (content: object) =>
      btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(content))))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");
    const token = `${part({ typ: "at+jwt" })}.${part({ sub: "Žofie 漢字" })}.signature`;
    expect(decodeJwt(token)).toEqual({ header: { typ: "at+jwt" }, claims: { sub: "Žofie 漢字" } });
  });
});
