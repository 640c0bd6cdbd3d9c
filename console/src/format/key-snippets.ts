type Language = "Python" | "Node.js";

/** How a client proves itself with its own key: RFC 7523. */
export interface KeyUse {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly kid: string;
  readonly algorithm: string;
}

export const KEY_LANGUAGES: readonly Language[] = ["Python", "Node.js"];

/** Code that fetches an access token. The private key is never in it: it comes from the file that CLIENT_KEY names. */
export function keySnippet(language: Language, use: KeyUse): string {
  return language === "Node.js" ? node(use) : python(use);
}

const python = ({ tokenEndpoint, clientId, kid, algorithm }: KeyUse) => `# pip install requests "pyjwt[crypto]"
import os, time, uuid
import jwt, requests

now = int(time.time())
assertion = jwt.encode(
    {"iss": "${clientId}", "sub": "${clientId}", "aud": "${tokenEndpoint}",
     "iat": now, "exp": now + 60, "jti": str(uuid.uuid4())},
    open(os.environ["CLIENT_KEY"]).read(), algorithm="${algorithm}", headers={"kid": ${JSON.stringify(kid)}},
)
answer = requests.post(
    "${tokenEndpoint}",
    data={
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    },
    timeout=10,
)
answer.raise_for_status()
access_token = answer.json()["access_token"]`;

const node = ({ tokenEndpoint, clientId, kid, algorithm }: KeyUse) => `import { constants, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const signed = part({ alg: "${algorithm}", typ: "JWT", kid: ${JSON.stringify(kid)} }) + "." + part({
  iss: "${clientId}", sub: "${clientId}", aud: "${tokenEndpoint}",
  iat: now, exp: now + 60, jti: randomUUID(),
});
const signature = sign("sha${algorithm.slice(2)}", Buffer.from(signed), {
  key: readFileSync(process.env.CLIENT_KEY), ${options(algorithm)},
});
const answer = await fetch("${tokenEndpoint}", {
  method: "POST",
  body: new URLSearchParams({
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: signed + "." + signature.toString("base64url"),
  }),
});
if (!answer.ok) throw new Error("HTTP " + answer.status);
const { access_token } = await answer.json();`;

/** What node:crypto needs beside the key, for a signature as JWS has it. */
function options(algorithm: string): string {
  if (algorithm.startsWith("ES")) return 'dsaEncoding: "ieee-p1363"';
  if (algorithm.startsWith("PS")) return "padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST";
  return "padding: constants.RSA_PKCS1_PADDING";
}
