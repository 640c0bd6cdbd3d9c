import { describe, expect, it } from "vitest";
import { NotAKey, PrivateKeyPasted, makeKeyPair, makeable, readPublicKeys } from "../../src/format/public-keys.js";

const EC = { kty: "EC", crv: "P-256", x: "x", y: "y" };
const pem = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;

describe("what is pasted", () => {
  it.each([
    ["a JWK", EC, 1],
    ["a JWK Set", { keys: [EC, { ...EC, x: "z" }] }, 2],
    ["a list of JWKs", [EC], 1],
  ])("is read as %s", async (_, content, count) => {
    expect(await readPublicKeys(JSON.stringify(content))).toHaveLength(count);
  });

  it.each([
    pem("PRIVATE KEY"),
    pem("RSA PRIVATE KEY"),
    pem("EC PRIVATE KEY"),
    pem("ENCRYPTED PRIVATE KEY"),
    pem("OPENSSH PRIVATE KEY"),
    JSON.stringify({ ...EC, d: "secret" }),
    JSON.stringify({ keys: [EC, { kty: "RSA", n: "n", e: "AQAB", dp: "secret" }] }),
    JSON.stringify({ kty: "oct", k: "secret" }),
  ])("is refused where it is private: %s", async (text) => {
    await expect(readPublicKeys(text)).rejects.toBeInstanceOf(PrivateKeyPasted);
  });

  it.each(["", "no key", "{}", "null", "[1]", '{"keys": []}', pem("CERTIFICATE"), pem("PUBLIC KEY")])(
    "is refused where it is no public key: %s",
    async (text) => {
      await expect(readPublicKeys(text)).rejects.toBeInstanceOf(NotAKey);
    },
  );
});

describe("a key pair", () => {
  it.each(["ES256", "ES384", "PS256"])("for %s has no private member in its public half", async (algorithm) => {
    const { publicKey, privateKey } = await makeKeyPair(algorithm);
    expect(Object.keys(publicKey).sort()).toEqual(algorithm.startsWith("ES") ? ["alg", "crv", "kty", "x", "y"] : ["alg", "e", "kty", "n"]);
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\w+/=\n]+-----END PRIVATE KEY-----\n$/);
    await expect(readPublicKeys(privateKey)).rejects.toBeInstanceOf(PrivateKeyPasted);
  });

  it("is made for what the service takes and this browser can make", () => {
    expect(makeable(["ES256", "XX512", "RS256"])).toEqual(["ES256", "RS256"]);
  });
});
