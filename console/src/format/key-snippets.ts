import type { Snippet } from "./snippets.js";

/** What a client proves itself with, RFC 7523. */
export interface KeyUse {
  readonly kid: string;
  readonly algorithm: string;
}

/**
 * Code that exchanges a credential with a key of its own, calls an API with the access token and prints the answer. The private key is
 * never in it: it comes from the file that CLIENT_KEY names.
 */
export function keySnippets(use: KeyUse): readonly Snippet[] {
  return [
    { label: "Python", code: python(use) },
    { label: "Node.js", code: node(use) },
  ];
}

const python = ({ kid, algorithm }: KeyUse) => `# pip install requests "pyjwt[crypto]"
import os, time, uuid
import jwt, requests

now = int(time.time())
assertion = jwt.encode(
    {"iss": "{{client_id}}", "sub": "{{client_id}}", "aud": "{{token_endpoint}}",
     "iat": now, "exp": now + 60, "jti": str(uuid.uuid4())},
    open(os.environ["CLIENT_KEY"]).read(), algorithm="${algorithm}", headers={"kid": ${JSON.stringify(kid)}},
)
answer = requests.post(
    "{{token_endpoint}}",
    data={
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    },
    timeout=10,
)
if not answer.ok:
    raise SystemExit(answer.text)
access_token = answer.json()["access_token"]

answer = requests.get(
    "{{api_url}}",
    headers={"Authorization": f"Bearer {access_token}"},
    timeout=10,
)
if not answer.ok:
    raise SystemExit(answer.text)
print(answer.text)`;

const node = ({ kid, algorithm }: KeyUse) => `import { constants, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const signed = part({ alg: "${algorithm}", typ: "JWT", kid: ${JSON.stringify(kid)} }) + "." + part({
  iss: "{{client_id}}", sub: "{{client_id}}", aud: "{{token_endpoint}}",
  iat: now, exp: now + 60, jti: randomUUID(),
});
const signature = sign("sha${algorithm.slice(2)}", Buffer.from(signed), {
  key: readFileSync(process.env.CLIENT_KEY), ${options(algorithm)},
});

async function text(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

const { access_token } = JSON.parse(await text("{{token_endpoint}}", {
  method: "POST",
  body: new URLSearchParams({
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: signed + "." + signature.toString("base64url"),
  }),
}));
console.log(await text("{{api_url}}", {
  headers: { Authorization: "Bearer " + access_token },
}));`;

/** What node:crypto needs beside the key, for a signature as JWS has it. */
function options(algorithm: string): string {
  if (algorithm.startsWith("ES")) return 'dsaEncoding: "ieee-p1363"';
  if (algorithm.startsWith("PS")) return "padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST";
  return "padding: constants.RSA_PKCS1_PADDING";
}
