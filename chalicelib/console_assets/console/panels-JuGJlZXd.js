import{B as e,C as t,D as n,E as r,F as i,G as a,H as o,I as s,J as c,L as l,N as u,O as ee,P as d,R as f,S as p,T as te,U as m,V as h,W as g,_,a as ne,b as v,d as y,f as b,g as x,h as S,i as re,k as C,m as w,n as ie,o as ae,p as T,q as E,r as oe,s as D,t as O,u as k,v as A,w as j,x as M,y as N,z as se}from"./element-VTzLHaGA.js";var P=class extends g{constructor(...e){super(...e),this.clientId=``,this.tokenEndpoint=``,this.language=`curl`,this.busy=!1,this.lifetime=0,this.decoded=null,this.failure=null,this.localized=new _(this)}render(){let{t:e}=this.localized;return E`<section aria-labelledby="title">
<h3 id="title">${e(`useIt.title`)}</h3>
<p class="muted">${e(`useIt.introduction`)}</p>
<div class="languages" role="radiogroup" aria-label=${e(`useIt.languages`)}>
${ne.map(e=>E`<label
><input
type="radio"
name="language"
.checked=${e===this.language}
@change=${()=>this.language=e}
/><span>${e}</span></label
>`)}
</div>
<acc-copy block code what=${e(`useIt.code`,{language:this.language})}
>${ae(this.language,this.tokenEndpoint,this.clientId)}</acc-copy
>
<div class="test">
<button type="button" aria-disabled=${this.busy} @click=${this.test}>
${this.busy?e(`useIt.testing`):e(`useIt.test`)}
</button>
<span class="muted">${e(`useIt.testHint`)}</span>
</div>
<div role="status">
${this.decoded?E`<p class="passed">${e(`useIt.passed`,{count:this.lifetime})}</p>`:a}
</div>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.decoded?this.renderToken(this.decoded):a}
</section>`}renderToken(e){let{t}=this.localized;return E`<div class="token">
<h4>${t(`useIt.header`)}</h4>
<pre tabindex="0" role="region" aria-label=${t(`useIt.header`)}>${JSON.stringify(e.header,null,2)}</pre>
<h4>${t(`useIt.claims`)}</h4>
<pre tabindex="0" role="region" aria-label=${t(`useIt.claims`)}>${JSON.stringify(e.claims,null,2)}</pre>
</div>`}async test(){if(!this.busy){this.busy=!0,this.failure=this.decoded=null;try{let e=await this.exchange();this.lifetime=e.expires_in,this.decoded=D(e.access_token)}catch(e){this.failure=e}finally{this.busy=!1}}}static{this.styles=[x,w,c`
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
`]}};b([m({attribute:!1})],P.prototype,`clientId`,void 0),b([m({attribute:!1})],P.prototype,`tokenEndpoint`,void 0),b([m({attribute:!1})],P.prototype,`exchange`,void 0),b([o()],P.prototype,`language`,void 0),b([o()],P.prototype,`busy`,void 0),b([o()],P.prototype,`lifetime`,void 0),b([o()],P.prototype,`decoded`,void 0),b([o()],P.prototype,`failure`,void 0),P=b([v(`acc-use-it`)],P);function F(e,t,n){return E`<div class="secret caution">
<p class="warning">${N}<strong>${e(`created.warning`)}</strong></p>
<h3>${e(`created.secret`)}</h3>
<acc-copy block what=${e(`created.secret`)} @acc-copied=${t.keep}>${t.text}</acc-copy>
<p class="hint">${n}</p>
</div>`}function I(e){return{question:e(`created.notCopied`),lose:e(`created.closeAnyway`)}}function L(e,t,n){return E`<acc-use-it .clientId=${e.client_id} .tokenEndpoint=${t} .exchange=${n}></acc-use-it>`}function R({t:e,dateAndTime:t},n){return E`<dt>${e(`columns.clientId`)}</dt>
<dd><acc-copy what=${e(`columns.clientId`)}>${n.client_id}</acc-copy></dd>
<dt>${e(`columns.createdBy`)}</dt>
<dd><bdi>${T(e,n.created_by)}</bdi></dd>
<dt>${e(`columns.createdOn`)}</dt>
<dd>${t(n.created_at)}</dd>
<dt>${e(`created.scopes`)}</dt>
<dd>${n.scopes.join(` · `)||e(`noScopes`)}</dd>
<dt>${e(`created.expires`)}</dt>
<dd>${n.expires_at?t(n.expires_at):e(`created.never`)}</dd>
${n.description?E`<dt>${e(`create.description`)}</dt><dd><bdi>${u(n.description)}</bdi></dd>`:``}
${n.allowed_addresses?E`<dt>${e(`create.addresses`)}</dt><dd class="mono">${n.allowed_addresses.join(` · `)}</dd>`:``}`}var z=c`
h3 {
font-size: 1em;
font-weight: 600;
}
.secret h3 {
margin-block: 1rem 0.375rem;
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
`,B=class{constructor(e){this.host=e,this.text=``,this.kept=!1,this.keep=()=>{this.kept=!0,this.host.requestUpdate()},this.copiedByHand=()=>{this.text&&getSelection()?.toString().includes(this.text)&&this.keep()},e.addController(this)}get atStake(){return this.text!==``&&!this.kept}show(e){this.text=e,this.kept=!1,this.host.requestUpdate()}forget(){this.show(``)}hostConnected(){addEventListener(`copy`,this.copiedByHand)}hostDisconnected(){this.forget(),removeEventListener(`copy`,this.copiedByHand)}},V=class{constructor(e,t){this.host=e,this.localized=t,this.asking=!1,this.wasAsking=!1,this.leavingPage=e=>e.preventDefault(),this.requestClose=()=>{this.host.pending||(this.host.stake?this.ask(!0):this.host.closing())},this.keepOpen=({detail:e})=>{e<2&&this.ask(!1)},this.closeAnyway=({detail:e})=>{e>1||this.host.pending||(this.ask(!1),this.host.closing())},this.closed=()=>{this.isOpen||((this.host.pending||this.host.stake)&&this.open(),this.requestClose())},this.escaped=e=>{e.key===`Escape`&&(e.preventDefault(),this.requestClose())},this.cancelled=e=>{e.preventDefault(),this.requestClose()},e.addController(this)}get dialog(){return this.host.renderRoot.querySelector(`dialog`)}get isOpen(){return this.dialog?.open??!1}open(){this.isOpen||this.dialog?.showModal()}close(){this.asking=!1,this.dialog?.close()}focusHeading(){this.focusOn(`#title`)}focusOn(e){this.dialog?.querySelector(e)?.focus()}render(e,t,n){return E`<dialog part="side-panel" aria-labelledby="title" @cancel=${this.cancelled} @keydown=${this.escaped} @close=${this.closed}>
<div class="frame">
<header>
<h2 id="title" tabindex="-1"><bdi>${e}</bdi></h2>
<button type="button" class="quiet" aria-label=${this.localized.t(`close`)} @click=${this.requestClose}>${A}</button>
</header>
${t}
${this.asking?this.renderAsking():n?E`<footer>${n}</footer>`:a}
</div>
</dialog>`}renderAsking(){return E`<footer>
<p class="asking" role="alert">${this.host.stake?.question}</p>
<button type="button" class="danger" id="close-anyway" @click=${this.closeAnyway}>${this.host.stake?.lose}</button>
<button type="button" class="primary" id="keep-open" @click=${this.keepOpen}>${this.localized.t(`created.keepOpen`)}</button>
</footer>`}hostUpdate(){this.host.stake||(this.asking=!1)}hostUpdated(){this.asking!==this.wasAsking&&this.host.stake&&this.focusOn(this.asking?`#keep-open`:`footer button:last-child`),this.wasAsking=this.asking,(this.host.pending||this.host.stake?addEventListener:removeEventListener)(`beforeunload`,this.leavingPage)}hostDisconnected(){removeEventListener(`beforeunload`,this.leavingPage)}ask(e){this.asking=e,this.host.requestUpdate()}},H=c`
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
`,U=[`never`,`30`,`90`,`365`,`date`],W=[`name`,`description`,`scopes`,`expires_at`,`allowed_addresses`],G=100,K=class{constructor(e,t){this.host=e,this.localized=t,this.touched=!1,this.faults={},this.name=``,this.description=``,this.offered=[],this.scopes=new Set,this.expiry=`never`,this.endsAt=null,this.lastDay=``,this.addresses=``}start(e,t,n=new Set){let r=t.scopes.filter(t=>!e.some(e=>e.name===t));this.offered=[...e,...r.map(e=>({name:e,description:``}))],this.endsAt=t.expires_at??null,n.has(`name`)||(this.name=t.name??``),n.has(`description`)||(this.description=t.description??``),n.has(`scopes`)||(this.scopes=new Set(t.scopes)),n.has(`expires_at`)||(this.expiry=this.endsAt?`unchanged`:`never`),n.has(`allowed_addresses`)||(this.addresses=t.allowed_addresses?.join(`
`)??``)}get fingerprint(){return JSON.stringify([this.name,this.description,[...this.scopes],this.expiry,this.lastDay,this.addresses])}get blocks(){return this.addresses.split(/[\s,;]+/).filter(Boolean)}get chosen(){let e=this.blocks;return{name:this.name.trim().normalize(`NFC`),description:this.description.trim().normalize(`NFC`)||null,scopes:this.offered.map(e=>e.name).filter(e=>this.scopes.has(e)),expires_at:this.expiry===`unchanged`?void 0:this.expiry===`never`?null:re(this.end()),allowed_addresses:e.length?e:null}}end(){return this.expiry===`date`?oe(this.lastDay):ie(new Date,Number(this.expiry))}async check(){let{t:e}=this.localized,t={};return this.name.trim()?[...this.name.trim()].length>G&&(t.name=e(`create.nameTooLong`,{most:G})):t.name=e(`create.nameMissing`),this.expiry===`date`&&!(this.lastDay>=O(new Date))&&(t.expires_at=e(`create.expiryDateMissing`)),!await this.show(t)}refused(e){let t={};for(let{pointer:n,detail:r}of e instanceof s?e.faults:[]){let[,e=``,i=``]=n.split(`/`),a=this.blocks[Number(i)],o=e===`allowed_addresses`&&i&&a?`${a}: ${r}`:r;t[e]=t[e]?`${t[e]} ${o}`:o}return this.show(t)}async show(e){this.faults=e,this.host.requestUpdate(),await this.host.updateComplete;let t=this.host.renderRoot.querySelector(`.fault:not([hidden])`);return(t?.closest(`.field`)?.querySelector(`input, textarea, select, acc-key-input`))?.focus(),t!=null}focusName(){this.host.renderRoot.querySelector(`#name`)?.focus()}render(){let{t:e}=this.localized;return E`<div class="field">
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
${this.offered.length?this.renderScopes():a} ${this.renderExpiry()}
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
</div>`}renderScopes(){let{t:e}=this.localized;return E`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
<legend>${e(`create.scopes`)}</legend>
<p class="hint" id="scopes-hint">${e(`create.scopesHint`)}</p>
${this.offered.map(e=>E`<label class="choice">
<input
type="checkbox"
.checked=${this.scopes.has(e.name)}
@change=${({target:t})=>this.tickScope(e.name,t.checked)}
/>
<span><span class="mono">${e.name}</span><span class="hint">${e.description}</span></span>
</label>`)}
${this.renderFault(`scopes`)}
</fieldset>`}renderExpiry(){let{t:e,localization:t}=this.localized,n=this.expiry===`date`;return E`<div class="field">
<label for="expiry">${e(`create.expiry`)}</label>
<select id="expiry" @change=${this.typed(e=>this.expiry=e)}>
${this.endsAt?E`<option value="unchanged" .selected=${this.expiry===`unchanged`}>${t.dateAndTime(this.endsAt)}</option>`:a}
${U.map(t=>E`<option value=${t} .selected=${t===this.expiry}>${e(`create.expiry.${t}`)}</option>`)}
</select>
${n?a:this.renderFault(`expires_at`)}
</div>
${n?E`<div class="field">
<label for="expires_at">${e(`create.expiryDate`)}</label>
<input
id="expires_at"
type="date"
min=${O(new Date)}
.value=${this.lastDay}
aria-describedby="date-hint expires_at-fault"
aria-invalid=${`expires_at`in this.faults}
@input=${this.typed(e=>this.lastDay=e)}
/>
<p class="hint" id="date-hint">${e(`create.expiryDateHint`)}</p>
${this.renderFault(`expires_at`)}
</div>`:a}`}renderFault(e){return E`<p class="fault" id="${e}-fault" ?hidden=${!(e in this.faults)}>${this.faults[e]}</p>`}typed(e){return({target:t})=>{this.touched=!0,e(t.value),this.host.requestUpdate()}}tickScope(e,t){this.touched=!0;let n=new Set(this.scopes);t?n.add(e):n.delete(e),this.scopes=n,this.host.requestUpdate()}};function q(e,t){let n=e=>Array.isArray(e)?e.toSorted().join(` `):e;return n(e)===n(t)}function ce({t:e,dateAndTime:t},n,r,i){let a={name:e(`create.name`),description:e(`create.description`),scopes:e(`create.scopes`),expires_at:e(`create.expiry`),allowed_addresses:e(`create.addresses`)},o=({[n]:e})=>typeof e==`string`?n===`expires_at`?t(e):e:e?.join(`, `)||`–`;return e(`edit.change`,{field:a[n],before:o(r),now:o(i)})}var J=c`
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
`,Y=class extends g{constructor(...e){super(...e),this.busy=!1,this.failure=null,this.localized=new _(this),this.fields=new K(this,this.localized),this.attempts=new d}get touched(){return this.fields.touched}async focusName(){await this.updateComplete,this.fields.focusName()}signedIn(){this.failure instanceof f&&(this.failure=null)}willUpdate(){this.hasUpdated||this.fields.start(this.user.scopes,{scopes:this.user.default_scopes})}render(){let{t:e}=this.localized,{inDoubt:t}=this.attempts;return E`<form novalidate @submit=${this.submit}>
<div class="content">
${this.fields.render()}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${t?E`<p class="warning caution">${N}<span>${e(`create.doubt`)}</span></p>`:a}
</div>
<footer>
<button type="button" @click=${this.cancel}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>
${this.busy?e(`create.submitting`):this.attempts.isRetry(this.fields.fingerprint)?e(`retry`):e(`create.submit`)}
</button>
</footer>
</form>`}async submit(e){if(e.preventDefault(),!this.busy){this.busy=!0,this.failure=null;try{if(!await this.fields.check())return;let{wanted:e,key:t}=await this.attempts.next(this.fields.fingerprint,()=>this.wanted());await this.create(e,t)}catch(e){await this.refused(e)}finally{this.busy=!1}}}wanted(){return Object.fromEntries(Object.entries(this.fields.chosen).filter(([,e])=>e))}async refused(t){await this.fields.refused(t)||(this.failure=t,e(t)&&(this.attempts.inDoubt=!0,this.dispatchEvent(new CustomEvent(`acc-doubt`,{bubbles:!0,composed:!0}))),await y(this))}cancel(){this.dispatchEvent(new CustomEvent(`acc-cancel`))}static{this.styles=[x,w,S,J]}};b([m({attribute:!1})],Y.prototype,`user`,void 0),b([m({attribute:!1})],Y.prototype,`create`,void 0),b([o()],Y.prototype,`busy`,void 0),b([o()],Y.prototype,`failure`,void 0),Y=b([v(`acc-create-form`)],Y);var X=class extends g{constructor(...e){super(...e),this.user=null,this.tokenEndpoint=``,this.opened=!1,this.created=null,this.pending=!1,this.lost=``,this.failure=null,this.secret=new B(this),this.key=``,this.localized=new _(this),this.panel=new V(this,this.localized),this.generate=async(e,t)=>{this.pending=!0;try{this.show(await this.create(e,t))}catch(e){if(!(e instanceof l))throw e;this.lost=e.clientId,this.key=i()}finally{this.pending=!1}},this.replaceLost=()=>this.tryOnLost(async()=>{try{this.show(await this.replaceSecret(this.lost,this.key))}catch(e){if(!(e instanceof l))throw e;this.key=i(),this.show(await this.replaceSecret(this.lost,this.key))}}),this.revokeLost=()=>this.tryOnLost(async()=>{await this.revoke(this.lost),this.close()})}async open(){this.opened=!0,await this.updateComplete,this.panel.open(),await this.form?.focusName()}signedIn(){this.form?.signedIn()}get stake(){return this.secret.atStake?I(this.localized.t):null}render(){return this.created?this.renderCreated(this.created):this.lost?this.renderLost():this.panel.render(this.localized.t(`create.title`),this.opened&&this.user?this.renderForm(this.user):a)}renderForm(e){return E`<acc-create-form .user=${e} .create=${this.generate} @acc-cancel=${this.close}></acc-create-form>`}renderLost(){let{t:e}=this.localized;return this.panel.render(e(`lost.title`),E`<div class="content">
<p class="warning caution">${N}<span>${e(`lost.text`)}</span></p>
<dl>
<dt>${e(`columns.clientId`)}</dt>
<dd><acc-copy what=${e(`columns.clientId`)}>${this.lost}</acc-copy></dd>
</dl>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>`,E`<button type="button" class="danger" aria-disabled=${this.pending} @click=${this.revokeLost}>${e(`revoke.ask`)}</button>
<button type="button" class="primary" aria-disabled=${this.pending} @click=${this.replaceLost}>${e(`lost.replace`)}</button>`)}renderCreated(e){let{t,localization:n}=this.localized;return this.panel.render(t(`created.title`),E`<div class="content">
${F(t,this.secret,t(`created.warningDetail`))}
<dl>
<dt>${t(`columns.name`)}</dt>
<dd><bdi>${u(e.name)}</bdi></dd>
${R(n,e)}
</dl>
${L(e,this.tokenEndpoint,()=>this.exchange(e.client_id,this.secret.text))}
</div>`,E`<button type="button" class="primary" @click=${this.panel.requestClose}>${t(`created.done`)}</button>`)}updated(e){(e.get(`created`)===null&&this.created||e.has(`lost`)&&this.lost)&&this.panel.focusHeading()}show({client_secret:e,...t}){this.isConnected&&(this.secret.show(e??``),this.created=t)}async tryOnLost(e){if(!this.pending){this.pending=!0,this.failure=null;try{await e()}catch(e){this.failure=e}finally{this.pending=!1}}}closing(){this.form?.touched?this.panel.close():this.close()}close(){this.opened=!1,this.secret.forget(),this.created=null,this.lost=``,this.failure=null,this.panel.close()}disconnectedCallback(){super.disconnectedCallback(),this.close()}static{this.styles=[x,w,S,H,z]}};b([m({attribute:!1})],X.prototype,`user`,void 0),b([m({attribute:!1})],X.prototype,`tokenEndpoint`,void 0),b([m({attribute:!1})],X.prototype,`create`,void 0),b([m({attribute:!1})],X.prototype,`replaceSecret`,void 0),b([m({attribute:!1})],X.prototype,`revoke`,void 0),b([m({attribute:!1})],X.prototype,`exchange`,void 0),b([o()],X.prototype,`opened`,void 0),b([o()],X.prototype,`created`,void 0),b([o()],X.prototype,`pending`,void 0),b([o()],X.prototype,`lost`,void 0),b([o()],X.prototype,`failure`,void 0),b([h(`acc-create-form`)],X.prototype,`form`,void 0),X=b([v(`acc-create-panel`)],X);var Z=class extends g{constructor(...e){super(...e),this.scopes=[],this.busy=!1,this.failure=null,this.others=[],this.localized=new _(this),this.fields=new K(this,this.localized)}get touched(){return this.fields.touched}willUpdate(){this.hasUpdated||(this.base={credential:this.credential,etag:this.etag},this.fields.start(this.scopes,this.credential))}firstUpdated(e){this.fields.focusName()}render(){let{t:e}=this.localized;return E`<form novalidate @submit=${this.submit}>
<div class="content">
${this.fields.render()}
${this.others.length?E`<div class="caution" role="alert">
<p class="warning">${N}<strong>${e(`edit.conflict`)}</strong></p>
<ul>
${this.others.map(e=>E`<li>${e}</li>`)}
</ul>
<p>${e(`edit.conflictHint`)}</p>
</div>`:a}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>
<footer>
<button type="button" @click=${()=>this.dispatchEvent(new CustomEvent(`acc-cancel`))}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>${e(this.busy?`edit.busy`:`edit.save`)}</button>
</footer>
</form>`}async submit(e){if(e.preventDefault(),!this.busy){this.busy=!0,this.failure=null;try{if(!await this.fields.check())return;let e=this.patch();Object.keys(e).length>0&&await this.edit(e,this.base.etag),this.dispatchEvent(new CustomEvent(`acc-done`))}catch(e){await this.refused(e)}finally{this.busy=!1}}}patch(){let{chosen:e}=this.fields,{credential:t}=this.base,n=W.filter(n=>e[n]!==void 0&&!q(e[n],t[n]));return Object.fromEntries(n.map(t=>[t,e[t]]))}async refused(e){if(await this.fields.refused(e))return;let t=se(e)?await this.read():null;t?.etag?this.meet(t.credential,t.etag):this.failure=e,await y(this)}meet(e,t){let n=this.base.credential,r=new Set(Object.keys(this.patch())),i=W.filter(t=>!q(e[t],n[t]));this.others=i.map(t=>ce(this.localized.localization,t,n,e)),this.base={credential:e,etag:t},this.fields.start(this.scopes,e,r)}static{this.styles=[x,w,S,J]}};b([m({attribute:!1})],Z.prototype,`scopes`,void 0),b([m({attribute:!1})],Z.prototype,`credential`,void 0),b([m({attribute:!1})],Z.prototype,`etag`,void 0),b([m({attribute:!1})],Z.prototype,`edit`,void 0),b([m({attribute:!1})],Z.prototype,`read`,void 0),b([o()],Z.prototype,`busy`,void 0),b([o()],Z.prototype,`failure`,void 0),b([o()],Z.prototype,`others`,void 0),Z=b([v(`acc-edit-form`)],Z);var le=[`0`,`3600`,`86400`,`604800`,`2592000`,`open`],Q=class extends g{constructor(...e){super(...e),this.busy=!1,this.overlap=`86400`,this.failure=null,this.lost=``,this.crowded=!1,this.localized=new _(this),this.attempts=new d}render(){let{t:e}=this.localized,{crowded:t}=this;return E`<form novalidate @submit=${this.submit}>
<div class="content">
<p>${e(`rotate.text`)}</p>
${this.lost?E`<p class="warning caution">${N}<span>${e(`rotate.lost`)}</span></p>`:E`<fieldset class="field">
<legend>${e(`rotate.overlap`)}</legend>
${t?E`<p class="hint">${e(`rotate.crowded`)}</p>`:a}
${le.filter(e=>!t||e===`0`).map(t=>E`<label class="choice">
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
${this.attempts.inDoubt?E`<p class="warning caution">${N}<span>${e(`rotate.doubt`)}</span></p>`:a}
</div>
<footer>
<button type="button" @click=${()=>this.busy||this.dispatchEvent(new CustomEvent(`acc-cancel`))}>${e(`cancel`)}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>
${this.busy?e(`rotate.busy`):this.lost?e(`rotate.another`):this.attempts.inDoubt?e(`retry`):e(`rotate.submit`)}
</button>
</footer>
</form>`}willUpdate(){this.hasUpdated||(this.crowded=ee(this.credential).length>1),this.crowded&&(this.overlap=`0`)}firstUpdated(){this.renderRoot.querySelector(`input:checked, input`)?.focus()}async submit(t){if(t.preventDefault(),this.busy)return;this.busy=!0,this.failure=null,this.waiting(!0);let n=this.overlap===`open`?null:Number(this.overlap);try{let{wanted:e,key:t}=await this.attempts.next(`${this.lost} ${n}`,()=>n);this.made(await(this.lost?this.replace(this.lost,e,t):this.add(e,t)))}catch(t){t instanceof l?(this.lost=t.secretId,this.attempts.startAnew()):(this.failure=t,this.attempts.inDoubt||=e(t)),await y(this)}finally{this.busy=!1,this.waiting(!1)}}static{this.styles=[x,w,S,J,c`
.choice {
align-items: center;
}
`]}};b([m({attribute:!1})],Q.prototype,`credential`,void 0),b([m({attribute:!1})],Q.prototype,`add`,void 0),b([m({attribute:!1})],Q.prototype,`replace`,void 0),b([m({attribute:!1})],Q.prototype,`made`,void 0),b([m({attribute:!1})],Q.prototype,`waiting`,void 0),b([o()],Q.prototype,`busy`,void 0),b([o()],Q.prototype,`overlap`,void 0),b([o()],Q.prototype,`failure`,void 0),b([o()],Q.prototype,`lost`,void 0),Q=b([v(`acc-rotate-form`)],Q);var $=class extends g{constructor(...e){super(...e),this.view=null,this.mayWrite=!1,this.mode=`details`,this.told=null,this.pending=!1,this.secret=new B(this),this.localized=new _(this),this.panel=new V(this,this.localized),this.read=()=>void this.consoleState.shown?.read(),this.made=({client_secret:e})=>{this.isConnected&&(this.mode=`secret`,this.secret.show(e??``))},this.seen=()=>{this.mayLeave()&&(this.show(`details`),this.read())}}begin(e){this.mode=e,this.told=null}tell(e){this.told=e}keepFocus(){this.shadowRoot?.activeElement||this.panel.focusHeading()}mayLeave(){return!this.pending&&!this.stake||(this.panel.requestClose(),!1)}get stake(){let{t:e}=this.localized;return this.secret.atStake?I(e):this.mode===`edit`&&this.editForm?.touched?{question:e(`edit.notSaved`),lose:e(`edit.discard`)}:null}closing(){this.show(`details`),this.dispatchEvent(new CustomEvent(`acc-left`))}show(e){this.secret.forget(),this.begin(e)}willUpdate(e){let{credential:t}=this.view??{};this.mode!==`details`&&this.mode!==`secret`&&t?.status===`revoked`&&(this.mode=`details`),e.has(`view`)&&e.get(`view`)&&e.get(`view`)?.clientId!==this.view?.clientId&&this.show(`details`)}updated(e){let t=e.get(`view`);if(!this.view)return this.panel.close();this.panel.isOpen||this.panel.open(),(e.has(`view`)&&t?.clientId!==this.view.clientId||e.has(`mode`))&&this.panel.focusHeading()}render(){let{t:e}=this.localized,t=this.view?.credential;if(!this.view)return this.panel.render(``,a);if(!t)return this.panel.render(e(`title`),E`<div class="content">${this.renderFailure()}</div>`);let{mode:n}=this;return n===`secret`?this.renderSecret(t):n===`rotate`?this.panel.render(e(`rotate.title`,{name:t.name}),this.renderRotate(t)):n===`edit`?this.panel.render(e(`edit.title`,{name:t.name}),this.renderEdit(t)):this.panel.render(u(t.name),this.renderDetails(t),this.mayWrite?this.renderActions(t):a)}renderFailure(){let e=this.view?.failure;return E`<acc-notice .failure=${e} retryable ?hidden=${!e} @acc-retry=${this.read}></acc-notice>
${e||this.view?.credential?a:E`<p class="muted" role="status">${this.localized.t(`loading`)}</p>`}`}renderDetails(e){let{t,localization:i}=this.localized,o=r(e),s=this.mayWrite&&e.status!==`revoked`;return E`<p class="told passed" role="status">${this.told?.(t)}</p>
<div class="content">
${this.renderFailure()}
<dl>
<dt>${t(`credential.status`)}</dt>
<dd><strong>${t(`status.${e.status}`)}</strong> ${ue(t,e)}</dd>
${R(i,e)}
<dt>${t(`credential.use`)}</dt>
<dd>${te(t,e)}</dd>
</dl>
${e.keys.length?E`<section><h3>${t(`credential.keys`)}</h3>${j(i,e,s?t=>this.removeKey(e,t):null)}</section>`:E`<section>
<h3>${t(`credential.secrets`)}</h3>
${n(i,e,s?t=>this.endSecret(e,t):null)}
${o?E`<p class=${o.isNeeded?`caution`:`passed`}>${o.words(t)}</p>
${s?E`<button type="button" class="danger" @click=${()=>this.endSecret(e,o.old)}>${t(`credential.endOld`)}</button>`:a}`:a}
</section>`}
<section><h3>${t(`credential.history`)}</h3>${this.renderHistory(e)}</section>
</div>`}renderHistory(e){let t=this.view.history,{t:n,localization:r}=this.localized,i=({action:t})=>{let i=`audit.action.${t}`;return r.has(i)?n(i,{name:e.name}):t};return E`<acc-notice .failure=${t.failure} retryable ?hidden=${!t.failure} @acc-retry=${this.read}></acc-notice>
<ul class="items" aria-busy=${C(t)}>
${t.items.map(e=>E`<li>
<div>
<p>${i(e)}</p>
<p class="muted"><time datetime=${e.at}>${r.dateAndSecond(e.at)}</time> · <bdi>${T(n,e.actor)}</bdi> · ${e.source_ip}</p>
</div>
</li>`)}
</ul>
<div class="more">
${t.more?E`<button type="button" @click=${()=>this.consoleState.shown?.showMoreHistory()}>${n(`showMore`)}</button>`:a}
<button type="button" @click=${()=>this.dispatchEvent(new CustomEvent(`acc-events`,{detail:e.client_id}))}>
${n(`credential.toAuditTrail`)}
</button>
</div>`}renderActions(e){let t=k(e);return t.length?t.map(n=>E`<button
type="button"
class=${n===`revoke`?`danger`:n===t.at(-1)?`primary`:``}
@click=${()=>this.act(n,e)}
>
${this.localized.t(`action.${n}`)}
</button>`):a}act(e,t){e===`edit`||e===`rotate`?this.show(e):this.dispatchEvent(new CustomEvent(`acc-act`,{detail:{action:e,credential:t}}))}renderEdit(e){let{view:t,consoleState:n}=this;return t?.etag?E`<acc-edit-form
.scopes=${n.user?.scopes??[]}
.credential=${e}
.etag=${t.etag}
.edit=${(t,r)=>n.changes.edit(e.client_id,t,r)}
.read=${()=>n.changes.read(e.client_id)}
@input=${()=>this.requestUpdate()}
@acc-cancel=${()=>this.show(`details`)}
@acc-done=${()=>this.saved()}
></acc-edit-form>`:E`<div class="content">${this.renderFailure()}</div>`}renderRotate(e){let{changes:t}=this.consoleState,n=e.client_id;return E`<acc-rotate-form
.credential=${e}
.add=${(e,r)=>t.addSecret(n,e,r)}
.replace=${(e,r,i)=>t.replaceLostSecret(n,e,r,i)}
.made=${this.made}
.waiting=${e=>this.pending=e}
@acc-cancel=${()=>this.show(`details`)}
></acc-rotate-form>`}renderSecret(e){let{consoleState:t,secret:n}=this,{t:r}=this.localized;return this.panel.render(r(`rotate.done`),E`<div class="content">
${F(r,n,r(`rotate.hint`))}
${L(e,t.tokenEndpoint,()=>t.exchange(e.client_id,n.text))}
</div>`,E`<button type="button" class="primary" @click=${this.seen}>${r(`created.done`)}</button>`)}saved(){this.show(`details`),this.told=e=>e(`credential.saved`)}async endSecret(e,t){let n=e.client_id,r=(await this.consoleState.changes.read(n))?.credential??e;this.ask(M(r,r.secrets.find(e=>e.secret_id===t.secret_id)??t,async()=>{await this.consoleState.changes.endSecret(n,t.secret_id),this.told=e=>e(`credential.secretEnded`)}))}removeKey(e,t){this.ask(p(e,t,async()=>{await this.consoleState.changes.removeKey(e.client_id,t),this.told=e=>e(`credential.keyRemoved`)}))}static{this.styles=[x,w,S,H,z,t,c`
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
`]}};b([m({attribute:!1})],$.prototype,`consoleState`,void 0),b([m({attribute:!1})],$.prototype,`view`,void 0),b([m({attribute:!1})],$.prototype,`mayWrite`,void 0),b([m({attribute:!1})],$.prototype,`ask`,void 0),b([o()],$.prototype,`mode`,void 0),b([o()],$.prototype,`told`,void 0),b([o()],$.prototype,`pending`,void 0),b([h(`acc-edit-form`)],$.prototype,`editForm`,void 0),$=b([v(`acc-credential-panel`)],$);function ue(e,t){let{revoked_at:n,revoked_by:r,suspended_at:i,suspended_by:a}=t;return t.status===`revoked`&&n?e(`revokedOn`,{date:new Date(n),by:r?.name??``}):t.status===`suspended`&&i?e(`suspendedOn`,{date:new Date(i),by:a?.name??``}):``}