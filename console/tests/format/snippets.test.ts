import { describe, expect, it } from "vitest";
import { LANGUAGES, snippet } from "../../src/format/snippets.js";

describe("snippets", () => {
  it.each(LANGUAGES)("fill in the client's id and read the secret from the environment: %s", (language) => {
    const code = snippet(language, "https://api.example.com/oauth/token", "acc_1");
    expect(code).toContain("https://api.example.com/oauth/token");
    expect(code).toContain("acc_1");
    expect(code).toContain("CLIENT_SECRET");
  });
});
