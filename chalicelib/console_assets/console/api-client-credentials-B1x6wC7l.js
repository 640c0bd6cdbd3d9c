var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,ee=globalThis,te=ee.trustedTypes,ne=te?te.emptyScript:``,re=ee.reactiveElementPolyfillSupport,h=(e,t)=>e,ie={toAttribute(e,t){switch(t){case Boolean:e=e?ne:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},ae=(e,t)=>!l(e,t),oe={attribute:!0,type:String,converter:ie,reflect:!1,useDefault:!1,hasChanged:ae};Symbol.metadata??=Symbol(`metadata`),ee.litPropertyMetadata??=new WeakMap;var g=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=oe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??oe}static _$Ei(){if(this.hasOwnProperty(h(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(h(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(h(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ie:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ie:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??ae)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};g.elementStyles=[],g.shadowRootOptions={mode:`open`},g[h(`elementProperties`)]=new Map,g[h(`finalized`)]=new Map,re?.({ReactiveElement:g}),(ee.reactiveElementVersions??=[]).push(`2.1.2`);var se=globalThis,ce=e=>e,le=se.trustedTypes,ue=le?le.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,de=`$lit$`,_=`lit$${Math.random().toFixed(9).slice(2)}$`,fe=`?`+_,pe=`<${fe}>`,v=document,me=()=>v.createComment(``),he=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ge=Array.isArray,_e=e=>ge(e)||typeof e?.[Symbol.iterator]==`function`,ve=`[ 	
\f\r]`,ye=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,be=/-->/g,xe=/>/g,y=RegExp(`>|${ve}(?:([^\\s"'>=/]+)(${ve}*=${ve}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Se=/'/g,Ce=/"/g,we=/^(?:script|style|textarea|title)$/i,Te=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),b=Te(1),x=Te(2),S=Symbol.for(`lit-noChange`),C=Symbol.for(`lit-nothing`),Ee=new WeakMap,w=v.createTreeWalker(v,129);function De(e,t){if(!ge(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ue===void 0?t:ue.createHTML(t)}var Oe=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=ye;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===ye?c[1]===`!--`?o=be:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=y):(we.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=y):o=xe:o===y?c[0]===`>`?(o=i??ye,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?y:c[3]===`"`?Ce:Se):o===Ce||o===Se?o=y:o===be||o===xe?o=ye:(o=y,i=void 0);let d=o===y&&e[t+1].startsWith(`/>`)?` `:``;a+=o===ye?n+pe:l>=0?(r.push(s),n.slice(0,l)+de+n.slice(l)+_+d):n+_+(l===-2?t:d)}return[De(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},ke=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Oe(t,n);if(this.el=e.createElement(l,r),w.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=w.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(de)){let t=u[o++],n=i.getAttribute(e).split(_),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Me:r[1]===`?`?Ne:r[1]===`@`?Pe:E}),i.removeAttribute(e)}else e.startsWith(_)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(we.test(i.tagName)){let e=i.textContent.split(_),t=e.length-1;if(t>0){i.textContent=le?le.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],me()),w.nextNode(),c.push({type:2,index:++a});i.append(e[t],me())}}}else if(i.nodeType===8){if(i.data===fe)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(_,e+1))!==-1;)c.push({type:7,index:a}),e+=_.length-1}}a++}}static createElement(e,t){let n=v.createElement(`template`);return n.innerHTML=e,n}};function T(e,t,n=e,r){if(t===S)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=he(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=T(e,i._$AS(e,t.values),i,r)),t}var Ae=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??v).importNode(t,!0);w.currentNode=r;let i=w.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new je(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Fe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=w.nextNode(),a++)}return w.currentNode=v,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},je=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=C,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=T(this,e,t),he(e)?e===C||e==null||e===``?(this._$AH!==C&&this._$AR(),this._$AH=C):e!==this._$AH&&e!==S&&this._(e):e._$litType$===void 0?e.nodeType===void 0?_e(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==C&&he(this._$AH)?this._$AA.nextSibling.data=e:this.T(v.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=ke.createElement(De(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Ae(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=Ee.get(e.strings);return t===void 0&&Ee.set(e.strings,t=new ke(e)),t}k(t){ge(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(me()),this.O(me()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=ce(e).nextSibling;ce(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},E=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=C,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=C}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=T(this,e,t,0),a=!he(e)||e!==this._$AH&&e!==S,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=T(this,r[n+o],t,o),s===S&&(s=this._$AH[o]),a||=!he(s)||s!==this._$AH[o],s===C?e=C:e!==C&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===C?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Me=class extends E{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===C?void 0:e}},Ne=class extends E{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==C)}},Pe=class extends E{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=T(this,e,t,0)??C)===S)return;let n=this._$AH,r=e===C&&n!==C||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==C&&(n===C||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Fe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){T(this,e)}},Ie={M:de,P:_,A:fe,C:1,L:Oe,R:Ae,D:_e,V:T,I:je,H:E,N:Ne,U:Pe,B:Me,F:Fe},Le=se.litHtmlPolyfillSupport;Le?.(ke,je),(se.litHtmlVersions??=[]).push(`3.3.3`);var Re=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new je(t.insertBefore(me(),e),e,void 0,n??{})}return i._$AI(e),i},ze=globalThis,D=class extends g{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Re(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return S}};D._$litElement$=!0,D.finalized=!0,ze.litElementHydrateSupport?.({LitElement:D});var Be=ze.litElementPolyfillSupport;Be?.({LitElement:D}),(ze.litElementVersions??=[]).push(`4.2.2`);var Ve={attribute:!0,type:String,converter:ie,reflect:!1,hasChanged:ae},He=(e=Ve,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function O(e){return(t,n)=>typeof n==`object`?He(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function k(e){return O({...e,state:!0,attribute:!1})}var Ue=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function A(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return Ue(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return Ue(n,r,{get(){return a(this)}})}}var j=class extends Error{constructor(e,t,n,r,i=[]){super(t),this.title=t,this.detail=n,this.requestId=r,this.faults=i,this.status=e}},We=class extends Error{constructor(e){super(),this.clientId=e}},M=class extends Error{},Ge=class extends Error{};function Ke(e){return e instanceof Ge||e instanceof j&&e.status>=500}var qe=3e4,Je=`urn:problem-type:already_created`,Ye=class{constructor(e,t,n=(e,t)=>fetch(e,t)){this.base=e,this.tokenProvider=t,this.fetcher=n}get tokenEndpoint(){return this.address(`/oauth/token`)}consoleUser(){return this.call(`GET`,`/v1/console-user`,{})}async credentials(e,t){let n=await this.call(`GET`,`/v1/credentials`,{query:{status:e,...Xe(t)}});return{items:n.credentials,nextCursor:n.next_cursor}}credential(e){return this.call(`GET`,`/v1/credentials/{client_id}`,{path:{client_id:e}})}create(e,t){return this.call(`POST`,`/v1/credentials`,{body:e},t)}addSecret(e,t,n){let r={path:{client_id:e},body:{overlap_seconds:t}};return this.call(`POST`,`/v1/credentials/{client_id}/secrets`,r,n)}revoke(e){return this.call(`POST`,`/v1/credentials/{client_id}/revoke`,{path:{client_id:e}})}revokeAll(e){return this.call(`POST`,`/v1/credentials/revoke-all`,{},e)}revocation(e){return this.call(`GET`,`/v1/revocations/{revocation_id}`,{path:{revocation_id:e}})}async auditEvents(e,t){let n=await this.call(`GET`,`/v1/audit-events`,{query:{...e,...Xe(t)}});return{items:n.audit_events,nextCursor:n.next_cursor}}async exportAuditEvents(e){let t=[],n=null;do{let r={...e,...Xe(n)},i=await this.answer(`GET`,`/v1/audit-events`,{query:r},{Accept:`application/jsonl`});t.push(await i.text());let a=/<([^>]*)>; *rel="next"/.exec(i.headers.get(`Link`)??``)?.[1];n=a?new URL(a).searchParams.get(`cursor`):null}while(n!==null);return t}async exchange(e,t){let n=await this.send(this.tokenEndpoint,{method:`POST`,headers:{Authorization:`Basic ${btoa(`${e}:${t}`)}`},body:new URLSearchParams({grant_type:`client_credentials`})});if(n.ok)return await Ze(n);let r=await Ze(n);throw new j(n.status,r?.error??n.statusText,r?.error_description??``,$e(n,null))}async call(e,t,n,r){return await Ze(await this.answer(e,t,n,r===void 0?{}:{"Idempotency-Key":r}))}async answer(e,t,{body:n,...r},i){let a={Authorization:`Bearer ${await this.token()}`,...i};n!==void 0&&(a[`Content-Type`]=`application/json`);let o=await this.send(this.address(t,r),{method:e,headers:a,...n===void 0?{}:{body:JSON.stringify(n)}});if(o.status===401)throw new M;if(!o.ok)throw await Qe(o);return o}async token(){try{return await this.tokenProvider()}catch{throw new M}}async send(e,t){try{return await this.fetcher(e,{...t,cache:`no-store`,credentials:`omit`,signal:AbortSignal.timeout(qe)})}catch{throw new Ge}}address(e,{path:t={},query:n}={}){let r=e.replace(/{(\w+)}/g,(e,n)=>encodeURIComponent(t[n]??``)),i=n?`?${new URLSearchParams(Object.entries(n).map(([e,t])=>[e,String(t)]))}`:``;return this.base.replace(/\/+$/,``)+r+i}};function Xe(e){return e===null?{}:{cursor:e}}async function Ze(e){try{return await e.json()}catch{if(e.ok)throw new Ge;return null}}async function Qe(e){let t=await Ze(e);return t?.type===Je&&t.client_id?new We(t.client_id):new j(e.status,t?.title??e.statusText,t?.detail??``,$e(e,t?.request_id),t?.errors)}function $e(e,t){return t??e.headers.get(`X-Request-Id`)}function et(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),e=>e.toString(16).padStart(2,`0`)).join(``)}function tt(){let e=document.documentElement.lang;return navigator.languages.find(t=>t.split(`-`)[0]===e.split(`-`)[0])??(e||void 0)}function N(e){return new Intl.DateTimeFormat(tt(),{dateStyle:`medium`,timeStyle:`short`}).format(new Date(e))}function nt(e){return new Intl.DateTimeFormat(tt(),{dateStyle:`medium`,timeStyle:`medium`}).format(new Date(e))}function rt(e){let t=e=>String(e).padStart(2,`0`);return`${e.getFullYear()}-${t(e.getMonth()+1)}-${t(e.getDate())}`}function it(e){return e.toISOString().replace(/\.\d+Z$/,`Z`)}function at(e){return new Date(`${e}T23:59:59`)}function ot(e,t){return new Date(e.getTime()+t*864e5)}function st(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(new Blob([...t],{type:`application/jsonl`})),n.download=e,n.click(),URL.revokeObjectURL(n.href)}var ct=[String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,...[String.raw`\p{Script=Arabic}`,String.raw`\p{Script=Devanagari}`,String.raw`\p{Script=Bengali}`,String.raw`\p{Script=Gurmukhi}`,String.raw`\p{Script=Gujarati}`,String.raw`\p{Script=Oriya}`,String.raw`\p{Script=Tamil}`,String.raw`\p{Script=Telugu}`,String.raw`\p{Script=Kannada}`,String.raw`\p{Script=Malayalam}`,String.raw`\p{Script=Sinhala}`].map(e=>String.raw`(?<=${e})[\u200C\u200D](?=${e})`)].join(`|`),lt=String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`,ut=RegExp(`(${ct})|${lt}`,`gu`),dt=/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;function P(e){return e.replace(ut,(e,t)=>t===void 0?`⟨U+${e.codePointAt(0).toString(16).toUpperCase().padStart(4,`0`)}⟩`:e)}function F(e){return dt.test(e)?`\u2068${P(e)}\u2069`:P(e)}function I(e){return`…${e.slice(-8)}`}function ft(e){return e.phase===`loading`||e.phase===`slow`}var pt=400,mt=10,ht=class{constructor(e,t){this.page=e,this.changed=t,this.view={phase:`loading`,items:[],more:!1,failure:null},this.cursor=null,this.again=null,this.turn=0}reload(e=!1){return e&&(this.view={...this.view,items:[],more:!1}),this.load(null,()=>[])}loadMore(){return this.load(this.cursor,()=>this.view.items)}prepend(e){this.change([e,...this.view.items])}update(e){this.change(this.view.items.map(e).filter(e=>e!==null))}change(e){this.show({items:e}),this.again?.()}async load(e,t){let n=++this.turn;this.again=()=>this.load(e,t),this.show({phase:`loading`,failure:null});let r=setTimeout(()=>{n===this.turn&&this.show({phase:`slow`})},pt);try{let i=[],a=e;for(let e=0;e<mt;e++){let e=await this.page(a);if(i=e.items,a=e.nextCursor,i.length>0||a===null)break}if(clearTimeout(r),n!==this.turn)return;this.again=null,this.cursor=a,this.show({phase:`ready`,items:[...t(),...i],more:a!==null})}catch(e){if(clearTimeout(r),n!==this.turn)return;this.again=null,this.show({phase:`failed`,failure:e})}}show(e){this.view={...this.view,...e},this.changed()}},gt=300,_t=2e3,vt=5,yt=class{constructor(e,t,n=e=>new Promise(t=>setTimeout(t,e))){this.api=e,this.changed=t,this.pause=n,this.user=null,this.userFailure=null,this.filter=`active`,this.auditFilter={},this.revocation=null,this.revocationInterrupted=!1,this.stopped=!1,this.credentials=new ht(t=>e.credentials(this.filter,t),t),this.auditEvents=new ht(t=>e.auditEvents(this.auditFilter,t),t)}get mayWrite(){return this.user?.roles.includes(`admin`)??!1}get tokenEndpoint(){return this.api.tokenEndpoint}async start(){await Promise.all([this.refreshUser(),this.credentials.reload()])}async refreshUser(){try{this.user=await this.api.consoleUser(),this.userFailure=null}catch(e){this.userFailure=e}this.changed()}showOnly(e){return this.filter=e,this.credentials.reload(!0)}showEvents(e){return this.auditFilter=e,this.auditEvents.reload(!0)}exportEvents(){return this.api.exportAuditEvents(this.auditFilter)}async create(e,t){let n=await this.api.create(e,t),{client_secret:r,...i}=n;return(this.filter===`active`||this.filter===`all`)&&this.credentials.prepend(i),n}credential(e){return this.api.credential(e)}replaceSecret(e,t){return this.api.addSecret(e,0,t)}async revoke(e){let t=await this.api.revoke(e).catch(async t=>{if(!Ke(t))throw t;let n=await this.api.credential(e).catch(()=>null);if(n?.status!==`revoked`)throw t;return n});return this.credentials.update(n=>n.client_id===e?this.filter===`all`||this.filter===`revoked`?t:null:n),t}async revokeAll(e){this.revocation=await this.api.revokeAll(e),this.revocationInterrupted=!1,this.changed(),this.credentials.reload(!0),this.auditEvents.reload(),this.followRevocation(this.revocation.revocation_id)}exchange(e,t){return this.api.exchange(e,t)}dismissRevocation(){this.revocation=null,this.changed()}stop(){this.stopped=!0}async followRevocation(e){let t=gt,n=0;for(;!this.stopped&&this.revocation?.revocation_id===e&&!this.revocation.completed_at;){await this.pause(t),t=Math.min(t*1.5,_t);try{let t=await this.api.revocation(e);this.revocation?.revocation_id===e&&(this.revocation=t),n=0}catch{n+=1}if(this.revocationInterrupted=n>=vt,this.changed(),this.revocationInterrupted)return}await Promise.all([this.refreshUser(),this.auditEvents.reload()])}},L={title:`API Client Credentials`,introduction:`Your programs exchange a credential for a short-lived access token and call the API with it.`,tabs:{label:`API Client Credentials`,credentials:`Credentials`,auditTrail:`Audit trail`},notConfigured:`This element shows API client credentials once the page gives it`,readOnly:`You can look, but not change anything: your role is viewer.`,generate:`Generate Client Credentials`,revoke:`Revoke`,revokeAll:`Revoke all`,cancel:`Cancel`,close:`Close`,refresh:`Refresh`,retry:`Try again`,repeat:`Repeat`,signInAgain:`Sign in again`,showMore:`Show more`,copy:e=>`Copy ${e}`,copied:e=>`${e} copied`,copyFailed:`The browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.`,columns:{name:`Token Name`,clientId:`Client ID`,createdBy:`Created By`,createdOn:`Created On`,actions:`Actions`},filter:{label:`Show`,active:`Active`,expiring:`Expiring soon`,suspended:`Suspended`,expired:`Expired`,revoked:`Revoked`,all:`All`},status:{active:`Active`,suspended:`Suspended`,expired:`Expired`,revoked:`Revoked`},noScopes:`No scopes`,expiresOn:e=>`Expires ${e}`,expiredOn:e=>`Expired ${e}`,suspendedOn:(e,t)=>`Suspended ${e} by ${F(t)}`,revokedOn:(e,t)=>`Revoked ${e} by ${F(t)}`,moreActions:(e,t)=>`Actions for ${F(e)}, ${t}`,loading:`Loading…`,searchFurther:`Search further`,searchingFurther:{title:`Nothing found so far`,text:`There is more to search.`},stillLoading:`Still loading…`,shown:e=>e===1?`1 credential shown`:`${e} credentials shown`,empty:{active:{title:`No active credentials`,text:`Generate one, give it the name of the program that will use it, and copy its Token Secret.`,viewerText:`An admin of your organisation can generate one.`},expiring:{title:`No credentials that expire soon`,text:`Active credentials whose expiry date is near appear here.`},suspended:{title:`No suspended credentials`,text:`Credentials that cannot be used until somebody resumes them appear here.`},revoked:{title:`No revoked credentials`,text:`Credentials that somebody revoked appear here.`},expired:{title:`No expired credentials`,text:`Credentials that reached their expiry date appear here.`},all:{title:`No credentials yet`,text:`Credentials appear here once somebody has generated one.`}},create:{title:`Generate Client Credentials`,name:`Token Name`,nameHint:`The program that will use it, for example “Invoice export”.`,nameMissing:`Enter a name.`,nameTooLong:e=>`Use at most ${e} characters.`,scopes:`Scopes`,scopesHint:`What the program may do. Choose no more than it needs.`,expiry:`Expires`,expiryChoices:{never:`Never`,30:`In 30 days`,90:`In 90 days`,365:`In 1 year`,date:`On a date…`},expiryDate:`Last day`,expiryDateHint:`It works until the end of this day, in your time zone.`,expiryDateMissing:`Choose a day from today on.`,submit:`Generate`,submitting:`Generating…`,doubt:`No answer came back, so a credential with this name may exist already. Try again with nothing changed: it is generated once, however often you try.`},lost:{title:`The credential exists already`,text:`It was generated when no answer came back. Its Token Secret was in that answer and cannot be shown again: get a new one, which ends the lost one at once, or revoke the credential.`,replace:`Get a new Token Secret`},created:{title:`Your new credential`,secret:`Token Secret`,warning:`Copy the Token Secret now. It will not be shown again.`,warningDetail:`Nobody can look it up later. If it gets lost, generate another credential and revoke this one.`,scopes:`Scopes`,expires:`Expires`,never:`Never`,notCopied:`You have not copied the Token Secret. Once this panel closes it is gone.`,closeAnyway:`Close without copying`,keepOpen:`Keep open`,done:`Done`},useIt:{title:`Use it`,introduction:`Put the Token Secret in the environment variable CLIENT_SECRET, then ask for an access token:`,languages:`Language`,code:`code`,test:`Test this credential`,testing:`Testing…`,testHint:`Exchanges it for an access token, from this page.`,passed:e=>`It works. This access token is good for another ${e} seconds. A program goes by the expires_in of each answer: a token may come again, and then less is left.`,header:`Header`,claims:`Claims`},confirmRevoke:{title:e=>`Revoke “${F(e)}”?`,which:(e,t,n)=>`Client ID ${e}, generated ${t} by ${F(n)}.`,text:`Programs that use this credential can no longer get an access token. This takes effect at once and cannot be undone.`,tokens:`Access tokens it already has stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.`,button:`Revoke`,busy:`Revoking…`},confirmRevokeAll:{title:`Revoke all credentials?`,text:e=>e===1?`The 1 active credential of your organisation stops working at once.`:`All ${e} active credentials of your organisation stop working at once, whoever generated them.`,programs:`Every program that calls the API with one of them is locked out until you give it a new credential. This cannot be undone.`,tokens:`Access tokens they already have stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.`,understand:`I understand that these programs stop working.`,button:e=>e===1?`Revoke 1 credential`:`Revoke all ${e} credentials`,busy:`Revoking…`,known:e=>e===0?`No answer came back, but no credential is active any more. Repeat it to see how far they are marked: it is carried out once.`:`No answer came back, so it may have been done or not. ${e===null?`How many credentials are active cannot be read now.`:e===1?`1 credential is active now.`:`${e} credentials are active now.`} Repeat it: it is carried out once, however often it arrives.`},actor:e=>e.type===`credential`?`${P(e.name)} (a credential)`:P(e.name),nothingToRevoke:`There is no active credential to revoke.`,revoked:e=>`“${F(e)}” is revoked.`,alreadyRevoked:(e,t,n)=>`“${F(e)}” had already been revoked by ${F(t)}, ${n}.`,revocation:{title:`All credentials have stopped working`,progress:(e,t)=>`Marking them as revoked: ${e} of ${t}`,completed:e=>e===1?`1 credential is marked as revoked.`:`${e} credentials are marked as revoked.`,interrupted:`The progress could not be read. The credentials stay revoked.`},audit:{caption:`Audit trail`,anyAction:`All events`,onlyOf:e=>`Only events of ${e}`,showAll:`Show the events of all credentials`,export:`Export`,exporting:`Exporting…`,columns:{at:`When`,actor:`Who`,action:`What`,sourceIp:`From`,requestId:`Request ID`},actions:{"credential.created":e=>`Generated “${F(e)}”`,"credential.secret_added":e=>`Added a Token Secret to “${F(e)}”`,"credential.secret_ended":e=>`Ended a Token Secret of “${F(e)}”`,"credential.key_added":e=>`Added a key to “${F(e)}”`,"credential.key_removed":e=>`Removed a key of “${F(e)}”`,"credential.edited":e=>`Edited “${F(e)}”`,"credential.suspended":e=>`Suspended “${F(e)}”`,"credential.resumed":e=>`Resumed “${F(e)}”`,"credential.expiring":e=>`“${F(e)}” ends soon`,"credential.refused":e=>`Refused “${F(e)}”`,"credential.revoked":e=>`Revoked “${F(e)}”`,"credentials.revoked_all":()=>`Revoked all credentials`,"credentials.swept":()=>`All credentials marked as revoked`},empty:{title:`Nothing recorded yet`,text:`Who generated or revoked what, and when, appears here.`},shown:e=>e===1?`1 event shown`:`${e} events shown`},failures:{signInExpired:{title:`Your sign-in has expired`,text:`Sign in again to continue. What you have entered stays here.`},offline:{title:`You are offline`,text:`Try again once the connection is back.`},unreachable:{title:`The service did not answer`,text:`Check your connection, then try again.`},unexpected:{title:`Something went wrong`,text:`Try again. If it happens again, contact support.`},signInFailed:{title:`Signing in did not work`,text:`Try again. If no window opens, allow pop-up windows for this page.`},requestId:`Request ID`},page:{title:`Developer console`,signInTitle:`Sign in to manage API client credentials`,signInText:`You will be taken to your organisation's sign-in page.`,signIn:`Sign in`,signOut:`Sign out`,notConfigured:{title:`The console is not set up`,text:`The service gave no sign-in settings. Ask its operator.`}}};function bt(e,t){let n=L.confirmRevoke;return{title:n.title(e.name),paragraphs:[n.which(I(e.client_id),N(e.created_at),e.created_by.name),n.text,n.tokens],button:n.button,busy:n.busy,action:t}}function xt(e,t,n){let r=L.confirmRevokeAll;return{title:r.title,paragraphs:[r.text(e),r.programs,r.tokens],understand:r.understand,button:r.button(e),busy:r.busy,action:t,recheck:n}}function R(e){return t=>{customElements.get(e)||customElements.define(e,t)}}var z=e=>x`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none"
stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${e}</svg>`,St=z(x`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`),Ct=z(x`<path d="m3 8.5 3.2 3.2L13 4.8"/>`),wt=z(x`<path d="m4 4 8 8M12 4l-8 8"/>`),Tt=z(x`<circle cx="3.5" cy="8" r=".75" fill="currentColor"/><circle cx="8" cy="8" r=".75" fill="currentColor"/><circle cx="12.5" cy="8" r=".75" fill="currentColor"/>`),Et=z(x`<path d="M8 3.2v9.6M3.2 8h9.6"/>`),Dt=z(x`<path d="M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.8V6H9.8"/>`),Ot=z(x`<path d="M8 2.3 14.2 13H1.8ZM8 6.5v3M8 11.3v.1"/>`),kt=z(x`<circle cx="8" cy="8" r="5.7"/><path d="M8 7.4v3.4M8 5.2v.1"/>`),At=z(x`<circle cx="5.2" cy="10.8" r="2.7"/><path d="m7.2 8.8 6-6M11.2 4.8l2 2"/>`),B=o`
:host {
--_accent: var(--acc-accent, light-dark(#2352c8, #8fb1ff));
--_on-accent: var(--acc-on-accent, light-dark(#ffffff, #0c1530));
--_text: var(--acc-text, light-dark(#1a1f29, #e6e9ef));
--_muted: var(--acc-muted, light-dark(#586173, #9ba5b5));
--_surface: var(--acc-surface, light-dark(#ffffff, #171a20));
--_raised: var(--acc-raised, light-dark(#ffffff, #1d2128));
--_sunken: var(--acc-sunken, light-dark(#f5f6f8, #101318));
--_line: var(--acc-line, light-dark(#e1e4ea, #2c323c));
--_control: var(--acc-control, light-dark(#868e9c, #6b7584));
--_danger: var(--acc-danger, light-dark(#b3261e, #ff9d94));
--_on-danger: var(--acc-on-danger, light-dark(#ffffff, #3a0905));
--_danger-soft: var(--acc-danger-soft, light-dark(#fdf1f0, #2e1b1b));
--_warning: var(--acc-warning, light-dark(#8a5300, #f2c069));
--_warning-soft: var(--acc-warning-soft, light-dark(#fff6e3, #2b2417));
--_success: var(--acc-success, light-dark(#1a6b3c, #7fd3a0));
--_radius: var(--acc-radius, 8px);
--_font: var(--acc-font, system-ui, sans-serif);
--_mono: var(--acc-mono, ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace);
--_size: var(--acc-font-size, 0.875rem);
color: var(--_text);
font: var(--_size) / 1.5 var(--_font);
}
`,V=o`
*,
::before,
::after {
box-sizing: border-box;
}
[hidden] {
display: none !important;
}
h2,
h3,
p,
dl,
dd,
ul,
pre {
margin: 0;
padding: 0;
}
button,
input,
select {
font: inherit;
color: inherit;
}
.icon {
display: block;
flex: none;
}
button {
display: inline-flex;
align-items: center;
justify-content: center;
gap: 0.5em;
min-block-size: 2.25rem;
padding: 0.25rem 0.875rem;
border: 1px solid var(--_line);
border-radius: calc(var(--_radius) * 0.75);
background: var(--_raised);
font-weight: 500;
cursor: pointer;
transition: background-color 120ms, border-color 120ms;
}
button:hover:not(:disabled, [aria-disabled="true"]) {
border-color: var(--_control);
background: color-mix(in oklab, var(--_raised), var(--_text) 4%);
}
button:disabled,
button[aria-disabled="true"] {
cursor: default;
opacity: 0.6;
}
button.primary {
border-color: var(--_accent);
background: var(--_accent);
color: var(--_on-accent);
}
button.primary:hover:not(:disabled, [aria-disabled="true"]) {
border-color: var(--_accent);
background: color-mix(in oklab, var(--_accent), var(--_text) 14%);
}
button.danger {
color: var(--_danger);
}
button.danger.solid {
border-color: var(--_danger);
background: var(--_danger);
color: var(--_on-danger);
}
button.danger.solid:hover:not(:disabled, [aria-disabled="true"]) {
background: color-mix(in oklab, var(--_danger), var(--_text) 14%);
}
button.quiet {
min-block-size: 2rem;
min-inline-size: 2rem;
padding: 0.375rem;
border-color: transparent;
background: transparent;
color: var(--_muted);
}
button.quiet:hover:not(:disabled, [aria-disabled="true"]) {
border-color: transparent;
background: color-mix(in oklab, transparent, var(--_text) 8%);
color: var(--_text);
}
input:not([type="checkbox"]),
select {
inline-size: 100%;
min-block-size: 2.25rem;
padding: 0.25rem 0.625rem;
border: 1px solid var(--_control);
border-radius: calc(var(--_radius) * 0.75);
background: var(--_raised);
}
input[aria-invalid="true"] {
border-color: var(--_danger);
}
input[type="checkbox"] {
flex: none;
inline-size: 1.125rem;
block-size: 1.125rem;
margin: 0.125rem 0 0;
accent-color: var(--_accent);
}
:focus-visible {
outline: 2px solid var(--_accent);
outline-offset: 2px;
}
.muted {
color: var(--_muted);
}
.mono {
font-family: var(--_mono);
font-size: 0.9286em;
}
.unseen {
position: absolute;
inline-size: 1px;
block-size: 1px;
overflow: hidden;
clip-path: inset(50%);
white-space: nowrap;
}
@media (pointer: coarse) {
button,
input:not([type="checkbox"]),
select {
min-block-size: 2.75rem;
}
button.quiet {
min-block-size: 2.75rem;
min-inline-size: 2.75rem;
}
}
@media (prefers-reduced-motion: reduce) {
*,
::before,
::after {
animation: none !important;
transition: none !important;
}
}
@media (forced-colors: active) {
button {
border-color: ButtonBorder;
}
}
`,jt=o`
.table {
display: block;
inline-size: 100%;
}
.row {
display: grid;
grid-template-columns: var(--columns);
align-items: center;
column-gap: 1.25rem;
padding: 0.625rem 1rem;
border-block-end: 1px solid var(--_line);
}
.rows {
display: block;
}
.rows .row {
min-block-size: 3.5rem;
content-visibility: auto;
contain-intrinsic-block-size: auto 3.5rem;
}
.rows .row:last-child {
border-block-end: 0;
}
.rows .row:hover {
background: color-mix(in oklab, transparent, var(--_text) 2.5%);
}
.head .row {
padding-block: 0.5rem;
background: var(--_sunken);
color: var(--_muted);
font-size: 0.9286em;
font-weight: 500;
}
.cell {
min-inline-size: 0;
overflow-wrap: anywhere;
text-align: start;
}
.label {
display: none;
}
@container (inline-size < 46rem) {
.head {
position: absolute;
inline-size: 1px;
block-size: 1px;
overflow: hidden;
clip-path: inset(50%);
}
.row {
grid-template-columns: minmax(0, 1fr) auto;
row-gap: 0.25rem;
padding-block: 0.875rem;
}
.rows .row {
contain-intrinsic-block-size: auto 9rem;
}
.cell {
grid-column: 1 / -1;
}
.cell:has(> .label) {
display: grid;
grid-template-columns: 6rem minmax(0, 1fr);
align-items: center;
column-gap: 0.75rem;
}
.label {
display: block;
color: var(--_muted);
}
.label ~ * {
grid-column: 2;
}
}
`,Mt=o`
header,
footer {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.625rem;
padding: 1rem 1.5rem;
}
footer {
justify-content: flex-end;
border-block-start: 1px solid var(--_line);
}
.content {
flex: 1;
min-block-size: 0;
padding: 1.5rem;
overflow-y: auto;
overscroll-behavior: contain;
}
.content > * + * {
margin-block-start: 1.5rem;
}
.hint {
margin-block-start: 0.25rem;
color: var(--_muted);
font-size: 0.9286em;
font-weight: 400;
}
.caution {
padding: 1rem;
border: 1px solid color-mix(in oklab, var(--_warning), transparent 60%);
border-radius: var(--_radius);
background: var(--_warning-soft);
}
.warning {
display: flex;
gap: 0.625rem;
}
.warning .icon {
margin-block-start: 0.15rem;
color: var(--_warning);
}
@media (inline-size < 26rem) {
header,
footer,
.content {
padding-inline: 1rem;
}
}
`,Nt={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Pt=e=>(...t)=>({_$litDirective$:e,values:t}),Ft=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:It}=Ie,Lt=e=>e,Rt=()=>document.createComment(``),H=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new It(r.insertBefore(Rt(),i),r.insertBefore(Rt(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Lt(e).nextSibling;Lt(r).insertBefore(e,i),e=t}}}return n},U=(e,t,n=e)=>(e._$AI(t,n),e),zt={},Bt=(e,t=zt)=>e._$AH=t,Vt=e=>e._$AH,Ht=e=>{e._$AR(),e._$AA.remove()},Ut=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Wt=Pt(class extends Ft{constructor(e){if(super(e),e.type!==Nt.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Vt(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=U(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=U(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=U(i[d],a[m]),H(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=U(i[f],a[p]),H(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Ut(o,p,m),u=Ut(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=H(e,i[d]);U(t,a[p]),c[p]=t}else c[p]=U(n,a[p]),H(e,i[d],n),i[t]=null;p++}else Ht(i[f]),f--}else Ht(i[d]),d++;for(;p<=m;){let t=H(e,c[m+1]);U(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&Ht(e)}return this.ut=o,Bt(e,c),S}});function W(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var Gt=class extends D{constructor(...e){super(...e),this.events=[],this.names=new Map}render(){let{columns:e}=L.audit;return b`<div class="table" role="table" aria-label=${L.audit.caption} part="table">
<div class="head" role="rowgroup">
<div class="row" role="row">
<div class="cell" role="columnheader">${e.at}</div>
<div class="cell" role="columnheader">${e.actor}</div>
<div class="cell" role="columnheader">${e.action}</div>
<div class="cell" role="columnheader">${e.sourceIp}</div>
<div class="cell" role="columnheader">${e.requestId}</div>
</div>
</div>
<div class="rows" role="rowgroup">
${Wt(this.events,e=>e.event_id,t=>b`<div class="row" role="row" part="row">
<div class="cell" role="cell">
<span class="label">${e.at}</span><time datetime=${t.at}>${nt(t.at)}</time>
</div>
<div class="cell" role="cell"><span class="label">${e.actor}</span><bdi>${L.actor(t.actor)}</bdi></div>
<div class="cell" role="cell"><span class="label">${e.action}</span><span>${this.inWords(t)}${t.client_id?this.renderLink(t.client_id):C}</span></div>
<div class="cell" role="cell"><span class="label">${e.sourceIp}</span><span>${t.source_ip}</span></div>
<div class="cell mono" role="cell"><span class="label">${e.requestId}</span><span>${t.request_id}</span></div>
</div>`)}
</div>
</div>`}renderLink(e){return b` <button
type="button"
class="link mono"
title=${e}
aria-label=${L.audit.onlyOf(I(e))}
@click=${()=>this.dispatchEvent(new CustomEvent(`acc-only`,{detail:e}))}
>
${I(e)}
</button>`}inWords(e){let t=e.client_id??``,n=e.details.name??this.names.get(t)??(t&&I(t));return L.audit.actions[e.action]?.(String(n))??e.action}static{this.styles=[B,V,jt,o`
:host {
display: block;
--columns: minmax(0, 1fr) minmax(0, 0.8fr) minmax(0, 1.4fr) minmax(0, 0.7fr) minmax(0, 1.2fr);
}
.link {
min-block-size: 0;
padding: 0 0.125rem;
border: 0;
background: none;
color: var(--_muted);
text-decoration: underline;
text-underline-offset: 0.2em;
}
`]}};W([O({attribute:!1})],Gt.prototype,`events`,void 0),W([O({attribute:!1})],Gt.prototype,`names`,void 0),Gt=W([R(`acc-audit-trail`)],Gt);var G=class extends D{constructor(...e){super(...e),this.failure=null,this.retryable=!1,this.text=``}render(){if(!this.failure)return this.text?b`<div class="box info">${kt}<p>${this.text}</p></div>`:C;let{title:e,text:t,requestId:n}=Kt(this.failure);return b`<div class="box" role="alert">
${Ot}
<div class="words">
<p class="title">${e}</p>
${t?b`<p>${t}</p>`:C}
${n?b`<p class="muted">${L.failures.requestId} <code>${n}</code></p>`:C}
</div>
${this.failure instanceof M?b`<button type="button" @click=${()=>this.fire(`acc-sign-in`)}>${L.signInAgain}</button>`:this.retryable?b`<button type="button" @click=${()=>this.fire(`acc-retry`)}>${L.retry}</button>`:C}
</div>`}fire(e){this.dispatchEvent(new CustomEvent(e,{bubbles:!0,composed:!0}))}static{this.styles=[B,V,o`
:host {
display: block;
}
.box {
display: flex;
flex-wrap: wrap;
align-items: flex-start;
gap: 0.5rem 0.75rem;
padding: 0.75rem 1rem;
border: 1px solid color-mix(in oklab, var(--_danger), transparent 65%);
border-radius: var(--_radius);
background: var(--_danger-soft);
}
.box > .icon {
margin-block-start: 0.15rem;
color: var(--_danger);
}
.box.info {
flex-wrap: nowrap;
border-color: var(--_line);
background: var(--_sunken);
}
.box.info > .icon {
color: var(--_muted);
}
.words {
flex: 1 1 12rem;
min-inline-size: 0;
overflow-wrap: anywhere;
}
.title {
font-weight: 600;
}
code {
font-family: var(--_mono);
font-size: 0.9286em;
user-select: all;
}
`]}};W([O({attribute:!1})],G.prototype,`failure`,void 0),W([O({type:Boolean})],G.prototype,`retryable`,void 0),W([O()],G.prototype,`text`,void 0),G=W([R(`acc-notice`)],G);function Kt(e){return e instanceof M?{...L.failures.signInExpired,requestId:null}:e instanceof Ge?{...navigator.onLine?L.failures.unreachable:L.failures.offline,requestId:null}:e instanceof j?{title:e.title||L.failures.unexpected.title,text:e.detail||L.failures.unexpected.text,requestId:e.requestId}:{...L.failures.unexpected,requestId:null}}var K=class extends D{constructor(...e){super(...e),this.confirmation=null,this.busy=!1,this.understood=!1,this.failure=null,this.known=``}render(){let e=this.confirmation;return e?b`<dialog
role="alertdialog"
aria-labelledby="title"
aria-describedby="text"
part="dialog"
@cancel=${this.cancelled}
@close=${this.closed}
>
<h2 id="title">${e.title}</h2>
<div id="text">${e.paragraphs.map(e=>b`<p>${e}</p>`)}</div>
${e.understand?b`<label class="understand">
<input type="checkbox" .checked=${this.understood} @change=${this.toggled} />
<span>${e.understand}</span>
</label>`:C}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.known?b`<p class="known" role="status">${this.known}</p>`:C}
<div class="buttons">
<button type="button" autofocus @click=${()=>this.dialog?.close()} ?disabled=${this.busy}>${L.cancel}</button>
<button
type="button"
class="danger solid"
aria-disabled=${this.blocked}
@click=${this.run}
>
${this.busy?e.busy:this.known?L.repeat:e.button}
</button>
</div>
</dialog>`:C}willUpdate(e){e.has(`confirmation`)&&(this.busy=!1,this.understood=!1,this.failure=null,this.known=``)}updated(e){e.has(`confirmation`)&&this.confirmation&&!this.dialog?.open&&(this.dialog?.showModal(),this.dialog?.scrollTo(0,0))}get blocked(){return this.busy||!(!this.confirmation?.understand||this.understood)}toggled({target:e}){this.understood=e.checked}async run(){if(!this.blocked&&this.confirmation){this.busy=!0,this.failure=null;try{await this.confirmation.action(),this.dialog?.close()}catch(e){this.failure=e,Ke(e)&&(this.known=await this.confirmation.recheck?.()??``)}finally{this.busy=!1}}}cancelled(e){this.busy&&e.preventDefault()}closed(){this.dispatchEvent(new CustomEvent(`acc-closed`))}static{this.styles=[B,V,o`
dialog {
inline-size: min(30rem, calc(100vi - 2rem));
max-block-size: calc(100dvb - 2rem);
padding: 1.5rem 1.5rem 0;
overflow-y: auto;
border: 1px solid var(--_line);
border-radius: calc(var(--_radius) * 1.5);
background: var(--_surface);
color: var(--_text);
box-shadow: 0 1.25rem 3rem rgb(0 0 0 / 0.22);
}
dialog::backdrop {
background: rgb(10 14 22 / 0.45);
}
h2 {
margin-block-end: 0.75rem;
font-size: 1.2143em;
line-height: 1.3;
overflow-wrap: anywhere;
}
p + p {
margin-block-start: 0.625rem;
}
#text p:last-child:not(:first-child) {
color: var(--_muted);
}
.understand {
display: flex;
gap: 0.625rem;
margin-block-start: 1rem;
padding: 0.75rem;
border: 1px solid var(--_line);
border-radius: var(--_radius);
cursor: pointer;
}
acc-notice,
.known {
margin-block-start: 1rem;
}
.buttons {
display: flex;
flex-wrap: wrap;
justify-content: flex-end;
gap: 0.625rem;
position: sticky;
inset-block-end: 0;
margin-block-start: 0.5rem;
padding-block: 1rem 1.5rem;
background: var(--_surface);
}
`]}};W([O({attribute:!1})],K.prototype,`confirmation`,void 0),W([k()],K.prototype,`busy`,void 0),W([k()],K.prototype,`understood`,void 0),W([k()],K.prototype,`failure`,void 0),W([k()],K.prototype,`known`,void 0),W([A(`dialog`)],K.prototype,`dialog`,void 0),K=W([R(`acc-confirm`)],K);async function qt(e,t){try{return await navigator.clipboard.writeText(e),!0}catch{return getSelection()?.selectAllChildren(t),Jt(e)}}function Jt(e){let t=!1,n=n=>{n.clipboardData?.setData(`text/plain`,e),n.preventDefault(),t=n.clipboardData!==null};addEventListener(`copy`,n,{capture:!0});try{return document.execCommand(`copy`)&&t}finally{removeEventListener(`copy`,n,{capture:!0})}}var Yt=2e3,q=class extends D{constructor(...e){super(...e),this.what=``,this.of=``,this.block=!1,this.code=!1,this.outcome=null}render(){return b`<div class="field ${this.block?`block`:``} ${this.code?`code`:``}">
<span class="text" tabindex=${this.code?0:C} role=${this.code?`region`:C}
aria-label=${this.code?this.what:C} @click=${this.clickedText}><slot></slot></span>
<button class="quiet" type="button" aria-label=${L.copy(this.of?`${this.what} ${this.of}`:this.what)} @click=${this.copy}>
${this.outcome===`copied`?Ct:St}
</button>
</div>
<div role="status" class=${this.outcome===`failed`?`failed`:`unseen`}>
${this.outcome===`copied`?L.copied(this.what):this.outcome===`failed`?L.copyFailed:``}
</div>`}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}clickedText(){getSelection()?.toString()||this.copy()}async copy(){let e=await qt((this.textContent??``).trim(),this);this.outcome=e?`copied`:`failed`,clearTimeout(this.timer),e&&(this.timer=setTimeout(()=>this.outcome=null,Yt),this.dispatchEvent(new CustomEvent(`acc-copied`,{bubbles:!0,composed:!0})))}static{this.styles=[B,V,o`
:host {
display: block;
min-inline-size: 0;
position: relative;
}
.field {
display: flex;
align-items: center;
gap: 0.25rem;
min-inline-size: 0;
}
.text {
flex: 0 1 auto;
min-inline-size: 0;
overflow-wrap: anywhere;
font-family: var(--_mono);
font-size: 0.9286em;
cursor: copy;
}
.field.block {
align-items: flex-start;
padding: 0.625rem 0.5rem 0.625rem 0.75rem;
padding-inline: 0.75rem 0.5rem;
border: 1px solid var(--_line);
border-radius: var(--_radius);
background: var(--_sunken);
}
.field.block .text {
flex: 1;
padding-block: 0.3rem;
white-space: pre-wrap;
}
.field.code .text {
overflow-x: auto;
white-space: pre;
}
.failed {
margin-block-start: 0.25rem;
color: var(--_danger);
}
`]}};W([O()],q.prototype,`what`,void 0),W([O()],q.prototype,`of`,void 0),W([O({type:Boolean})],q.prototype,`block`,void 0),W([O({type:Boolean})],q.prototype,`code`,void 0),W([k()],q.prototype,`outcome`,void 0),q=W([R(`acc-copy`)],q);var Xt=[`never`,`30`,`90`,`365`,`date`],Zt=100,J=class extends D{constructor(...e){super(...e),this.touched=!1,this.busy=!1,this.name=``,this.offered=[],this.scopes=new Set,this.expiry=`never`,this.lastDay=``,this.faults={},this.failure=null,this.doubt=!1,this.attempt=null}async focusName(){await this.updateComplete,this.field(`name`)?.focus()}signedIn(){this.failure instanceof M&&(this.failure=null)}willUpdate(){this.hasUpdated||(this.offered=this.user.scopes,this.scopes=new Set(this.user.default_scopes))}render(){let e=L.create;return b`<form novalidate @submit=${this.submit} @input=${()=>this.touched=!0}>
<div class="content">
<div class="field">
<label for="name">${e.name}</label>
<input
id="name"
autocomplete="off"
.value=${this.name}
aria-describedby="name-hint name-fault"
aria-invalid=${`name`in this.faults}
aria-required="true"
@input=${({target:e})=>this.name=e.value}
/>
<p class="hint" id="name-hint">${e.nameHint}</p>
${this.renderFault(`name`)}
</div>
${this.offered.length?b`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
<legend>${e.scopes}</legend>
<p class="hint" id="scopes-hint">${e.scopesHint}</p>
${this.offered.map(e=>b`<label class="scope">
<input
type="checkbox"
.checked=${this.scopes.has(e.name)}
@change=${({target:t})=>this.tickScope(e.name,t.checked)}
/>
<span><span class="mono">${e.name}</span><span class="hint">${e.description}</span></span>
</label>`)}
${this.renderFault(`scopes`)}
</fieldset>`:C}
<div class="field">
<label for="expiry">${e.expiry}</label>
<select id="expiry" @change=${({target:e})=>this.expiry=e.value}>
${Xt.map(t=>b`<option value=${t} .selected=${t===this.expiry}>${e.expiryChoices[t]}</option>`)}
</select>
${this.expiry===`date`?C:this.renderFault(`expires_at`)}
</div>
${this.expiry===`date`?b`<div class="field">
<label for="expires_at">${e.expiryDate}</label>
<input
id="expires_at"
type="date"
min=${rt(new Date)}
.value=${this.lastDay}
aria-describedby="date-hint expires_at-fault"
aria-invalid=${`expires_at`in this.faults}
@input=${({target:e})=>this.lastDay=e.value}
/>
<p class="hint" id="date-hint">${e.expiryDateHint}</p>
${this.renderFault(`expires_at`)}
</div>`:C}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.doubt?b`<p class="warning caution">${Ot}<span>${e.doubt}</span></p>`:C}
</div>
<footer>
<button type="button" @click=${this.cancel}>${L.cancel}</button>
<button type="submit" class="primary" aria-disabled=${this.busy}>${this.busy?e.submitting:this.doubt&&this.choices===this.attempt?.choices?L.retry:e.submit}</button>
</footer>
</form>`}renderFault(e){return b`<p class="fault" id="${e}-fault" ?hidden=${!(e in this.faults)}>${this.faults[e]}</p>`}tickScope(e,t){let n=new Set(this.scopes);t?n.add(e):n.delete(e),this.scopes=n}async submit(e){if(e.preventDefault(),!this.busy){if(this.faults=this.check(),Object.keys(this.faults).length>0)return void this.focusFault();this.busy=!0,this.failure=null,this.choices!==this.attempt?.choices&&(this.attempt={choices:this.choices,wanted:this.wanted(),key:et()},this.doubt=!1);try{await this.create(this.attempt.wanted,this.attempt.key)}catch(e){await this.refused(e)}finally{this.busy=!1}}}get choices(){return JSON.stringify([this.name,[...this.scopes],this.expiry,this.lastDay])}check(){let e={};return this.name.trim()?[...this.name.trim()].length>Zt&&(e.name=L.create.nameTooLong(Zt)):e.name=L.create.nameMissing,this.expiry===`date`&&!(this.lastDay>=rt(new Date))&&(e.expires_at=L.create.expiryDateMissing),e}wanted(){return{name:this.name.trim().normalize(`NFC`),scopes:this.offered.map(e=>e.name).filter(e=>this.scopes.has(e)),...this.expiry===`never`?{}:{expires_at:it(this.expiresAt())}}}expiresAt(){return this.expiry===`date`?at(this.lastDay):ot(new Date,Number(this.expiry))}async refused(e){let t=e instanceof j?e.faults:[];if(this.faults=Object.fromEntries(t.map(e=>[e.pointer.split(`/`)[1]??``,e.detail])),await this.focusFault())return;this.failure=e,Ke(e)&&(this.doubt=!0,this.dispatchEvent(new CustomEvent(`acc-doubt`,{bubbles:!0,composed:!0}))),await this.updateComplete;let n=this.renderRoot.querySelector(`acc-notice`);await n?.updateComplete,(this.renderRoot.querySelector(`.caution`)??n)?.scrollIntoView({block:`nearest`})}async focusFault(){await this.updateComplete;let e=[`name`,`scopes`,`expires_at`].find(e=>e in this.faults);return e&&(this.field(e)??this.field(`name`))?.focus(),e!==void 0}field(e){return this.renderRoot.querySelector(`#${e}`)}cancel(){this.dispatchEvent(new CustomEvent(`acc-cancel`))}static{this.styles=[B,V,Mt,o`
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
}
.field > .scope {
display: flex;
gap: 0.625rem;
margin-block: 0.75rem 0;
font-weight: 400;
cursor: pointer;
}
.scope .hint {
display: block;
margin: 0;
}
`]}};W([O({attribute:!1})],J.prototype,`user`,void 0),W([O({attribute:!1})],J.prototype,`create`,void 0),W([k()],J.prototype,`busy`,void 0),W([k()],J.prototype,`name`,void 0),W([k()],J.prototype,`scopes`,void 0),W([k()],J.prototype,`expiry`,void 0),W([k()],J.prototype,`lastDay`,void 0),W([k()],J.prototype,`faults`,void 0),W([k()],J.prototype,`failure`,void 0),W([k()],J.prototype,`doubt`,void 0),J=W([R(`acc-create-form`)],J);function Qt(e){let[t,n]=e.split(`.`);return{header:$t(t),claims:$t(n)}}function $t(e){let t=atob((e??``).replace(/-/g,`+`).replace(/_/g,`/`));return JSON.parse(new TextDecoder().decode(Uint8Array.from(t,e=>e.charCodeAt(0))))}var en=[`curl`,`Python`,`Node.js`];function tn(e,t,n){return{curl:nn,Python:rn,"Node.js":an}[e](t,n)}var nn=(e,t)=>`curl ${e} \\
  --user "${t}:$CLIENT_SECRET" \\
  --data grant_type=client_credentials`,rn=(e,t)=>`import os
import requests

answer = requests.post(
    "${e}",
    auth=("${t}", os.environ["CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
    timeout=10,
)
answer.raise_for_status()
access_token = answer.json()["access_token"]`,an=(e,t)=>`const credential = \`${t}:\${process.env.CLIENT_SECRET}\`;
const answer = await fetch("${e}", {
  method: "POST",
  headers: { Authorization: "Basic " + btoa(credential) },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
if (!answer.ok) throw new Error("HTTP " + answer.status);
const { access_token } = await answer.json();`,Y=class extends D{constructor(...e){super(...e),this.clientId=``,this.tokenEndpoint=``,this.language=`curl`,this.busy=!1,this.lifetime=0,this.decoded=null,this.failure=null}render(){return b`<section aria-labelledby="title">
<h3 id="title">${L.useIt.title}</h3>
<p class="muted">${L.useIt.introduction}</p>
<div class="languages" role="radiogroup" aria-label=${L.useIt.languages}>
${en.map(e=>b`<label
><input
type="radio"
name="language"
.checked=${e===this.language}
@change=${()=>this.language=e}
/><span>${e}</span></label
>`)}
</div>
<acc-copy block code what="${this.language} ${L.useIt.code}"
>${tn(this.language,this.tokenEndpoint,this.clientId)}</acc-copy
>
<div class="test">
<button type="button" aria-disabled=${this.busy} @click=${this.test}>
${this.busy?L.useIt.testing:L.useIt.test}
</button>
<span class="muted">${L.useIt.testHint}</span>
</div>
<div role="status">
${this.decoded?b`<p class="passed">${L.useIt.passed(this.lifetime)}</p>`:C}
</div>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.decoded?this.renderToken(this.decoded):C}
</section>`}renderToken(e){return b`<div class="token">
<h4>${L.useIt.header}</h4>
<pre tabindex="0" role="region" aria-label=${L.useIt.header}>${JSON.stringify(e.header,null,2)}</pre>
<h4>${L.useIt.claims}</h4>
<pre tabindex="0" role="region" aria-label=${L.useIt.claims}>${JSON.stringify(e.claims,null,2)}</pre>
</div>`}async test(){if(!this.busy){this.busy=!0,this.failure=this.decoded=null;try{let e=await this.exchange();this.lifetime=e.expires_in,this.decoded=Qt(e.access_token)}catch(e){this.failure=e}finally{this.busy=!1}}}static{this.styles=[B,V,o`
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
`]}};W([O({attribute:!1})],Y.prototype,`clientId`,void 0),W([O({attribute:!1})],Y.prototype,`tokenEndpoint`,void 0),W([O({attribute:!1})],Y.prototype,`exchange`,void 0),W([k()],Y.prototype,`language`,void 0),W([k()],Y.prototype,`busy`,void 0),W([k()],Y.prototype,`lifetime`,void 0),W([k()],Y.prototype,`decoded`,void 0),W([k()],Y.prototype,`failure`,void 0),Y=W([R(`acc-use-it`)],Y);var X=class extends D{constructor(...e){super(...e),this.user=null,this.tokenEndpoint=``,this.opened=!1,this.created=null,this.secret=``,this.copied=!1,this.askingToClose=!1,this.pending=!1,this.lost=``,this.failure=null,this.key=``,this.leavingPage=e=>e.preventDefault(),this.copiedByHand=()=>{this.secret&&getSelection()?.toString().includes(this.secret)&&(this.copied=!0)},this.generate=async(e,t)=>{this.pending=!0;try{this.show(await this.create(e,t))}catch(e){if(!(e instanceof We))throw e;this.lost=e.clientId,this.key=et()}finally{this.pending=!1}},this.replaceLost=()=>this.tryOnLost(async()=>{try{this.show(await this.replaceSecret(this.lost,this.key))}catch(e){if(!(e instanceof We))throw e;this.key=et(),this.show(await this.replaceSecret(this.lost,this.key))}}),this.revokeLost=()=>this.tryOnLost(async()=>{await this.revoke(this.lost),this.forget(),this.dialog.close()})}async open(){this.opened=!0,await this.updateComplete,this.dialog.showModal(),await this.form?.focusName()}signedIn(){this.form?.signedIn()}render(){return b`<dialog
part="side-panel"
aria-labelledby="title"
@cancel=${this.cancelled}
@keydown=${this.escaped}
@close=${this.closed}
>
<div class="frame">
<header>
<h2 id="title" tabindex="-1">${this.created?L.created.title:this.lost?L.lost.title:L.create.title}</h2>
<button type="button" class="quiet" aria-label=${L.close} @click=${this.requestClose}>${wt}</button>
</header>
${this.created?this.renderCreated(this.created):this.lost?this.renderLost():this.opened&&this.user?this.renderForm(this.user):C}
</div>
</dialog>`}renderForm(e){return b`<acc-create-form .user=${e} .create=${this.generate} @acc-cancel=${this.close}></acc-create-form>`}renderLost(){let e=L.lost;return b`<div class="content">
<p class="warning caution">${Ot}<span>${e.text}</span></p>
<dl>
<dt>${L.columns.clientId}</dt>
<dd><acc-copy what=${L.columns.clientId}>${this.lost}</acc-copy></dd>
</dl>
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
</div>
<footer>
<button type="button" class="danger" aria-disabled=${this.pending} @click=${this.revokeLost}>${L.revoke}…</button>
<button type="button" class="primary" aria-disabled=${this.pending} @click=${this.replaceLost}>${e.replace}</button>
</footer>`}renderCreated(e){let t=L.created;return b`<div class="content">
<div class="secret caution">
<p class="warning">${Ot}<strong>${t.warning}</strong></p>
<h3>${t.secret}</h3>
<acc-copy block what=${t.secret} @acc-copied=${()=>this.copied=!0}>${this.secret}</acc-copy>
<p class="hint">${t.warningDetail}</p>
</div>
<dl>
<dt>${L.columns.name}</dt>
<dd><bdi>${P(e.name)}</bdi></dd>
<dt>${L.columns.clientId}</dt>
<dd><acc-copy what=${L.columns.clientId}>${e.client_id}</acc-copy></dd>
<dt>${L.columns.createdBy}</dt>
<dd><bdi>${L.actor(e.created_by)}</bdi></dd>
<dt>${L.columns.createdOn}</dt>
<dd>${N(e.created_at)}</dd>
<dt>${t.scopes}</dt>
<dd>${e.scopes.join(` · `)||L.noScopes}</dd>
<dt>${t.expires}</dt>
<dd>${e.expires_at?N(e.expires_at):t.never}</dd>
</dl>
<acc-use-it
.clientId=${e.client_id}
.tokenEndpoint=${this.tokenEndpoint}
.exchange=${()=>this.exchange(e.client_id,this.secret)}
></acc-use-it>
</div>
<footer>
${this.askingToClose?b`<p class="asking" role="alert">${t.notCopied}</p>
<button type="button" class="danger" id="close-anyway" @click=${this.closeAnyway}>${t.closeAnyway}</button>
<button type="button" class="primary" id="keep-open" @click=${this.keepOpen}>${t.keepOpen}</button>`:b`<button type="button" class="primary" id="done" @click=${this.requestClose}>${t.done}</button>`}
</footer>`}updated(e){(e.get(`created`)===null&&this.created||e.has(`lost`)&&this.lost)&&this.focusOn(`title`),e.has(`askingToClose`)&&this.created&&this.focusOn(this.askingToClose?`keep-open`:`done`);let t=this.atStake?addEventListener:removeEventListener;t(`beforeunload`,this.leavingPage),t(`copy`,this.copiedByHand)}get atStake(){return this.pending||this.secret!==``&&!this.copied}focusOn(e){this.renderRoot.querySelector(`#${e}`)?.focus()}show({client_secret:e,...t}){this.isConnected&&(this.secret=e??``,this.created=t)}async tryOnLost(e){if(!this.pending){this.pending=!0,this.failure=null;try{await e()}catch(e){this.failure=e}finally{this.pending=!1}}}requestClose(){this.pending||(this.atStake?this.askingToClose=!0:this.form?.touched?this.dialog.close():this.close())}keepOpen({detail:e}){e>1||(this.askingToClose=!1)}closeAnyway({detail:e}){e>1||this.close()}close(){this.pending||(this.forget(),this.dialog.close())}closed(){this.dialog.open||(this.atStake?(this.dialog.showModal(),this.requestClose()):this.created&&this.forget())}escaped(e){e.key===`Escape`&&(e.preventDefault(),this.requestClose())}cancelled(e){e.preventDefault(),this.requestClose()}forget(){this.opened=!1,this.secret=``,this.created=null,this.lost=``,this.failure=null,this.copied=!1,this.askingToClose=!1}disconnectedCallback(){super.disconnectedCallback(),this.forget(),removeEventListener(`beforeunload`,this.leavingPage),removeEventListener(`copy`,this.copiedByHand)}static{this.styles=[B,V,Mt,o`
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
font-size: 1.2143em;
line-height: 1.3;
}
h2:focus {
outline: none;
}
h3 {
margin-block: 1rem 0.375rem;
font-size: 1em;
font-weight: 600;
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
/* Away from where the button was that somebody may be clicking twice. */
#close-anyway {
margin-inline-end: auto;
}
.asking {
flex: 1 1 100%;
color: var(--_danger);
font-weight: 500;
}
`]}};W([O({attribute:!1})],X.prototype,`user`,void 0),W([O({attribute:!1})],X.prototype,`tokenEndpoint`,void 0),W([O({attribute:!1})],X.prototype,`create`,void 0),W([O({attribute:!1})],X.prototype,`replaceSecret`,void 0),W([O({attribute:!1})],X.prototype,`revoke`,void 0),W([O({attribute:!1})],X.prototype,`exchange`,void 0),W([k()],X.prototype,`opened`,void 0),W([k()],X.prototype,`created`,void 0),W([k()],X.prototype,`secret`,void 0),W([k()],X.prototype,`copied`,void 0),W([k()],X.prototype,`askingToClose`,void 0),W([k()],X.prototype,`pending`,void 0),W([k()],X.prototype,`lost`,void 0),W([k()],X.prototype,`failure`,void 0),W([A(`dialog`)],X.prototype,`dialog`,void 0),W([A(`acc-create-form`)],X.prototype,`form`,void 0),X=W([R(`acc-create-panel`)],X);var Z=class extends D{constructor(...e){super(...e),this.credentials=[],this.mayWrite=!1,this.highlighted=null,this.menuFor=null,this.opener=null,this.placeMenu=()=>{if(!this.opener?.isConnected)return this.menu.hidePopover();let e=this.opener.getBoundingClientRect(),t=this.menu.getBoundingClientRect(),n=getComputedStyle(this).direction===`rtl`?e.left:e.right-t.width,r=e.bottom+4;this.menu.style.left=`${Math.max(8,Math.min(n,innerWidth-t.width-8))}px`,this.menu.style.top=`${r+t.height>innerHeight?e.top-t.height-4:r}px`}}render(){return b`<div class="table ${this.mayWrite?``:`read-only`}" role="table" aria-label=${L.title} part="table">
<div class="head" role="rowgroup">
<div class="row" role="row">
<div class="cell" role="columnheader">${L.columns.name}</div>
<div class="cell" role="columnheader">${L.columns.clientId}</div>
<div class="cell" role="columnheader">${L.columns.createdBy}</div>
<div class="cell" role="columnheader">${L.columns.createdOn}</div>
${this.mayWrite?b`<div class="cell" role="columnheader"><span class="unseen">${L.columns.actions}</span></div>`:C}
</div>
</div>
<div class="rows" role="rowgroup">
${Wt(this.credentials,e=>e.client_id,e=>this.renderRow(e))}
</div>
</div>
<div class="menu" popover role="menu" @keydown=${this.menuKey} @beforetoggle=${this.menuToggled}>
<button type="button" role="menuitem" class="danger" tabindex="-1" @click=${this.chooseRevoke}>${L.revoke}</button>
</div>`}renderRow(e){return b`<div
class="row ${e.client_id===this.highlighted?`highlighted`:``}"
role="row"
part="row"
data-client-id=${e.client_id}
>
<div class="cell name" role="cell">
<div class="title">
<bdi>${P(e.name)}</bdi>
${e.status===`active`?C:b`<span class="badge ${e.status}">${L.status[e.status]}</span>`}
</div>
<div class="muted small">${e.scopes.join(` · `)||L.noScopes}</div>
</div>
<div class="cell id" role="cell">
<span class="label">${L.columns.clientId}</span>
<acc-copy what=${L.columns.clientId} of=${I(e.client_id)}><span class="shortened" title=${e.client_id}><bdi dir="ltr">${e.client_id}</bdi></span></acc-copy>
</div>
<div class="cell" role="cell">
<span class="label">${L.columns.createdBy}</span>
<bdi>${L.actor(e.created_by)}</bdi>
</div>
<div class="cell" role="cell">
<span class="label">${L.columns.createdOn}</span>
<time datetime=${e.created_at}>${N(e.created_at)}</time>
${on(e)}
</div>
${this.mayWrite?b`<div class="cell actions" role="cell">
${e.status===`revoked`?C:b`<button
type="button"
class="quiet"
aria-haspopup="menu"
aria-expanded=${this.menuFor===e}
aria-label=${L.moreActions(e.name,I(e.client_id))}
@click=${({currentTarget:t})=>this.openMenu(t,e)}
>
${Tt}
</button>`}
</div>`:C}
</div>`}openMenu(e,t){this.menuFor=t,this.opener=e,this.menu.showPopover(),this.placeMenu(),addEventListener(`scroll`,this.placeMenu,{capture:!0,passive:!0}),addEventListener(`resize`,this.placeMenu),this.menu.querySelector(`button`)?.focus()}updated(){this.menuFor&&this.placeMenu()}disconnectedCallback(){super.disconnectedCallback(),this.stopPlacing()}stopPlacing(){removeEventListener(`scroll`,this.placeMenu,{capture:!0}),removeEventListener(`resize`,this.placeMenu)}menuToggled({newState:e}){e===`closed`&&(this.menuFor=null,this.stopPlacing(),this.menu.matches(`:focus-within`)&&this.opener?.focus())}menuKey(e){let t=[...this.menu.querySelectorAll(`button`)],n=t.findIndex(e=>e.matches(`:focus`)),r={ArrowDown:n+1,ArrowUp:n-1,Home:0,End:-1}[e.key];r===void 0?e.key===`Tab`&&this.menu.hidePopover():(e.preventDefault(),t.at(r%t.length)?.focus())}chooseRevoke(){let e=this.menuFor;this.menu.hidePopover(),e&&this.dispatchEvent(new CustomEvent(`acc-revoke`,{detail:e}))}focusRow(e){let t=this.renderRoot.querySelectorAll(`.rows .row`)[e]?.querySelector(`.actions button, acc-copy`),n=t?.localName===`acc-copy`?t.shadowRoot?.querySelector(`button`):t;return n?.focus(),!!n}static{this.styles=[B,V,jt,o`
:host {
display: block;
--columns: minmax(0, 1.5fr) minmax(0, 1.3fr) minmax(0, 0.9fr) minmax(0, 1.1fr) 2rem;
}
.read-only {
--columns: minmax(0, 1.5fr) minmax(0, 1.3fr) minmax(0, 0.9fr) minmax(0, 1.1fr);
}
.title {
font-weight: 500;
}
.small {
font-size: 0.8929em;
}
/* One text, to be found and copied whole. What is cut off is its start, which all have in common. */
.shortened {
display: block;
direction: rtl;
overflow: hidden;
text-align: start;
text-overflow: ellipsis;
white-space: nowrap;
}
.badge {
display: inline-block;
margin-inline-start: 0.25rem;
padding: 0 0.5rem;
border: 1px solid var(--_line);
border-radius: 1rem;
background: var(--_sunken);
color: var(--_muted);
font-size: 0.8571em;
white-space: nowrap;
}
.badge.revoked {
color: var(--_danger);
}
.badge:is(.suspended, .expired) {
color: var(--_warning);
}
.actions {
display: flex;
justify-content: flex-end;
}
.row :focus-visible {
outline-offset: -2px;
}
.highlighted {
animation: highlight 4s ease-out;
}
@keyframes highlight {
from,
40% {
background: color-mix(in oklab, transparent, var(--_accent) 12%);
}
}
.menu {
inset: auto;
margin: 0;
min-inline-size: 9rem;
padding: 0.25rem;
border: 1px solid var(--_line);
border-radius: var(--_radius);
background: var(--_raised);
color: var(--_text);
box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.16);
}
.menu button {
inline-size: 100%;
justify-content: flex-start;
border-color: transparent;
background: transparent;
}
.menu button:is(:hover, :focus) {
background: var(--_danger-soft);
}
.menu button:focus-visible {
outline-offset: -2px;
}
@container (inline-size < 46rem) {
.row .name {
grid-area: 1 / 1;
}
.row .actions {
grid-area: 1 / 2;
align-self: start;
}
.read-only .row .name {
grid-column: 1 / -1;
}
}
`]}};W([O({attribute:!1})],Z.prototype,`credentials`,void 0),W([O({attribute:!1})],Z.prototype,`mayWrite`,void 0),W([O({attribute:!1})],Z.prototype,`highlighted`,void 0),W([k()],Z.prototype,`menuFor`,void 0),W([A(`.menu`)],Z.prototype,`menu`,void 0),Z=W([R(`acc-credential-table`)],Z);function on(e){let t=e.status===`revoked`&&e.revoked_at?L.revokedOn(N(e.revoked_at),e.revoked_by?.name??``):e.status===`suspended`&&e.suspended_at?L.suspendedOn(N(e.suspended_at),e.suspended_by?.name??``):e.expires_at?(e.status===`expired`?L.expiredOn:L.expiresOn)(N(e.expires_at)):``;return t?b`<div class="muted small">${t}</div>`:C}var Q=class extends D{constructor(...e){super(...e),this.failure=null}render(){let{phase:e,items:t,more:n}=this.view,r=ft(this.view);return b`
<acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure}></acc-notice>
${t.length>0?b`<div class="frame" aria-busy=${r}><slot></slot></div>`:this.renderNoRows(r)}
<div class="foot">
<p class="muted" role="status">
${e===`slow`?L.stillLoading:e===`ready`&&t.length?this.shown(t.length):``}
</p>
${n?b`<button type="button" aria-disabled=${r} @click=${this.showMore}>
${r?L.loading:t.length?L.showMore:L.searchFurther}
</button>`:C}
</div>
`}renderNoRows(e){if(e)return b`<div class="frame waiting ${this.view.phase}" aria-busy="true">${[1,2,3].map(()=>b`<div></div>`)}</div>`;if(this.failure)return C;let t=this.view.more?L.searchingFurther:this.empty;return b`<div class="frame empty">
${At}
<p class="title">${t.title}</p>
<p class="muted">${t.text}</p>
</div>`}showMore(){this.dispatchEvent(new CustomEvent(`acc-more`))}static{this.styles=[B,V,o`
:host {
display: block;
}
acc-notice:not([hidden]) {
margin-block-end: 1rem;
}
.frame {
overflow: hidden;
border: 1px solid var(--_line);
border-radius: calc(var(--_radius) * 1.25);
background: var(--_surface);
}
.empty {
display: grid;
justify-items: center;
gap: 0.25rem;
padding: 3rem 1.5rem;
text-align: center;
}
.empty .icon {
inline-size: 2rem;
block-size: 2rem;
margin-block-end: 0.5rem;
color: var(--_muted);
}
.empty .title {
font-weight: 600;
}
.empty .muted {
max-inline-size: 32rem;
}
.waiting {
visibility: hidden;
}
.waiting.slow {
visibility: visible;
}
.waiting div {
block-size: 3.5rem;
border-block-end: 1px solid var(--_line);
background: linear-gradient(var(--_line), var(--_line)) 1rem 50% / 38% 0.625rem no-repeat;
animation: breathe 1.6s ease-in-out infinite;
}
@keyframes breathe {
50% {
opacity: 0.5;
}
}
.foot {
display: flex;
flex-wrap: wrap;
align-items: center;
justify-content: space-between;
gap: 0.75rem 1.5rem;
min-block-size: 2.25rem;
margin-block-start: 0.75rem;
}
`]}};W([O({attribute:!1})],Q.prototype,`view`,void 0),W([O({attribute:!1})],Q.prototype,`failure`,void 0),W([O({attribute:!1})],Q.prototype,`empty`,void 0),W([O({attribute:!1})],Q.prototype,`shown`,void 0),Q=W([R(`acc-list-frame`)],Q);var sn=class extends D{constructor(...e){super(...e),this.revocation=null,this.interrupted=!1}render(){if(!this.revocation)return C;let{swept:e,total:t,completed_at:n}=this.revocation;return b`<div class="box">
<div class="words">
<p class="title" role="status">${L.revocation.title}</p>
${n?b`<p role="status">${L.revocation.completed(t)}</p>`:this.interrupted?b`<p role="status">${L.revocation.interrupted}</p>`:b`<p id="progress">${L.revocation.progress(e,t)}</p>`}
<progress
aria-label=${L.revocation.progress(e,t)}
max=${Math.max(t,1)}
.value=${n?Math.max(t,1):e}
></progress>
</div>
${n||this.interrupted?b`<button type="button" class="quiet" aria-label=${L.close} @click=${this.dismiss}>${wt}</button>`:C}
</div>`}dismiss(){this.dispatchEvent(new CustomEvent(`acc-dismiss`))}static{this.styles=[B,V,o`
:host {
display: block;
}
.box {
display: flex;
align-items: flex-start;
gap: 0.75rem;
padding: 0.75rem 1rem;
border: 1px solid var(--_line);
border-radius: var(--_radius);
background: var(--_sunken);
}
.words {
flex: 1;
min-inline-size: 0;
}
.title {
font-weight: 600;
}
progress {
display: block;
appearance: none;
inline-size: 100%;
block-size: 0.375rem;
margin-block: 0.5rem 0.125rem;
border: 0;
border-radius: 1rem;
overflow: hidden;
background: var(--_line);
}
progress::-webkit-progress-bar {
background: var(--_line);
}
progress::-webkit-progress-value {
border-radius: 1rem;
background: var(--_accent);
transition: inline-size 200ms;
}
progress::-moz-progress-bar {
border-radius: 1rem;
background: var(--_accent);
}
`]}};W([O({attribute:!1})],sn.prototype,`revocation`,void 0),W([O({attribute:!1})],sn.prototype,`interrupted`,void 0),sn=W([R(`acc-revocation-progress`)],sn);var cn=6e3,ln=class extends D{constructor(...e){super(...e),this.words=``}show(e){this.words=e,clearTimeout(this.timer),this.timer=setTimeout(()=>this.words=``,cn)}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}render(){return b`<div role="status">${this.words?b`<p>${this.words}</p>`:C}</div>`}static{this.styles=[B,o`
:host {
position: fixed;
inset-block-end: 1.5rem;
inset-inline: 1rem;
display: grid;
justify-items: center;
pointer-events: none;
}
p {
max-inline-size: 36rem;
margin: 0;
padding: 0.625rem 1rem;
border: 1px solid transparent;
border-radius: var(--_radius);
background: var(--_text);
color: var(--_surface);
box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.2);
overflow-wrap: anywhere;
}
`]}};W([k()],ln.prototype,`words`,void 0),ln=W([R(`acc-toast`)],ln);var un=1e3,dn=[`credentials`,`audit`],fn=[`active`,`expiring`,`suspended`,`expired`,`revoked`,`all`],$=class extends D{constructor(...e){super(...e),this.api=``,this.tab=`credentials`,this.confirmation=null,this.newest=null,this.signInFailed=!1,this.exporting=!1,this.exportFailure=null,this.consoleState=null,this.afterDialog=null,this.unconfigured=!1,this.reload=()=>{this.exportFailure=null,this.consoleState&&(this.consoleState.refreshUser(),this.list(this.consoleState).reload())},this.openPanel=()=>{this.toast?.show(``),this.panel?.open()},this.create=async(e,t)=>{if(!this.consoleState)throw new M;let n=await this.consoleState.create(e,t);return this.newest=n.client_id,n},this.askRevokeAll=async()=>{await this.consoleState?.refreshUser();let e=this.consoleState?.user?.active_credentials??0;if(e===0)return this.toast?.show(L.nothingToRevoke);let t=et(),n=async()=>{await this.consoleState?.revokeAll(t),this.afterDialog=()=>this.focusOn(`heading`)};this.confirmation=xt(e,n,this.knownOfRevokeAll)},this.knownOfRevokeAll=async()=>{this.consoleState?.credentials.reload(),await this.consoleState?.refreshUser();let e=this.consoleState?.userFailure?null:this.consoleState?.user?.active_credentials;return L.confirmRevokeAll.known(e??null)},this.cameBack=()=>{this.consoleState&&this.list(this.consoleState).view.phase===`failed`&&this.reload()}}connectedCallback(){super.connectedCallback(),addEventListener(`online`,this.cameBack),this.requestUpdate(`api`)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener(`online`,this.cameBack),clearTimeout(this.waiting),this.consoleState?.stop(),this.consoleState=null}willUpdate(e){if(!e.has(`api`)&&!e.has(`tokenProvider`))return;let t=this.isConnected&&!!this.api&&!!this.tokenProvider;if(t&&this.consoleState&&!e.has(`api`))return;if(this.consoleState?.stop(),this.consoleState=null,clearTimeout(this.waiting),!t){this.isConnected&&(this.waiting=setTimeout(()=>this.unconfigured=!0,un));return}this.unconfigured=!1;let n=new Ye(this.api,()=>this.tokenProvider());this.consoleState=new yt(n,()=>this.requestUpdate()),this.consoleState.start()}async getUpdateComplete(){let e=await super.getUpdateComplete();return await this.frame?.updateComplete,await this.table?.updateComplete,e}render(){let{consoleState:e}=this;return e?b`<section part="panel" class="panel" aria-labelledby="heading" @acc-sign-in=${this.signInAgain}>
<header part="header">
<div>
<h2 id="heading" tabindex="-1">${L.title}</h2>
<p class="muted">${L.introduction}</p>
</div>
${e.mayWrite?b`<div class="buttons">
<button type="button" class="primary" id="generate" @click=${this.openPanel}>${Et}${L.generate}</button>
<button type="button" class="danger" @click=${this.askRevokeAll}>${L.revokeAll}</button>
</div>`:C}
</header>
${this.signInFailed?b`<p class="sign-in-failed" role="alert"><strong>${L.failures.signInFailed.title}.</strong> ${L.failures.signInFailed.text}</p>`:C}
${e.user&&!e.mayWrite?b`<acc-notice text=${L.readOnly}></acc-notice>`:C}
<acc-revocation-progress
.revocation=${e.revocation}
.interrupted=${e.revocationInterrupted}
?hidden=${!e.revocation}
@acc-dismiss=${()=>e.dismissRevocation()}
></acc-revocation-progress>
${this.renderBar(e)}
<div id="list" role="tabpanel" aria-labelledby="tab-${this.tab}">
${this.tab===`credentials`?this.renderCredentials(e):this.renderAuditTrail(e)}
</div>
<acc-toast></acc-toast>
<acc-create-panel
.user=${e.user}
.tokenEndpoint=${e.tokenEndpoint}
.create=${this.create}
.replaceSecret=${(t,n)=>e.replaceSecret(t,n)}
.revoke=${async t=>this.askRevoke(await e.credential(t))}
.exchange=${(t,n)=>e.exchange(t,n)}
@acc-doubt=${()=>e.credentials.reload()}
></acc-create-panel>
<acc-confirm .confirmation=${this.confirmation} @acc-closed=${this.confirmClosed}></acc-confirm>
</section>`:this.unconfigured?this.renderMissing():C}renderMissing(){let e=[`api`,`tokenProvider`].filter(e=>!this[e]);return b`<section part="panel" class="panel">
<p>${L.notConfigured} ${e.map((e,t)=>b`${t?`, `:``}<code>${e}</code>`)}.</p>
</section>`}renderBar(e){let t={credentials:L.tabs.credentials,audit:L.tabs.auditTrail},n=this.list(e);return b`<div class="bar">
<div role="tablist" aria-label=${L.tabs.label} @keydown=${this.tabKey}>
${dn.map(e=>b`<button
type="button"
role="tab"
id="tab-${e}"
aria-controls="list"
aria-selected=${e===this.tab}
tabindex=${e===this.tab?0:-1}
@click=${()=>this.choose(e)}
>
${t[e]}
</button>`)}
</div>
<div class="tools">
${this.tab===`credentials`?b`<label>
<span class="muted">${L.filter.label}</span>
<select @change=${this.filterChosen}>
${fn.map(t=>b`<option value=${t} .selected=${t===e.filter}>${L.filter[t]}</option>`)}
</select>
</label>`:this.renderAuditTools(e)}
<button
type="button"
class="quiet ${ft(n.view)?`busy`:``}"
aria-label=${L.refresh}
@click=${()=>n.reload()}
>
${Dt}
</button>
</div>
</div>`}renderAuditTools({auditFilter:e}){let{client_id:t,...n}=e;return b`${t?b`<button type="button" aria-label=${L.audit.showAll} title=${t} @click=${()=>this.showEvents(n)}>
${L.audit.onlyOf(I(t))}${wt}
</button>`:C}
<label>
<span class="muted">${L.filter.label}</span>
<select @change=${this.actionChosen}>
<option value="">${L.audit.anyAction}</option>
${Object.entries(L.audit.actions).map(([t,n])=>b`<option value=${t} .selected=${t===e.action}>${n(`…`)}</option>`)}
</select>
</label>
<button type="button" aria-disabled=${this.exporting} @click=${this.exportEvents}>
${this.exporting?L.audit.exporting:L.audit.export}
</button>`}showEvents(e){this.consoleState?.showEvents(e),this.requestUpdate()}actionChosen({target:e}){let{action:t,...n}=this.consoleState?.auditFilter??{},r=e.value;this.showEvents(r?{...n,action:r}:n)}async exportEvents(){if(this.consoleState&&!this.exporting){this.exporting=!0,this.exportFailure=null;try{st(`audit-events.jsonl`,await this.consoleState.exportEvents())}catch(e){this.exportFailure=e}finally{this.exporting=!1}}}renderCredentials({credentials:e,filter:t,mayWrite:n,userFailure:r}){let i=L.empty[t],a=`viewerText`in i&&!n?i.viewerText:i.text;return b`<acc-list-frame
.view=${e.view}
.failure=${e.view.failure??r}
.empty=${{title:i.title,text:a}}
.shown=${L.shown}
@acc-retry=${this.reload}
@acc-more=${this.showMore}
>
<acc-credential-table
.credentials=${e.view.items}
.mayWrite=${n}
.highlighted=${this.newest}
@acc-revoke=${({detail:e})=>this.askRevoke(e)}
></acc-credential-table>
</acc-list-frame>`}renderAuditTrail({auditEvents:e,credentials:t,userFailure:n}){let r=new Map(t.view.items.map(e=>[e.client_id,e.name]));return b`<acc-list-frame
.view=${e.view}
.failure=${e.view.failure??this.exportFailure??n}
.empty=${L.audit.empty}
.shown=${L.audit.shown}
@acc-retry=${this.reload}
@acc-more=${this.showMore}
>
<acc-audit-trail .events=${e.view.items} .names=${r}
@acc-only=${({detail:e})=>this.showEvents({...this.consoleState?.auditFilter,client_id:e})}
></acc-audit-trail>
</acc-list-frame>`}list(e){return this.tab===`credentials`?e.credentials:e.auditEvents}choose(e){e!==this.tab&&this.consoleState&&(this.tab=e,this.list(this.consoleState).reload())}tabKey(e){let t=getComputedStyle(this).direction===`rtl`,n={ArrowRight:t?-1:1,ArrowLeft:t?1:-1}[e.key];if(!n)return;let r=dn.at((dn.indexOf(this.tab)+n)%dn.length)??`credentials`;this.choose(r),this.updateComplete.then(()=>this.focusOn(`tab-${r}`))}filterChosen({target:e}){this.newest=null,this.consoleState?.showOnly(e.value)}async showMore(){if(!this.consoleState)return;let e=this.list(this.consoleState);if(ft(e.view))return;let t=e.view.items.length;await e.loadMore(),await this.updateComplete,!e.view.more&&this.tab===`credentials`&&this.table?.focusRow(t)}askRevoke(e){let t=this.consoleState?.credentials.view.items.indexOf(e)??0;this.confirmation=bt(e,async()=>{let n=await this.consoleState?.revoke(e.client_id),r=n?.revoked_by;this.toast?.show(r&&r.subject!==this.consoleState?.user?.subject&&n.revoked_at?L.alreadyRevoked(e.name,r.name,N(n.revoked_at)):L.revoked(e.name)),this.afterDialog=()=>this.focusRowOrHeading(t)})}async confirmClosed(){this.confirmation=null;let e=this.afterDialog;this.afterDialog=null,await this.updateComplete,e?.()}focusRowOrHeading(e){let t=(this.consoleState?.credentials.view.items.length??0)-1;this.table?.focusRow(Math.min(e,t))||this.focusOn(`heading`)}focusOn(e){this.renderRoot.querySelector(`#${e}`)?.focus()}async signInAgain(){this.signInFailed=!1;try{await this.signIn?.()}catch{this.signInFailed=!0;return}this.panel?.signedIn(),this.reload()}static{this.styles=[B,V,o`
:host {
display: block;
container-type: inline-size;
}
:host([hidden]) {
display: none;
}
/* What the host page says of all its text ends here: a secret shows in its own case, a theme comes by --acc-… alone. */
.panel {
all: initial;
color: var(--_text);
font: var(--_size) / 1.5 var(--_font);
color-scheme: inherit;
forced-color-adjust: inherit;
pointer-events: inherit;
visibility: inherit;
display: flex;
flex-direction: column;
gap: 1rem;
}
header,
.bar {
display: flex;
flex-wrap: wrap;
align-items: center;
justify-content: space-between;
gap: 0.75rem 1.5rem;
}
header > :first-child {
flex: 1 1 20rem;
}
h2 {
font-size: 1.4286em;
font-weight: 650;
letter-spacing: -0.01em;
line-height: 1.3;
}
h2:focus {
outline: none;
}
.buttons,
.tools,
.tools label {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.625rem;
}
.tools label {
flex-wrap: nowrap;
}
.tools,
.tools label,
.tools select {
min-inline-size: 0;
max-inline-size: 100%;
}
.tools select {
inline-size: auto;
}
.bar {
border-block-end: 1px solid var(--_line);
}
.tools {
padding-block-end: 0.5rem;
}
[role="tablist"] {
display: flex;
gap: 0.25rem;
align-self: flex-end;
}
[role="tab"] {
margin-block-end: -1px;
border: 0;
border-block-end: 2px solid transparent;
border-radius: 0;
background: none;
color: var(--_muted);
}
[role="tab"]:hover:not(:disabled) {
background: none;
color: var(--_text);
}
[role="tab"][aria-selected="true"] {
border-color: var(--_accent);
color: var(--_text);
}
@media (forced-colors: active) {
[role="tab"] {
border-color: Canvas;
}
[role="tab"][aria-selected="true"] {
border-color: Highlight;
}
}
[role="tab"]:focus-visible {
outline-offset: -2px;
}
.busy .icon {
animation: turn 900ms linear infinite;
}
@keyframes turn {
to {
rotate: 1turn;
}
}
.sign-in-failed {
color: var(--_danger);
}
@container (inline-size < 30rem) {
.buttons,
.buttons button {
flex: 1 1 auto;
}
}
`]}};W([O()],$.prototype,`api`,void 0),W([O({attribute:!1})],$.prototype,`tokenProvider`,void 0),W([O({attribute:!1})],$.prototype,`signIn`,void 0),W([k()],$.prototype,`tab`,void 0),W([k()],$.prototype,`confirmation`,void 0),W([k()],$.prototype,`newest`,void 0),W([k()],$.prototype,`signInFailed`,void 0),W([k()],$.prototype,`exporting`,void 0),W([k()],$.prototype,`exportFailure`,void 0),W([k()],$.prototype,`unconfigured`,void 0),W([A(`acc-create-panel`)],$.prototype,`panel`,void 0),W([A(`acc-list-frame`)],$.prototype,`frame`,void 0),W([A(`acc-credential-table`)],$.prototype,`table`,void 0),W([A(`acc-toast`)],$.prototype,`toast`,void 0),$=W([R(`api-client-credentials`)],$);export{Re as a,C as i,L as n,b as o,P as r,$ as t};