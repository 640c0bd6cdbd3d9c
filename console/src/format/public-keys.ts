import type { Jwk } from "../api/types.js";

/** A text that holds a private key: it is not to be sent anywhere. */
export class PrivateKeyPasted extends Error {}

/** A text that holds no public key that this page can read. */
export class NotAKey extends Error {}

export interface KeyPair {
  readonly publicKey: Jwk;
  /** PKCS #8, in PEM. */
  readonly privateKey: string;
}

type Algorithm = RsaHashedKeyGenParams | EcKeyGenParams;

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const PUBLIC_MEMBERS = ["kty", "crv", "x", "y", "n", "e"];
const CURVES: Readonly<Record<string, string>> = { "256": "P-256", "384": "P-384", "512": "P-521" };

/** What this browser makes and signs with, of a JWA name (RFC 7518 section 3.1); null: nothing. */
function webCrypto(algorithm: string): Algorithm | null {
  const [, kind, bits = ""] = /^(ES|PS|RS)(256|384|512)$/.exec(algorithm) ?? [];
  if (kind === "ES") return { name: "ECDSA", namedCurve: CURVES[bits]! };
  const rsa = { modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: `SHA-${bits}` };
  if (kind === "PS") return { name: "RSA-PSS", ...rsa };
  return kind ? { name: "RSASSA-PKCS1-v1_5", ...rsa } : null;
}

/** Of the algorithms that the service takes, those that this browser can make a key for; none on http, where it makes none. */
export function makeable(algorithms: readonly string[]): readonly string[] {
  return globalThis.crypto?.subtle ? algorithms.filter(webCrypto) : [];
}

export async function makeKeyPair(algorithm: string): Promise<KeyPair> {
  const made = webCrypto(algorithm);
  if (!made) throw new NotAKey();
  const pair = await crypto.subtle.generateKey(made, true, ["sign", "verify"]);
  return {
    publicKey: { ...(await publicJwk(pair.publicKey)), alg: algorithm },
    privateKey: pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
  };
}

/** One that the key signs with. */
export function algorithmOf({ alg, crv }: Jwk): string {
  const [bits] = Object.entries(CURVES).find(([, curve]) => curve === crv) ?? [];
  return typeof alg === "string" ? alg : bits ? `ES${bits}` : "PS256";
}

/** The public keys in a JWK, a JWK Set (RFC 7517) or PEM (SubjectPublicKeyInfo). Raises PrivateKeyPasted and NotAKey. */
export async function readPublicKeys(text: string): Promise<readonly Jwk[]> {
  if (/PRIVATE KEY/.test(text)) throw new PrivateKeyPasted();
  if (text.includes("-----BEGIN")) return Promise.all(pemBodies(text).map(fromSpki));
  const jwks = fromJson(text);
  if (jwks.some((jwk) => PRIVATE_MEMBERS.some((member) => member in jwk))) throw new PrivateKeyPasted();
  if (!jwks.length || jwks.some((jwk) => typeof jwk["kty"] !== "string")) throw new NotAKey();
  return jwks;
}

function fromJson(text: string): readonly Jwk[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new NotAKey();
  }
  const { keys } = isObject(content) ? content : {};
  const members = Array.isArray(content) ? content : Array.isArray(keys) ? keys : [content];
  if (!members.every(isObject)) throw new NotAKey();
  return members;
}

function isObject(value: unknown): value is Jwk {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pemBodies(text: string): readonly string[] {
  const bodies = [...text.matchAll(/-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/g)];
  if (!bodies.length) throw new NotAKey();
  return bodies.map(([, body = ""]) => body.replace(/\s/g, ""));
}

/** Which kind of key it is, no header says: each is tried. */
async function fromSpki(body: string): Promise<Jwk> {
  for (const algorithm of ["ES256", "ES384", "ES512", "RS256"]) {
    try {
      const der = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
      return await publicJwk(await crypto.subtle.importKey("spki", der, webCrypto(algorithm)!, true, ["verify"]));
    } catch {
      // It is of another kind.
    }
  }
  throw new NotAKey();
}

async function publicJwk(key: CryptoKey): Promise<Jwk> {
  const jwk = await crypto.subtle.exportKey("jwk", key);
  return Object.fromEntries(Object.entries(jwk).filter(([member]) => PUBLIC_MEMBERS.includes(member)));
}

function pem(label: string, der: ArrayBuffer): string {
  const lines = btoa(String.fromCharCode(...new Uint8Array(der))).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
