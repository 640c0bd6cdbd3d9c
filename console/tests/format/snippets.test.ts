import { describe, expect, it } from "vitest";
import { SNIPPETS, filled } from "../../src/format/snippets.js";

const VALUES = {
  token_endpoint: "https://api.example.com/oauth/token",
  client_id: "acc_1",
  api_url: "https://api.example.com/v1/orders?limit=1&after=x#y",
};

describe("a snippet", () => {
  it.each(SNIPPETS.map((snippet) => [snippet.label, snippet] as const))(
    "fills its values in and reads the secret from the environment: %s",
    (_, snippet) => {
      const code = filled(snippet, VALUES);
      for (const value of Object.values(VALUES)) expect(code).toContain(value);
      expect(code).toContain("CLIENT_SECRET");
      expect(code).not.toContain("{{");
    },
  );

  it("of the vendor's own keeps what is no placeholder of ours", () => {
    expect(filled({ label: "Ruby", code: "{{client_id}} {{other}} {} $x" }, VALUES)).toBe("acc_1 {{other}} {} $x");
  });

  it.each(["'", '"', "`", "$(id)", "${x}", "\\", "\n", "|", "!", " "])("lets no value break out of its quotation: %j", (evil) => {
    const code = filled({ label: "", code: "{{api_url}}" }, { ...VALUES, api_url: `https://api.example.com/${evil}` });
    expect(code).toMatch(/^[\w\-./:%]+$/);
  });
});
