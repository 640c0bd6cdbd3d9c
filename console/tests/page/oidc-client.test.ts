import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OidcClient } from "../../src/page/oidc-client.js";
import { json } from "../fixtures.js";

const ISSUER = "https://login.example.com/";
const SETTINGS = { authority: "https://login.example.com", client_id: "console", scope: "openid" };
const METADATA = { issuer: ISSUER, authorization_endpoint: `${ISSUER}authorize?tenant=a`, token_endpoint: `${ISSUER}token` };
const ADDRESS = "https://console.example.com/";

const base64url = (text: string): string => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** An ID token whose signature is none. */
function idToken(own: object): string {
  const all = { iss: ISSUER, aud: "console", sub: "ada", iat: Math.floor(Date.now() / 1_000), exp: 4_000_000_000, ...own };
  return [JSON.stringify({ alg: "RS256" }), JSON.stringify(all), "x"].map(base64url).join(".");
}

let metadata: object = METADATA;
let claims: object = {};
let refresh = {};
const asked: URLSearchParams[] = [];

beforeEach(() => {
  metadata = METADATA;
  claims = {};
  refresh = {};
  asked.length = 0;
  sessionStorage.clear();
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    if (!init.body) return json(metadata);
    asked.push(init.body as URLSearchParams);
    return json({ access_token: "a", token_type: "Bearer", id_token: idToken(claims), ...refresh });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const client = () => new OidcClient(SETTINGS, ADDRESS, "en");

/** Where a sign-in that begins goes. */
async function begun(state = ""): Promise<URLSearchParams> {
  const left = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  await client().redirect(state);
  return new URL(String(left.mock.lastCall![0])).searchParams;
}

function answered(query: Record<string, string>): Promise<string> {
  vi.stubGlobal("location", { search: `?${new URLSearchParams(query)}` });
  return client().finishRedirect();
}

describe("a sign-in", () => {
  it("asks for a code with a challenge whose verifier it sends for the code", async () => {
    const request = await begun("here");
    expect(request.get("tenant")).toBe("a");
    claims = { nonce: request.get("nonce") };
    expect(await answered({ code: "c", state: request.get("state")!, iss: ISSUER })).toBe("here");
    const verifier = asked[0]!.get("code_verifier")!;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
    expect(request.get("code_challenge")).toBe(base64url(String.fromCharCode(...digest)));
    expect(asked[0]!.get("redirect_uri")).toBe(ADDRESS);
    expect(client().user?.profile.sub).toBe("ada");
  });

  it("takes an answer once", async () => {
    const request = await begun();
    const answer = { code: "c", state: request.get("state")! };
    claims = { nonce: request.get("nonce") };
    await answered(answer);
    await expect(answered(answer)).rejects.toThrow("no sign-in of this tab");
  });

  it.each([
    ["that this tab did not begin", { code: "c", state: "other" }, {}],
    ["of another provider", { code: "c", iss: "https://evil.example.com" }, {}],
    ["that is a refusal", { error: "access_denied" }, {}],
    ["whose ID token has another nonce", { code: "c" }, { nonce: "other" }],
    ["whose ID token is of another issuer", { code: "c" }, { iss: "https://evil.example.com" }],
    ["whose ID token is for another client", { code: "c" }, { aud: ["other"] }],
    ["whose ID token has expired", { code: "c" }, { exp: 1_000_000_000 }],
  ])("does not take an answer %s", async (_, answer: Record<string, string>, wrong) => {
    const request = await begun();
    claims = { nonce: request.get("nonce"), ...wrong };
    await expect(answered({ state: request.get("state")!, ...answer })).rejects.toThrow();
    expect(client().user).toBeNull();
  });

  it("does not begin where the metadata are another issuer's", async () => {
    metadata = { ...METADATA, issuer: "https://evil.example.com" };
    await expect(client().redirect()).rejects.toThrow();
  });
});

describe("a renewal", () => {
  const stored = { id_token: idToken({}), refresh_token: "r1", profile: { sub: "ada" } };
  beforeEach(() => sessionStorage.setItem(`oidc.user:${SETTINGS.authority}:console`, JSON.stringify(stored)));

  it("happens once for all who need it, and keeps the newest refresh token", async () => {
    refresh = { refresh_token: "r2" };
    const page = client();
    await Promise.all([page.renew(), page.renew()]);
    expect(asked.map((request) => request.get("refresh_token"))).toEqual(["r1"]);
    expect(page.user?.refresh_token).toBe("r2");
  });

  it("does not take somebody else's ID token", async () => {
    claims = { sub: "eve" };
    await expect(client().renew()).rejects.toThrow("somebody else");
    expect(client().user?.profile.sub).toBe("ada");
  });
});
