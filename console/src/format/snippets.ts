export type Language = "curl" | "Python" | "Node.js";

export const LANGUAGES: readonly Language[] = ["curl", "Python", "Node.js"];

/** Code that fetches an access token. The secret is never in it: it comes from the environment variable CLIENT_SECRET. */
export function snippet(language: Language, tokenEndpoint: string, clientId: string): string {
  return { curl, Python: python, "Node.js": node }[language](tokenEndpoint, clientId);
}

const curl = (tokenEndpoint: string, clientId: string) => `curl ${tokenEndpoint} \\
  --user "${clientId}:$CLIENT_SECRET" \\
  --data grant_type=client_credentials`;

const python = (tokenEndpoint: string, clientId: string) => `import os
import requests

answer = requests.post(
    "${tokenEndpoint}",
    auth=("${clientId}", os.environ["CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
    timeout=10,
)
answer.raise_for_status()
access_token = answer.json()["access_token"]`;

const node = (tokenEndpoint: string, clientId: string) => `const credential = \`${clientId}:\${process.env.CLIENT_SECRET}\`;
const answer = await fetch("${tokenEndpoint}", {
  method: "POST",
  headers: { Authorization: "Basic " + btoa(credential) },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
if (!answer.ok) throw new Error("HTTP " + answer.status);
const { access_token } = await answer.json();`;
