/** Code that exchanges a credential, calls an API with the access token and prints the answer. */

/** What stands in a snippet as {{name}}. */
export interface SnippetValues {
  readonly token_endpoint: string;
  readonly client_id: string;
  readonly api_url: string;
}

/** `label` is what people choose it by. The secret is never in it: it comes from the environment variable CLIENT_SECRET. */
export interface Snippet {
  readonly label: string;
  readonly code: string;
}

/** With its values, none of which ends a quotation or begins a substitution in any language: such characters are percent-encoded. */
export function filled({ code }: Snippet, values: SnippetValues): string {
  return code.replace(/\{\{(token_endpoint|client_id|api_url)\}\}/g, (_, key: keyof SnippetValues) =>
    values[key].replace(/[^\w\-./:?=&%~,;@+#[\]]/gu, encodeURIComponent).replace(/['()!*]/g, percent),
  );
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Neither the secret nor the token is an argument, which other users of the machine would see. */
const shell = (clientId: string, tokenEndpoint: string, apiUrl: string) => `if answer=$(printf 'user = "%s:%s"' ${clientId} "$CLIENT_SECRET" |
  curl -sS --fail-with-body --config - --data grant_type=client_credentials ${tokenEndpoint}); then
  printf '%s' "$answer" |
    sed 's/.*"access_token" *: *"\\([^"]*\\)".*/header = "Authorization: Bearer \\1"/' |
    curl -sS --fail-with-body --config - ${apiUrl}
else
  echo "$answer" >&2; false
fi`;

const fromEnvironment = shell('"$CLIENT_ID"', '"$TOKEN_ENDPOINT"', '"$API_URL"');

export const SNIPPETS: readonly Snippet[] = [
  {
    label: "export",
    code: `# Paste the Token Secret and press Enter: it is not shown, and stays out of the history.
read -rs CLIENT_SECRET
export CLIENT_SECRET CLIENT_ID='{{client_id}}'
export TOKEN_ENDPOINT='{{token_endpoint}}' API_URL='{{api_url}}'

${fromEnvironment}`,
  },
  {
    label: ".env",
    code: `(umask 077 && cat > .env <<'END'
# Keep this file out of version control.
CLIENT_ID='{{client_id}}'
CLIENT_SECRET='the Token Secret'
TOKEN_ENDPOINT='{{token_endpoint}}'
API_URL='{{api_url}}'
END
)
\${EDITOR:-vi} .env
set -a; . ./.env; set +a

${fromEnvironment}`,
  },
  { label: "curl", code: shell("'{{client_id}}'", "'{{token_endpoint}}'", "'{{api_url}}'") },
  {
    label: "Python",
    code: `import os
import requests

answer = requests.post(
    "{{token_endpoint}}",
    auth=("{{client_id}}", os.environ["CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
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
print(answer.text)`,
  },
  {
    label: "Node.js",
    code: `const credential = "{{client_id}}:" + process.env.CLIENT_SECRET;

async function text(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

const { access_token } = JSON.parse(await text("{{token_endpoint}}", {
  method: "POST",
  headers: { Authorization: "Basic " + btoa(credential) },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
}));
console.log(await text("{{api_url}}", {
  headers: { Authorization: "Bearer " + access_token },
}));`,
  },
  {
    label: "Go",
    code: `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func send(request *http.Request, err error) []byte {
	if err != nil {
		log.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		log.Fatal(answer.Status, " ", string(body), err)
	}
	return body
}

func main() {
	form := strings.NewReader("grant_type=client_credentials")
	request, err := http.NewRequest("POST", "{{token_endpoint}}", form)
	if err == nil {
		request.SetBasicAuth("{{client_id}}", os.Getenv("CLIENT_SECRET"))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	var token struct {
		AccessToken string \`json:"access_token"\`
	}
	if err := json.Unmarshal(send(request, err), &token); err != nil {
		log.Fatal(err)
	}

	request, err = http.NewRequest("GET", "{{api_url}}", nil)
	if err == nil {
		request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	}
	fmt.Println(string(send(request, err)))
}`,
  },
  {
    label: "PowerShell",
    code: `$ErrorActionPreference = 'Stop'
$credential = '{{client_id}}:' + $env:CLIENT_SECRET
$basic = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($credential))

$token = Invoke-RestMethod -Method Post -Uri '{{token_endpoint}}' \`
  -Headers @{ Authorization = 'Basic ' + $basic } \`
  -Body @{ grant_type = 'client_credentials' }
$answer = Invoke-RestMethod -Uri '{{api_url}}' \`
  -Headers @{ Authorization = 'Bearer ' + $token.access_token }
$answer | ConvertTo-Json`,
  },
];
