import{A as e,B as t,C as n,E as r,F as i,G as a,H as o,I as s,K as c,L as ee,M as l,N as te,P as ne,R as re,S as ie,T as ae,U as u,V as d,_ as oe,a as f,b as se,c as p,d as ce,f as m,g as le,h as ue,i as h,j as de,l as g,m as fe,o as _,p as v,r as pe,s as y,u as b,v as me,w as he,x as ge,y as _e,z as x}from"./element-C3k99TmM.js";var S=class extends Error{},C=class extends Error{},ve=[`d`,`p`,`q`,`dp`,`dq`,`qi`,`oth`,`k`],ye=[`kty`,`crv`,`x`,`y`,`n`,`e`],w={256:`P-256`,384:`P-384`,512:`P-521`};function T(e){let[,t,n=``]=/^(ES|PS|RS)(256|384|512)$/.exec(e)??[];if(t===`ES`)return{name:`ECDSA`,namedCurve:w[n]};let r={modulusLength:3072,publicExponent:new Uint8Array([1,0,1]),hash:`SHA-${n}`};return t===`PS`?{name:`RSA-PSS`,...r}:t?{name:`RSASSA-PKCS1-v1_5`,...r}:null}function E(e){return globalThis.crypto?.subtle?e.filter(T):[]}async function be(e){let t=T(e);if(!t)throw new C;let n=await crypto.subtle.generateKey(t,!0,[`sign`,`verify`]);return{publicKey:{...await k(n.publicKey),alg:e},privateKey:Te(`PRIVATE KEY`,await crypto.subtle.exportKey(`pkcs8`,n.privateKey))}}function xe({alg:e,crv:t}){let[n]=Object.entries(w).find(([,e])=>e===t)??[];return typeof e==`string`?e:n?`ES${n}`:`PS256`}async function D(e){if(/PRIVATE KEY/.test(e))throw new S;if(e.includes(`-----BEGIN`))return Promise.all(Ce(e).map(we));let t=Se(e);if(t.some(e=>ve.some(t=>t in e)))throw new S;if(!t.length||t.some(e=>typeof e.kty!=`string`))throw new C;return t}function Se(e){let t;try{t=JSON.parse(e)}catch{throw new C}let{keys:n}=O(t)?t:{},r=Array.isArray(t)?t:Array.isArray(n)?n:[t];if(!r.every(O))throw new C;return r}function O(e){return typeof e==`object`&&!!e&&!Array.isArray(e)}function Ce(e){let t=[...e.matchAll(/-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/g)];if(!t.length)throw new C;return t.map(([,e=``])=>e.replace(/\s/g,``))}async function we(e){for(let t of[`ES256`,`ES384`,`ES512`,`RS256`])try{let n=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return await k(await crypto.subtle.importKey(`spki`,n,T(t),!0,[`verify`]))}catch{}throw new C}async function k(e){let t=await crypto.subtle.exportKey(`jwk`,e);return Object.fromEntries(Object.entries(t).filter(([e])=>ye.includes(e)))}function Te(e,t){return`-----BEGIN ${e}-----\n${(btoa(String.fromCharCode(...new Uint8Array(t))).match(/.{1,64}/g)??[]).join(`
`)}\n-----END ${e}-----\n`}function Ee(e){let[t,n]=e.split(`.`);return{header:A(t),claims:A(n)}}function A(e){let t=atob((e??``).replace(/-/g,`+`).replace(/_/g,`/`));return JSON.parse(new TextDecoder().decode(Uint8Array.from(t,e=>e.charCodeAt(0))))}function De(e){return[{label:`Python`,code:Oe(e)},{label:`Node.js`,code:ke(e)}]}var Oe=({kid:e,algorithm:t})=>`# pip install requests "pyjwt[crypto]"
import os, time, uuid
import jwt, requests

now = int(time.time())
assertion = jwt.encode(
    {"iss": "{{client_id}}", "sub": "{{client_id}}", "aud": "{{token_endpoint}}",
     "iat": now, "exp": now + 60, "jti": str(uuid.uuid4())},
    open(os.environ["CLIENT_KEY"]).read(), algorithm="${t}", headers={"kid": ${JSON.stringify(e)}},
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
print(answer.text)`,ke=({kid:e,algorithm:t})=>`import { constants, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const signed = part({ alg: "${t}", typ: "JWT", kid: ${JSON.stringify(e)} }) + "." + part({
  iss: "{{client_id}}", sub: "{{client_id}}", aud: "{{token_endpoint}}",
  iat: now, exp: now + 60, jti: randomUUID(),
});
const signature = sign("sha${t.slice(2)}", Buffer.from(signed), {
  key: readFileSync(process.env.CLIENT_KEY), ${Ae(t)},
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
}));`;function Ae(e){return e.startsWith(`ES`)?`dsaEncoding: "ieee-p1363"`:e.startsWith(`PS`)?`padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST`:`padding: constants.RSA_PKCS1_PADDING`}function je({code:e},t){return e.replace(/\{\{(token_endpoint|client_id|api_url)\}\}/g,(e,n)=>t[n].replace(/[^\w\-./:?=&%~,;@+#[\]]/gu,encodeURIComponent).replace(/['()!*]/g,Me))}function Me(e){return`%${e.charCodeAt(0).toString(16).toUpperCase()}`}var j=(e,t,n)=>`if answer=$(printf 'user = "%s:%s"' ${e} "$CLIENT_SECRET" |
  curl -sS --fail-with-body --config - --data grant_type=client_credentials ${t}); then
  printf '%s' "$answer" |
    sed 's/.*"access_token" *: *"\\([^"]*\\)".*/header = "Authorization: Bearer \\1"/' |
    curl -sS --fail-with-body --config - ${n}
else
  echo "$answer" >&2; false
fi`,M=j(`"$CLIENT_ID"`,`"$TOKEN_ENDPOINT"`,`"$API_URL"`),Ne=[{label:`export`,code:`# Paste the Token Secret and press Enter: it is not shown, and stays out of the history.
read -rs CLIENT_SECRET
export CLIENT_SECRET CLIENT_ID='{{client_id}}'
export TOKEN_ENDPOINT='{{token_endpoint}}' API_URL='{{api_url}}'

${M}`},{label:`.env`,code:`(umask 077 && cat > .env <<'END'
# Keep this file out of version control.
CLIENT_ID='{{client_id}}'
CLIENT_SECRET='the Token Secret'
TOKEN_ENDPOINT='{{token_endpoint}}'
API_URL='{{api_url}}'
END
)
\${EDITOR:-vi} .env
set -a; . ./.env; set +a

${M}`},{label:`curl`,code:j(`'{{client_id}}'`,`'{{token_endpoint}}'`,`'{{api_url}}'`)},{label:`Python`,code:`import os
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
print(answer.text)`},{label:`Node.js`,code:`const credential = "{{client_id}}:" + process.env.CLIENT_SECRET;

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
}));`},{label:`Go`,code:`package main

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
}`},{label:`PowerShell`,code:`$ErrorActionPreference = 'Stop'
$credential = '{{client_id}}:' + $env:CLIENT_SECRET
$basic = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($credential))

$token = Invoke-RestMethod -Method Post -Uri '{{token_endpoint}}' \`
  -Headers @{ Authorization = 'Basic ' + $basic } \`
  -Body @{ grant_type = 'client_credentials' }
$answer = Invoke-RestMethod -Uri '{{api_url}}' \`
  -Headers @{ Authorization = 'Bearer ' + $token.access_token }
$answer | ConvertTo-Json`}],N=class extends o{constructor(...e){super(...e),this.clientId=``,this.tokenEndpoint=``,this.keyUse=null,this.snippets=Ne,this.apiUrl=``,this.chosen=`curl`,this.busy=!1,this.lifetime=0,this.decoded=null,this.failure=null,this.localized=new b(this)}connectedCallback(){super.connectedCallback(),this.dispatchEvent(new CustomEvent(`acc-use-it`,{detail:this,bubbles:!0,composed:!0}))}render(){let{t:e}=this.localized,{keyUse:t}=this,n={token_endpoint:this.tokenEndpoint,client_id:this.clientId,api_url:this.apiUrl},r=(t?De(t):this.snippets).map(e=>({label:e.label,code:je(e,n)})),i=r.find(({label:e})=>e===this.chosen)??r[0];return a`<section aria-labelledby="title">
<h3 id="title">${e(`useIt.title`)}</h3>
<p class="muted">${e(t?`useIt.keyIntroduction`:`useIt.introduction`)}</p>
<div class="languages" role="radiogroup" aria-label=${e(`useIt.languages`)}>
${r.map(e=>a`<label
><input
type="radio"
name="language"
.checked=${e===i}
@change=${()=>this.chosen=e.label}
/><span>${e.label}</span></label
>`)}
</div>
${i?a`<acc-copy block code what=${e(`useIt.code`,{language:i.label})}>${i.code}</acc-copy>`:u}
${this.exchange?this.renderTest():u}
</section>`}renderTest(){let{t:e}=this.localized;return a`<div class="test">
<button type="button" aria-disabled=${this.busy} @click=${this.test}>
${this.busy?e(`useIt.testing`):e(`useIt.test`)}
</button>
<span class="muted">${e(`useIt.testHint`)}</span>
</div>
<div role="status">
${this.decoded?a`<p class="passed">${e(`useIt.passed`,{count:this.lifetime})}</p>`:u}
</div>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.decoded?this.renderToken(this.decoded):u}`}renderToken(e){let{t}=this.localized;return a`<div class="token">
<h4>${t(`useIt.header`)}</h4>
<pre tabindex="0" role="region" aria-label=${t(`useIt.header`)}>${JSON.stringify(e.header,null,2)}</pre>
<h4>${t(`useIt.claims`)}</h4>
<pre tabindex="0" role="region" aria-label=${t(`useIt.claims`)}>${JSON.stringify(e.claims,null,2)}</pre>
</div>`}async test(){if(!this.busy&&this.exchange){this.busy=!0,this.failure=this.decoded=null;try{let e=await this.exchange();this.lifetime=e.expires_in,this.decoded=Ee(e.access_token)}catch(e){this.failure=e}finally{this.busy=!1}}}static{this.styles=[g,y,c`
h3 {
font-size: 1.0714em;
}
h4 {
margin: 0.75rem 0 0.25rem;
color: var(--_muted);
font-size: 0.9286em;
font-weight: 500;
}
.languages {
display: inline-flex;
flex-wrap: wrap;
margin-block: 0.75rem 0.5rem;
padding: 2px;
border: 1px solid var(--_line);
border-radius: var(--_radius);
background: var(--_sunken);
}
.languages label {
position: relative;
cursor: pointer;
}
.languages input {
position: absolute;
inset: 0;
margin: 0;
opacity: 0;
cursor: pointer;
}
.languages span {
display: block;
padding: 0.25rem 0.75rem;
border-radius: calc(var(--_radius) - 3px);
color: var(--_muted);
}
.languages input:checked + span {
background: var(--_raised);
color: var(--_text);
box-shadow: 0 0 0 1px var(--_control);
}
@media (forced-colors: active) {
.languages input:checked + span {
forced-color-adjust: none;
background: Highlight;
color: HighlightText;
}
}
.languages input:focus-visible + span {
outline: 2px solid var(--_accent);
outline-offset: 2px;
}
.test {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.5rem 0.75rem;
margin-block: 1rem 0.5rem;
}
.passed {
color: var(--_success);
font-weight: 500;
}
pre {
padding: 0.625rem 0.75rem;
overflow-x: auto;
border: 1px solid var(--_line);
border-radius: var(--_radius);
background: var(--_sunken);
font: 0.9286em / 1.5 var(--_mono);
}
`]}};_([d({attribute:!1})],N.prototype,`clientId`,void 0),_([d({attribute:!1})],N.prototype,`tokenEndpoint`,void 0),_([d({attribute:!1})],N.prototype,`exchange`,void 0),_([d({attribute:!1})],N.prototype,`keyUse`,void 0),_([d({attribute:!1})],N.prototype,`snippets`,void 0),_([d({attribute:!1})],N.prototype,`apiUrl`,void 0),_([t()],N.prototype,`chosen`,void 0),_([t()],N.prototype,`busy`,void 0),_([t()],N.prototype,`lifetime`,void 0),_([t()],N.prototype,`decoded`,void 0),_([t()],N.prototype,`failure`,void 0),N=_([v(`acc-use-it`)],N);function Pe(e,t,n){return a`<div class="secret caution">
<p class="warning">${m}<strong>${e(`created.warning`)}</strong></p>
<h3>${e(`created.secret`)}</h3>
<acc-copy block what=${e(`created.secret`)} @acc-copied=${t.keep}>${t.text}</acc-copy>
<p class="hint">${n}</p>
</div>`}function P(e,t,n){return a`<div class="secret caution">
<p class="warning">${m}<strong>${e(`keys.warning`)}</strong></p>
<button type="button" @click=${()=>{de(`${n}.pem`,[t.text],`application/x-pem-file`),t.keep()}}>${e(`keys.download`)}</button>
<acc-copy block code what=${e(`keys.privateKey`)} @acc-copied=${t.keep}>${t.text}</acc-copy>
<p class="hint">${e(`keys.warningDetail`)}</p>
</div>`}function F(e){return{question:e(`keys.notSaved`),lose:e(`keys.closeAnyway`)}}function I(e,t,n,r,i){if(t.security_profile??n?.security_profile)return a`<p class="muted">${e(`profile.use`)}</p>`;let{kid:o=``}=t.keys.at(-1)??{},s={kid:o,algorithm:xe(i)};return a`<acc-use-it .clientId=${t.client_id} .tokenEndpoint=${r} .keyUse=${s}></acc-use-it>`}function L(e){return{question:e(`created.notCopied`),lose:e(`created.closeAnyway`)}}function R(e,t,n){return a`<acc-use-it .clientId=${e.client_id} .tokenEndpoint=${t} .exchange=${n}></acc-use-it>`}function z({t,dateAndTime:n},r){return a`<dt>${t(`columns.clientId`)}</dt>
<dd><acc-copy what=${t(`columns.clientId`)}>${r.client_id}</acc-copy></dd>
<dt>${t(`columns.createdBy`)}</dt>
<dd><bdi>${f(t,r.created_by)}</bdi></dd>
<dt>${t(`columns.createdOn`)}</dt>
<dd>${n(r.created_at)}</dd>
<dt>${t(`created.scopes`)}</dt>
<dd>${r.scopes.join(` · `)||t(`noScopes`)}</dd>
<dt>${t(`created.expires`)}</dt>
<dd>${r.expires_at?n(r.expires_at):t(`created.never`)}</dd>
${r.security_profile?a`<dt>${t(`profile`)}</dt><dd>FAPI 2.0</dd>`:``}
${r.description?a`<dt>${t(`create.description`)}</dt><dd><bdi>${e(r.description)}</bdi></dd>`:``}
${r.allowed_addresses?a`<dt>${t(`create.addresses`)}</dt><dd class="mono">${r.allowed_addresses.join(` · `)}</dd>`:``}`}var B=c`
h3 {
font-size: 1em;
font-weight: 600;
}
.secret h3 {
margin-block: 1rem 0.375rem;
}
.secret button {
margin-block: 0.75rem;
}
.secret .hint {
margin-block-start: 0.5rem;
color: inherit;
}
.secret acc-copy {
--acc-sunken: var(--_raised);
}
dl {
display: grid;
grid-template-columns: minmax(6.5rem, auto) minmax(0, 1fr);
gap: 0.5rem 1rem;
align-items: center;
}
dt {
color: var(--_muted);
}
dd {
min-inline-size: 0;
overflow-wrap: anywhere;
}
acc-use-it {
display: block;
padding-block-start: 1.5rem;
border-block-start: 1px solid var(--_line);
}
`,V=class{constructor(e){this.host=e,this.text=``,this.kept=!1,this.keep=()=>{this.kept=!0,this.host.requestUpdate()},this.copiedByHand=()=>{this.text&&getSelection()?.toString().includes(this.text)&&this.keep()},e.addController(this)}get atStake(){return this.text!==``&&!this.kept}show(e){this.text=e,this.kept=!1,this.host.requestUpdate()}forget(){this.show(``)}hostConnected(){addEventListener(`copy`,this.copiedByHand)}hostDisconnected(){this.forget(),removeEventListener(`copy`,this.copiedByHand)}},H=class{constructor(e,t){this.host=e,this.localized=t,this.asking=!1,this.wasAsking=!1,this.leavingPage=e=>e.preventDefault(),this.requestClose=()=>{this.host.pending||(this.host.stake?this.ask(!0):this.host.closing())},this.keepOpen=({detail:e})=>{e<2&&this.ask(!1)},this.closeAnyway=({detail:e})=>{e>1||this.host.pending||(this.ask(!1),this.host.closing())},this.closed=()=>{this.isOpen||((this.host.pending||this.host.stake)&&this.open(),this.requestClose())},this.escaped=e=>{e.key===`Escape`&&(e.preventDefault(),this.requestClose())},this.cancelled=e=>{e.preventDefault(),this.requestClose()},e.addController(this)}get dialog(){return this.host.renderRoot.querySelector(`dialog`)}get isOpen(){return this.dialog?.open??!1}open(){this.isOpen||this.dialog?.showModal()}close(){this.asking=!1,this.dialog?.close()}focusHeading(){this.focusOn(`#title`)}focusOn(e){this.dialog?.querySelector(e)?.focus()}render(e,t,n){return a`<dialog part="side-panel" aria-labelledby="title" @cancel=${this.cancelled} @keydown=${this.escaped} @close=${this.closed}>
<div class="frame">
<header>
<h2 id="title" tabindex="-1"><bdi>${e}</bdi></h2>
<button type="button" class="quiet" aria-label=${this.localized.t(`close`)} @click=${this.requestClose}>${ce}</button>
</header>
${t}
${this.asking?this.renderAsking():n?a`<footer>${n}</footer>`:u}
</div>
</dialog>`}renderAsking(){return a`<footer>
<p class="asking" role="alert">${this.host.stake?.question}</p>
<button type="button" class="danger" id="close-anyway" @click=${this.closeAnyway}>${this.host.stake?.lose}</button>
<button type="button" class="primary" id="keep-open" @click=${this.keepOpen}>${this.localized.t(`created.keepOpen`)}</button>
</footer>`}hostUpdate(){this.host.stake||(this.asking=!1)}hostUpdated(){this.asking!==this.wasAsking&&this.host.stake&&this.focusOn(this.asking?`#keep-open`:`footer button:last-child`),this.wasAsking=this.asking,(this.host.pending||this.host.stake?addEventListener:removeEventListener)(`beforeunload`,this.leavingPage)}hostDisconnected(){removeEventListener(`beforeunload`,this.leavingPage)}ask(e){this.asking=e,this.host.requestUpdate()}},U=c`
dialog {
inline-size: min(32rem, 100vi);
max-inline-size: none;
block-size: 100dvb;
max-block-size: none;
margin: 0;
margin-inline-start: auto;
padding: 0;
border: 0;
border-inline-start: 1px solid var(--_line);
background: var(--_surface);
color: var(--_text);
box-shadow: 0 0 3rem rgb(0 0 0 / 0.22);
}
dialog[open] {
animation: slide 160ms ease-out;
}
@keyframes slide {
from {
opacity: 0;
}
}
dialog::backdrop {
background: rgb(10 14 22 / 0.45);
}
.frame {
display: flex;
flex-direction: column;
block-size: 100%;
}
header {
flex-wrap: nowrap;
justify-content: space-between;
border-block-end: 1px solid var(--_line);
}
h2 {
min-inline-size: 0;
font-size: 1.2143em;
line-height: 1.3;
overflow-wrap: anywhere;
}
h2:focus {
outline: none;
}
/* Away from where the button was that somebody may be clicking twice. */
#close-anyway {
margin-inline-end: auto;
}
.asking {
flex: 1 1 100%;
color: var(--_danger);
font-weight: 500;
}
`,Fe=[`never`,`30`,`90`,`365`,`date`],W=[`name`,`description`,`scopes`,`expires_at`,`allowed_addresses`,`security_profile`],Ie=100,Le=class{constructor(e,t){this.host=e,this.localized=t,this.touched=!1,this.faults={},this.name=``,this.description=``,this.offered=[],this.scopes=new Set,this.expiry=`never`,this.endsAt=null,this.lastDay=``,this.addresses=``,this.profile=null}start(e,t,n=new Set){let r=t.scopes.filter(t=>!e.some(e=>e.name===t));this.offered=[...e,...r.map(e=>({name:e,description:``}))],this.endsAt=t.expires_at??null,n.has(`name`)||(this.name=t.name??``),n.has(`description`)||(this.description=t.description??``),n.has(`scopes`)||(this.scopes=new Set(t.scopes)),n.has(`expires_at`)||(this.expiry=this.endsAt?`unchanged`:`never`),n.has(`allowed_addresses`)||(this.addresses=t.allowed_addresses?.join(`
`)??``),n.has(`security_profile`)||(this.profile=t.security_profile??null)}get fingerprint(){return JSON.stringify([this.name,this.description,[...this.scopes],this.expiry,this.lastDay,this.addresses,this.profile])}get blocks(){return this.addresses.split(/[\s,;]+/).filter(Boolean)}get chosen(){let e=this.blocks;return{name:this.name.trim().normalize(`NFC`),description:this.description.trim().normalize(`NFC`)||null,scopes:this.offered.map(e=>e.name).filter(e=>this.scopes.has(e)),expires_at:this.expiry===`unchanged`?void 0:this.expiry===`never`?null:r(this.end()),allowed_addresses:e.length?e:null,security_profile:this.profile}}end(){return this.expiry===`date`?ae(this.lastDay):he(new Date,Number(this.expiry))}async check(){let{t:e}=this.localized,t={};return this.name.trim()?[...this.name.trim()].length>Ie&&(t.name=e(`create.nameTooLong`,{most:Ie})):t.name=e(`create.nameMissing`),this.expiry===`date`&&!(this.lastDay>=n(new Date))&&(t.expires_at=e(`create.expiryDateMissing`)),!await this.show(t)}refused(e){let t={};for(let{pointer:n,detail:r}of e instanceof ne?e.faults:[]){let[,e=``,i=``]=n.split(`/`),a=this.blocks[Number(i)],o=e===`allowed_addresses`&&i&&a?`${a}: ${r}`:r;t[e]=t[e]?`${t[e]} ${o}`:o}return this.show(t)}async show(e){this.faults=e,this.host.requestUpdate(),await this.host.updateComplete;let t=this.host.renderRoot.querySelector(`.fault:not([hidden])`);return(t?.closest(`.field`)?.querySelector(`input, textarea, select, acc-key-input`))?.focus(),t!=null}focusName(){this.host.renderRoot.querySelector(`#name`)?.focus()}render(){let{t:e}=this.localized;return a`<div class="field">
<label for="name">${e(`create.name`)}</label>
<input
id="name"
autocomplete="off"
.value=${this.name}
aria-describedby="name-hint name-fault"
aria-invalid=${`name`in this.faults}
aria-required="true"
@input=${this.typed(e=>this.name=e)}
/>
<p class="hint" id="name-hint">${e(`create.nameHint`)}</p>
${this.renderFault(`name`)}
</div>
<div class="field">
<label for="description">${e(`create.description`)}</label>
<input
id="description"
autocomplete="off"
.value=${this.description}
aria-describedby="description-fault"
aria-invalid=${`description`in this.faults}
@input=${this.typed(e=>this.description=e)}
/>
${this.renderFault(`description`)}
</div>
${this.offered.length?this.renderScopes():u} ${this.renderExpiry()}
<div class="field">
<label for="allowed_addresses">${e(`create.addresses`)}</label>
<textarea
id="allowed_addresses"
rows="2"
spellcheck="false"
.value=${this.addresses}
aria-describedby="addresses-hint allowed_addresses-fault"
aria-invalid=${`allowed_addresses`in this.faults}
@input=${this.typed(e=>this.addresses=e)}
></textarea>
<p class="hint" id="addresses-hint">${e(`create.addressesHint`)}</p>
${this.renderFault(`allowed_addresses`)}
</div>`}renderScopes(){let{t:e}=this.localized;return a`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
<legend>${e(`create.scopes`)}</legend>
<p class="hint" id="scopes-hint">${e(`create.scopesHint`)}</p>
${this.offered.map(e=>a`<label class="choice">
<input
type="checkbox"
.checked=${this.scopes.has(e.name)}
@change=${({target:t})=>this.tickScope(e.name,t.checked)}
/>
<span><span class="mono">${e.name}</span><span class="hint">${e.description}</span></span>
</label>`)}
${this.renderFault(`scopes`)}
</fieldset>`}renderExpiry(){let{t:e,localization:t}=this.localized,r=this.expiry===`date`;return a`<div class="field">
<label for="expiry">${e(`create.expiry`)}</label>
<select id="expiry" @change=${this.typed(e=>this.expiry=e)}>
${this.endsAt?a`<option value="unchanged" .selected=${this.expiry===`unchanged`}>${t.dateAndTime(this.endsAt)}</option>`:u}
${Fe.map(t=>a`<option value=${t} .selected=${t===this.expiry}>${e(`create.expiry.${t}`)}</option>`)}
</select>
${r?u:this.renderFault(`expires_at`)}
</div>
${r?a`<div class="field">
<label for="expires_at">${e(`create.expiryDate`)}</label>
<input
id="expires_at"
type="date"
min=${n(new Date)}
.value=${this.lastDay}
aria-describedby="date-hint expires_at-fault"
aria-invalid=${`expires_at`in this.faults}
@input=${this.typed(e=>this.lastDay=e)}
/>
<p class="hint" id="date-hint">${e(`create.expiryDateHint`)}</p>
${this.renderFault(`expires_at`)}
</div>`:u}`}renderProfile(){return a`<div class="field">
<label class="choice">
<input
type="checkbox"
.checked=${this.profile!==null}
aria-describedby="security_profile-fault"
@change=${({target:e})=>this.hold(e.checked)}
/>
<span>${this.localized.t(`profile.hold`)}</span>
</label>
${this.renderFault(`security_profile`)}
</div>`}hold(e){this.touched=!0,this.profile=e?`fapi2`:null,this.host.requestUpdate()}renderFault(e){return a`<p class="fault" id="${e}-fault" ?hidden=${!(e in this.faults)}>${this.faults[e]}</p>`}typed(e){return({target:t})=>{this.touched=!0,e(t.value),this.host.requestUpdate()}}tickScope(e,t){this.touched=!0;let n=new Set(this.scopes);t?n.add(e):n.delete(e),this.scopes=n,this.host.requestUpdate()}};function Re(e,t){let n=e=>Array.isArray(e)?e.toSorted().join(` `):e;return n(e)===n(t)}function ze({t:e,dateAndTime:t},n,r,i){let a={name:e(`create.name`),description:e(`create.description`),scopes:e(`create.scopes`),expires_at:e(`create.expiry`),allowed_addresses:e(`create.addresses`),security_profile:e(`profile`)},o=({[n]:e})=>typeof e==`string`?n===`expires_at`?t(e):e:e?.join(`, `)||`–`;return e(`edit.change`,{field:a[n],before:o(r),now:o(i)})}var G=c`
:host,
form {
display: flex;
flex-direction: column;
flex: 1;
min-block-size: 0;
}
fieldset {
min-inline-size: 0;
margin: 0;
padding: 0;
border: 0;
}
label,
legend {
padding: 0;
font-weight: 600;
}
.field > label {
display: block;
margin-block-end: 0.375rem;
}
.fault {
margin-block-start: 0.25rem;
color: var(--_danger);
overflow-wrap: anywhere;
}
.field > .choice {
display: flex;
gap: 0.625rem;
margin-block: 0.75rem 0;
font-weight: 400;
cursor: pointer;
}
.choice input {
flex: none;
inline-size: 1.125rem;
block-size: 1.125rem;
min-block-size: 0;
margin: 0.125rem 0 0;
accent-color: var(--_accent);
}
.choice .hint {
display: block;
margin: 0;
}
`,K=class extends o{constructor(...e){super(...e),this.algorithms=[],this.make=!0,this.algorithm=``,this.pasted=``,this.fault=null,this.failure=null,this.localized=new b(this)}connectedCallback(){super.connectedCallback(),this.read()}async read(){this.failure=null;try{this.algorithms=(await this.metadata()).token_endpoint_auth_signing_alg_values_supported}catch(e){this.failure=e}}get fingerprint(){return this.make?this.chosenAlgorithm:this.pasted}get chosenAlgorithm(){return this.algorithm||(E(this.algorithms)[0]??``)}async given(){this.fault=null;try{if(this.make&&this.chosenAlgorithm){let{publicKey:e,privateKey:t}=await be(this.chosenAlgorithm);return{publicKeys:[e],privateKey:t}}return{publicKeys:await D(this.pasted),privateKey:``}}catch(e){return this.fault=e instanceof S?`keys.private`:`keys.none`,this.fault===`keys.private`&&(this.pasted=``),await this.updateComplete,this.renderRoot.querySelector(`textarea`)?.focus(),null}}render(){let{t:e}=this.localized,t=E(this.algorithms),n=this.make&&(t.length>0||!this.algorithms.length);return a`<acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure} @acc-retry=${this.read}></acc-notice>
<div class="field" role="radiogroup" aria-label=${e(`keys.where`)}>
${[!0,!1].map(r=>a`<label class="choice">
<input type="radio" name="where" .checked=${n===r} ?disabled=${r&&!t.length} @change=${()=>this.make=r} />
<span>${e(r?`keys.make`:`keys.paste`)}</span>
</label>`)}
</div>
${n?a`<label for="algorithm">${e(`keys.algorithm`)}</label>
<select id="algorithm" @change=${({target:e})=>this.algorithm=e.value}>
${t.map(e=>a`<option .selected=${e===this.chosenAlgorithm}>${e}</option>`)}
</select>
<p class="hint">${e(`keys.makeHint`)}</p>`:a`<label for="pasted">${e(`keys.pasted`)}</label>
<textarea
id="pasted"
class="mono"
rows="5"
spellcheck="false"
autocomplete="off"
.value=${this.pasted}
aria-describedby="pasted-hint pasted-fault"
aria-invalid=${this.fault!==null}
@input=${this.typed}
></textarea>
<p class="hint" id="pasted-hint">${e(`keys.pastedHint`,{algorithms:this.algorithms.join(`, `)})}</p>`}
<p class="fault" id="pasted-fault" role="alert" ?hidden=${!this.fault}>${this.fault?e(this.fault):u}</p>`}typed({target:e}){let t=e;this.pasted=t.value,this.pasted&&(this.fault=null),D(t.value).catch(e=>{e instanceof S&&(this.pasted=t.value=``,this.fault=`keys.private`)})}static{this.styles=[g,y,p,G,c`
:host {
display: block;
}
label[for] {
display: block;
margin-block: 0.75rem 0.375rem;
}
`]}};_([d({attribute:!1})],K.prototype,`metadata`,void 0),_([t()],K.prototype,`algorithms`,void 0),_([t()],K.prototype,`make`,void 0),_([t()],K.prototype,`algorithm`,void 0),_([t()],K.prototype,`pasted`,void 0),_([t()],K.prototype,`fault`,void 0),_([t()],K.prototype,`failure`,void 0),K=_([v(`acc-key-input`)],K);var q=class extends Error{},J=class extends o{constructor(...e){super(...e),this.busy=!1,this.failure=null,this.localized=new b(this),this.fields=new Le(this,this.localized),this.attempts=new l,this.keyed=!1}get touched(){return this.fields.touched}async focusName(){await this.updateComplete,this.fields.focusName()}signedIn(){this.failure instanceof s&&(this.failure=null)}willUpdate(){this.hasUpdated||(this.fields.start(this.user.scopes,{scopes:this.user.default_scopes}),this.keyed=this.user.security_profile!==null)}render(){let{t:e}=this.localized,{inDoubt:t}=this.attempts;return a`<form novalidate @submit=${this.submit}>
<div class="content">
${this.fields.render()} ${this.renderAuthentication()}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${t?a`<p class="warning caution">${m}<span>${e(`create.doubt`)}</span></p>`:u}
</div>
<footer>
<button type="button" @click=${this.cancel}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>
${this.busy?e(`create.submitting`):this.attempts.isRetry(this.choices)?e(`retry`):e(`create.submit`)}
</button>
</footer>
</form>`}renderAuthentication(){let{t:e}=this.localized;return a`<fieldset class="field">
<legend>${e(`keys.authentication`)}</legend>
${(this.user.security_profile?[]:[!1,!0]).map(t=>a`<label class="choice">
<input type="radio" name="authentication" .checked=${t===this.keyed} @change=${()=>this.keyed=t} />
<span>${e(t?`keys.key`:`keys.secret`)}</span>
</label>`)}
${this.keyed?a`<acc-key-input .metadata=${this.metadata}></acc-key-input>`:u} ${this.fields.renderFault(`jwks`)}
${this.offersProfile?this.fields.renderProfile():u}
</fieldset>`}get offersProfile(){return this.keyed&&!this.user.security_profile}get choices(){return`${this.fields.fingerprint} ${this.keyed?this.keyInput?.fingerprint:``}`}async submit(e){if(e.preventDefault(),!this.busy){this.busy=!0,this.failure=null;try{if(!await this.fields.check())return;let{wanted:e,key:t}=await this.attempts.next(this.choices,()=>this.wanted());await this.create(e.request,t,e.privateKey)}catch(e){e instanceof q||await this.refused(e)}finally{this.busy=!1}}}async wanted(){let{chosen:e}=this.fields,t={...e,security_profile:this.offersProfile?e.security_profile:null},n=Object.fromEntries(Object.entries(t).filter(([,e])=>e));if(!this.keyed)return{request:n,privateKey:``};let r=await this.keyInput?.given();if(!r)throw new q;return{request:{...n,jwks:{keys:r.publicKeys}},privateKey:r.privateKey}}async refused(e){await this.fields.refused(e)||(this.failure=e,re(e)&&(this.attempts.inDoubt=!0,this.dispatchEvent(new CustomEvent(`acc-doubt`,{bubbles:!0,composed:!0}))),await h(this))}cancel(){this.dispatchEvent(new CustomEvent(`acc-cancel`))}static{this.styles=[g,y,p,G]}};_([d({attribute:!1})],J.prototype,`user`,void 0),_([d({attribute:!1})],J.prototype,`create`,void 0),_([d({attribute:!1})],J.prototype,`metadata`,void 0),_([t()],J.prototype,`busy`,void 0),_([t()],J.prototype,`failure`,void 0),_([t()],J.prototype,`keyed`,void 0),_([x(`acc-key-input`)],J.prototype,`keyInput`,void 0),J=_([v(`acc-create-form`)],J);function Be({jwks:e}){let t=e?.keys;return Array.isArray(t)?t:[]}var Y=class extends o{constructor(...e){super(...e),this.user=null,this.tokenEndpoint=``,this.opened=!1,this.created=null,this.pending=!1,this.lost=``,this.failure=null,this.secret=new V(this),this.key=``,this.sent={},this.localized=new b(this),this.panel=new H(this,this.localized),this.generate=async(e,t,n)=>{this.pending=!0,this.sent=Be(e).at(-1)??{};try{this.show(await this.create(e,t),n)}catch(t){if(!(t instanceof i))throw t;if(e.jwks)return this.show(await this.read(t.clientId),n);this.lost=t.clientId,this.key=te()}finally{this.pending=!1}},this.replaceLost=()=>this.tryOnLost(async()=>{try{this.show(await this.replaceSecret(this.lost,this.key))}catch(e){if(!(e instanceof i))throw e;this.key=te(),this.show(await this.replaceSecret(this.lost,this.key))}}),this.revokeLost=()=>this.tryOnLost(async()=>{await this.revoke(this.lost),this.close()})}async open(){this.opened=!0,await this.updateComplete,this.panel.open(),await this.form?.focusName()}signedIn(){this.form?.signedIn()}get stake(){return this.secret.atStake?(this.created?.keys.length?F:L)(this.localized.t):null}render(){return this.created?this.renderCreated(this.created):this.lost?this.renderLost():this.panel.render(this.localized.t(`create.title`),this.opened&&this.user?this.renderForm(this.user):u)}renderForm(e){return a`<acc-create-form .user=${e} .create=${this.generate} .metadata=${this.metadata} @acc-cancel=${this.close}></acc-create-form>`}renderLost(){let{t:e}=this.localized;return this.panel.render(e(`lost.title`),a`<div class="content">
<p class="warning caution">${m}<span>${e(`lost.text`)}</span></p>
<dl>
<dt>${e(`columns.clientId`)}</dt>
<dd><acc-copy what=${e(`columns.clientId`)}>${this.lost}</acc-copy></dd>
</dl>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>`,a`<button type="button" class="danger" aria-disabled=${this.pending} @click=${this.revokeLost}>${e(`revoke.ask`)}</button>
<button type="button" class="primary" aria-disabled=${this.pending} @click=${this.replaceLost}>${e(`lost.replace`)}</button>`)}renderCreated(t){let{t:n,localization:r}=this.localized,i=t.keys.length>0;return this.panel.render(n(`created.title`),a`<div class="content">
${i?this.secret.text?P(n,this.secret,t.client_id):u:Pe(n,this.secret,n(`created.warningDetail`))}
<dl>
<dt>${n(`columns.name`)}</dt>
<dd><bdi>${e(t.name)}</bdi></dd>
${z(r,t)}
</dl>
${i?I(n,t,this.user,this.tokenEndpoint,this.sent):R(t,this.tokenEndpoint,()=>this.exchange(t.client_id,this.secret.text))}
</div>`,a`<button type="button" class="primary" @click=${this.panel.requestClose}>${n(`created.done`)}</button>`)}updated(e){(e.get(`created`)===null&&this.created||e.has(`lost`)&&this.lost)&&this.panel.focusHeading()}show({client_secret:e,...t},n=``){this.isConnected&&(this.secret.show(e??n),this.created=t)}async tryOnLost(e){if(!this.pending){this.pending=!0,this.failure=null;try{await e()}catch(e){this.failure=e}finally{this.pending=!1}}}closing(){this.form?.touched?this.panel.close():this.close()}close(){this.opened=!1,this.secret.forget(),this.created=null,this.lost=``,this.failure=null,this.panel.close()}disconnectedCallback(){super.disconnectedCallback(),this.close()}static{this.styles=[g,y,p,U,B]}};_([d({attribute:!1})],Y.prototype,`user`,void 0),_([d({attribute:!1})],Y.prototype,`tokenEndpoint`,void 0),_([d({attribute:!1})],Y.prototype,`create`,void 0),_([d({attribute:!1})],Y.prototype,`replaceSecret`,void 0),_([d({attribute:!1})],Y.prototype,`revoke`,void 0),_([d({attribute:!1})],Y.prototype,`read`,void 0),_([d({attribute:!1})],Y.prototype,`metadata`,void 0),_([d({attribute:!1})],Y.prototype,`exchange`,void 0),_([t()],Y.prototype,`opened`,void 0),_([t()],Y.prototype,`created`,void 0),_([t()],Y.prototype,`pending`,void 0),_([t()],Y.prototype,`lost`,void 0),_([t()],Y.prototype,`failure`,void 0),_([x(`acc-create-form`)],Y.prototype,`form`,void 0),Y=_([v(`acc-create-panel`)],Y);var X=class extends o{constructor(...e){super(...e),this.scopes=[],this.offersProfile=!1,this.busy=!1,this.failure=null,this.others=[],this.localized=new b(this),this.fields=new Le(this,this.localized)}get touched(){return this.fields.touched}willUpdate(){this.hasUpdated||(this.base={credential:this.credential,etag:this.etag},this.fields.start(this.scopes,this.credential))}firstUpdated(e){this.fields.focusName()}render(){let{t:e}=this.localized;return a`<form novalidate @submit=${this.submit}>
<div class="content">
${this.fields.render()} ${this.offersProfile?this.fields.renderProfile():u}
${this.others.length?a`<div class="caution" role="alert">
<p class="warning">${m}<strong>${e(`edit.conflict`)}</strong></p>
<ul>
${this.others.map(e=>a`<li>${e}</li>`)}
</ul>
<p>${e(`edit.conflictHint`)}</p>
</div>`:u}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>
<footer>
<button type="button" @click=${()=>this.dispatchEvent(new CustomEvent(`acc-cancel`))}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>${e(this.busy?`edit.busy`:`edit.save`)}</button>
</footer>
</form>`}async submit(e){if(e.preventDefault(),!this.busy){this.busy=!0,this.failure=null;try{if(!await this.fields.check())return;let e=this.patch();Object.keys(e).length>0&&await this.edit(e,this.base.etag),this.dispatchEvent(new CustomEvent(`acc-done`))}catch(e){await this.refused(e)}finally{this.busy=!1}}}patch(){let{chosen:e}=this.fields,{credential:t}=this.base,n=W.filter(n=>e[n]!==void 0&&!Re(e[n],t[n]));return Object.fromEntries(n.map(t=>[t,e[t]]))}async refused(e){if(await this.fields.refused(e))return;let t=ee(e)?await this.read():null;t?.etag?this.meet(t.credential,t.etag):this.failure=e,await h(this)}meet(e,t){let n=this.base.credential,r=new Set(Object.keys(this.patch())),i=W.filter(t=>!Re(e[t],n[t]));this.others=i.map(t=>ze(this.localized.localization,t,n,e)),this.base={credential:e,etag:t},this.fields.start(this.scopes,e,r)}static{this.styles=[g,y,p,G]}};_([d({attribute:!1})],X.prototype,`scopes`,void 0),_([d({attribute:!1})],X.prototype,`credential`,void 0),_([d({attribute:!1})],X.prototype,`offersProfile`,void 0),_([d({attribute:!1})],X.prototype,`etag`,void 0),_([d({attribute:!1})],X.prototype,`edit`,void 0),_([d({attribute:!1})],X.prototype,`read`,void 0),_([t()],X.prototype,`busy`,void 0),_([t()],X.prototype,`failure`,void 0),_([t()],X.prototype,`others`,void 0),X=_([v(`acc-edit-form`)],X);var Z=class extends o{constructor(...e){super(...e),this.busy=!1,this.failure=null,this.fault=``,this.last=null,this.localized=new b(this)}render(){let{t:e}=this.localized;return a`<form novalidate @submit=${this.submit}>
<div class="content">
<acc-key-input .metadata=${this.metadata}></acc-key-input>
<p class="fault" role="alert" ?hidden=${!this.fault}>${this.fault}</p>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>
<footer>
<button type="button" @click=${()=>this.busy||this.dispatchEvent(new CustomEvent(`acc-cancel`))}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>${e(this.busy?`keys.adding`:`action.addKey`)}</button>
</footer>
</form>`}async submit(e){if(e.preventDefault(),!this.busy){this.busy=!0,this.failure=null,this.fault=``,this.waiting(!0);try{let e=this.keyInput.fingerprint,t=this.last?.choices===e?this.last.keys:await this.keyInput.given();if(!t)return;this.last={choices:e,keys:t};for(let e of t.publicKeys)await this.add(e);this.added(t)}catch(e){let t=e instanceof ne?e.faults:[];this.fault=t.map(({pointer:e,detail:t})=>`${e.split(`/`).at(-1)} ${t}`).join(` `),t.length||(this.failure=e),await h(this)}finally{this.busy=!1,this.waiting(!1)}}}static{this.styles=[g,y,p,G]}};_([d({attribute:!1})],Z.prototype,`metadata`,void 0),_([d({attribute:!1})],Z.prototype,`add`,void 0),_([d({attribute:!1})],Z.prototype,`added`,void 0),_([d({attribute:!1})],Z.prototype,`waiting`,void 0),_([t()],Z.prototype,`busy`,void 0),_([t()],Z.prototype,`failure`,void 0),_([t()],Z.prototype,`fault`,void 0),_([x(`acc-key-input`)],Z.prototype,`keyInput`,void 0),Z=_([v(`acc-key-form`)],Z);var Ve=[`0`,`3600`,`86400`,`604800`,`2592000`,`open`],Q=class extends o{constructor(...e){super(...e),this.busy=!1,this.overlap=`86400`,this.failure=null,this.lost=``,this.crowded=!1,this.localized=new b(this),this.attempts=new l}render(){let{t:e}=this.localized,{crowded:t}=this;return a`<form novalidate @submit=${this.submit}>
<div class="content">
<p>${e(`rotate.text`)}</p>
${this.lost?a`<p class="warning caution">${m}<span>${e(`rotate.lost`)}</span></p>`:a`<fieldset class="field">
<legend>${e(`rotate.overlap`)}</legend>
${t?a`<p class="hint">${e(`rotate.crowded`)}</p>`:u}
${Ve.filter(e=>!t||e===`0`).map(t=>a`<label class="choice">
<input
type="radio"
name="overlap"
.checked=${t===this.overlap}
@change=${()=>this.overlap=t}
/>
<span>${e(`rotate.overlap.${t}`)}</span>
</label>`)}
</fieldset>`}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.attempts.inDoubt?a`<p class="warning caution">${m}<span>${e(`rotate.doubt`)}</span></p>`:u}
</div>
<footer>
<button type="button" @click=${()=>this.busy||this.dispatchEvent(new CustomEvent(`acc-cancel`))}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>
${this.busy?e(`rotate.busy`):this.lost?e(`rotate.another`):this.attempts.inDoubt?e(`retry`):e(`rotate.submit`)}
</button>
</footer>
</form>`}willUpdate(){this.hasUpdated||(this.crowded=ge(this.credential).length>1),this.crowded&&(this.overlap=`0`)}firstUpdated(){this.renderRoot.querySelector(`input:checked`)?.focus()}async submit(e){if(e.preventDefault(),this.busy)return;this.busy=!0,this.failure=null,this.waiting(!0);let t=this.overlap===`open`?null:Number(this.overlap);try{let{wanted:e,key:n}=await this.attempts.next(`${this.lost} ${t}`,()=>t);this.made(await(this.lost?this.replace(this.lost,e,n):this.add(e,n)))}catch(e){e instanceof i?(this.lost=e.secretId,this.attempts.startAnew()):(this.failure=e,this.attempts.inDoubt||=re(e)),await h(this)}finally{this.busy=!1,this.waiting(!1)}}static{this.styles=[g,y,p,G,c`
.choice {
align-items: center;
}
`]}};_([d({attribute:!1})],Q.prototype,`credential`,void 0),_([d({attribute:!1})],Q.prototype,`add`,void 0),_([d({attribute:!1})],Q.prototype,`replace`,void 0),_([d({attribute:!1})],Q.prototype,`made`,void 0),_([d({attribute:!1})],Q.prototype,`waiting`,void 0),_([t()],Q.prototype,`busy`,void 0),_([t()],Q.prototype,`overlap`,void 0),_([t()],Q.prototype,`failure`,void 0),_([t()],Q.prototype,`lost`,void 0),Q=_([v(`acc-rotate-form`)],Q);var $=class extends o{constructor(...e){super(...e),this.view=null,this.mayWrite=!1,this.mode=`details`,this.told=null,this.pending=!1,this.sent={},this.secret=new V(this),this.localized=new b(this),this.panel=new H(this,this.localized),this.read=()=>void this.consoleState.shown?.read(),this.keyAdded=({publicKeys:e,privateKey:t})=>{this.isConnected&&(this.sent=e.at(-1)??{},this.show(t?`secret`:`details`),this.secret.show(t),this.told=e=>e(`keys.added`))},this.made=({client_secret:e})=>{this.isConnected&&(this.mode=`secret`,this.secret.show(e??``))},this.seen=()=>{this.mayLeave()&&(this.show(`details`),this.read())}}begin(e){this.mode=e,this.told=null}tell(e){this.told=e}keepFocus(){this.shadowRoot?.activeElement||this.panel.focusHeading()}mayLeave(){return!this.pending&&!this.stake||(this.panel.requestClose(),!1)}get stake(){let{t:e}=this.localized;return this.secret.atStake?(this.view?.credential?.keys.length?F:L)(e):this.mode===`edit`&&this.editForm?.touched?{question:e(`edit.notSaved`),lose:e(`edit.discard`)}:null}closing(){this.show(`details`),this.dispatchEvent(new CustomEvent(`acc-left`))}show(e){this.secret.forget(),this.begin(e)}willUpdate(e){let{credential:t}=this.view??{};this.mode!==`details`&&this.mode!==`secret`&&t?.status===`revoked`&&(this.mode=`details`),e.has(`view`)&&e.get(`view`)&&e.get(`view`)?.clientId!==this.view?.clientId&&this.show(`details`)}updated(e){let t=e.get(`view`);if(!this.view)return this.panel.close();this.panel.isOpen||this.panel.open(),(e.has(`view`)&&t?.clientId!==this.view.clientId||e.has(`mode`))&&this.panel.focusHeading()}render(){let{t}=this.localized,n=this.view?.credential;if(!this.view)return this.panel.render(``,u);if(!n)return this.panel.render(t(`title`),a`<div class="content">${this.renderFailure()}</div>`);let{mode:r}=this;return r===`secret`?this.renderSecret(n):r===`rotate`?this.panel.render(t(`rotate.title`,{name:n.name}),this.renderRotate(n)):r===`addKey`?this.panel.render(t(`action.addKey`),this.renderAddKey(n)):r===`edit`?this.panel.render(t(`edit.title`,{name:n.name}),this.renderEdit(n)):this.panel.render(e(n.name),this.renderDetails(n),this.mayWrite?this.renderActions(n):u)}renderFailure(){let e=this.view?.failure;return a`<acc-notice .failure=${e} retryable ?hidden=${!e} @acc-retry=${this.read}></acc-notice>
${e||this.view?.credential?u:a`<p class="muted" role="status">${this.localized.t(`loading`)}</p>`}`}renderDetails(e){let{t,localization:n}=this.localized,r=_e(e),i=this.mayWrite&&e.status!==`revoked`;return a`<p class="told passed" role="status">${this.told?.(t)}</p>
<div class="content">
${this.renderFailure()}
<dl>
<dt>${t(`credential.status`)}</dt>
<dd><strong>${t(`status.${e.status}`)}</strong> ${He(t,e)}</dd>
${z(n,e)}
<dt>${t(`credential.use`)}</dt>
<dd>${me(t,e)}</dd>
</dl>
${e.keys.length?a`<section><h3>${t(`credential.keys`)}</h3>${oe(n,e,i?t=>this.removeKey(e,t):null)}</section>`:a`<section>
<h3>${t(`credential.secrets`)}</h3>
${se(n,e,i?t=>this.endSecret(e,t):null)}
${r?a`<p class=${r.isNeeded?`caution`:`passed`}>${r.words(t)}</p>
${i?a`<button type="button" class="danger" @click=${()=>this.endSecret(e,r.old)}>${t(`credential.endOld`)}</button>`:u}`:u}
</section>`}
<section><h3>${t(`credential.history`)}</h3>${this.renderHistory(e)}</section>
</div>`}renderHistory(e){let t=this.view.history,{t:n,localization:r}=this.localized,i=({action:t})=>{let i=`audit.action.${t}`;return r.has(i)?n(i,{name:e.name}):t};return a`<acc-notice .failure=${t.failure} retryable ?hidden=${!t.failure} @acc-retry=${this.read}></acc-notice>
<ul class="items" aria-busy=${ie(t)}>
${t.items.map(e=>a`<li>
<div>
<p>${i(e)}</p>
<p class="muted"><time datetime=${e.at}>${r.dateAndSecond(e.at)}</time> · <bdi>${f(n,e.actor)}</bdi> · ${e.source_ip}</p>
</div>
</li>`)}
</ul>
<div class="more">
${t.more?a`<button type="button" @click=${()=>this.consoleState.shown?.showMoreHistory()}>${n(`showMore`)}</button>`:u}
<button type="button" @click=${()=>this.dispatchEvent(new CustomEvent(`acc-events`,{detail:e.client_id}))}>
${n(`credential.toAuditTrail`)}
</button>
</div>`}renderActions(e){let t=pe(e,this.consoleState.user?.security_profile??null);return t.length?t.map(n=>a`<button
type="button"
class=${n===`revoke`?`danger`:n===t.at(-1)?`primary`:``}
@click=${()=>this.act(n,e)}
>
${this.localized.t(`action.${n}`)}
</button>`):u}act(e,t){e===`edit`||e===`rotate`||e===`addKey`?this.show(e):this.dispatchEvent(new CustomEvent(`acc-act`,{detail:{action:e,credential:t}}))}renderEdit(e){let{view:t,consoleState:n}=this;return t?.etag?a`<acc-edit-form
.scopes=${n.user?.scopes??[]}
.credential=${e}
.offersProfile=${!n.user?.security_profile&&e.keys.length>0}
.etag=${t.etag}
.edit=${(t,r)=>n.changes.edit(e.client_id,t,r)}
.read=${()=>n.changes.read(e.client_id)}
@input=${()=>this.requestUpdate()}
@acc-cancel=${()=>this.show(`details`)}
@acc-done=${()=>this.saved()}
></acc-edit-form>`:a`<div class="content">${this.renderFailure()}</div>`}renderRotate(e){let{changes:t}=this.consoleState,n=e.client_id;return a`<acc-rotate-form
.credential=${e}
.add=${(e,r)=>t.addSecret(n,e,r)}
.replace=${(e,r,i)=>t.replaceLostSecret(n,e,r,i)}
.made=${this.made}
.waiting=${e=>this.pending=e}
@acc-cancel=${()=>this.show(`details`)}
></acc-rotate-form>`}renderAddKey(e){let{consoleState:t}=this;return a`<acc-key-form
.metadata=${()=>t.serverMetadata()}
.add=${n=>t.changes.addKey(e.client_id,n)}
.added=${this.keyAdded}
.waiting=${e=>this.pending=e}
@acc-cancel=${()=>this.show(`details`)}
></acc-key-form>`}renderSecret(e){let{consoleState:t,secret:n}=this,{t:r}=this.localized,i=e.keys.length>0;return this.panel.render(r(i?`keys.added`:`rotate.done`),a`<div class="content">
${i?P(r,n,e.client_id):Pe(r,n,r(`rotate.hint`))}
${i?I(r,e,t.user,t.tokenEndpoint,this.sent):R(e,t.tokenEndpoint,()=>t.exchange(e.client_id,n.text))}
</div>`,a`<button type="button" class="primary" @click=${this.seen}>${r(`created.done`)}</button>`)}saved(){this.show(`details`),this.told=e=>e(`credential.saved`)}async endSecret(e,t){let n=e.client_id,r=(await this.consoleState.changes.read(n))?.credential??e;this.ask(fe(r,r.secrets.find(e=>e.secret_id===t.secret_id)??t,async()=>{await this.consoleState.changes.endSecret(n,t.secret_id),this.told=e=>e(`credential.secretEnded`)}))}removeKey(e,t){this.ask(ue(e,t,async()=>{await this.consoleState.changes.removeKey(e.client_id,t),this.told=e=>e(`credential.keyRemoved`)}))}static{this.styles=[g,y,p,U,B,le,c`
.told:not(:empty) {
padding: 0.75rem 1.5rem;
border-block-end: 1px solid var(--_line);
}
.caution {
margin-block: 0.5rem;
}
section > button {
margin-block-start: 0.5rem;
}
.more {
display: flex;
flex-wrap: wrap;
gap: 0.625rem;
margin-block-start: 0.5rem;
}
`]}};_([d({attribute:!1})],$.prototype,`consoleState`,void 0),_([d({attribute:!1})],$.prototype,`view`,void 0),_([d({attribute:!1})],$.prototype,`mayWrite`,void 0),_([d({attribute:!1})],$.prototype,`ask`,void 0),_([t()],$.prototype,`mode`,void 0),_([t()],$.prototype,`told`,void 0),_([t()],$.prototype,`pending`,void 0),_([x(`acc-edit-form`)],$.prototype,`editForm`,void 0),$=_([v(`acc-credential-panel`)],$);function He(e,t){let{revoked_at:n,revoked_by:r,suspended_at:i,suspended_by:a}=t;return t.status===`revoked`&&n?e(`revokedOn`,{date:new Date(n),by:r?.name??``}):t.status===`suspended`&&i?e(`suspendedOn`,{date:new Date(i),by:a?.name??``}):``}