var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,ee=globalThis,te=ee.trustedTypes,ne=te?te.emptyScript:``,re=ee.reactiveElementPolyfillSupport,ie=(e,t)=>e,ae={toAttribute(e,t){switch(t){case Boolean:e=e?ne:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},oe=(e,t)=>!l(e,t),se={attribute:!0,type:String,converter:ae,reflect:!1,useDefault:!1,hasChanged:oe};Symbol.metadata??=Symbol(`metadata`),ee.litPropertyMetadata??=new WeakMap;var h=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=se){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??se}static _$Ei(){if(this.hasOwnProperty(ie(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ie(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ie(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ae:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ae:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??oe)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};h.elementStyles=[],h.shadowRootOptions={mode:`open`},h[ie(`elementProperties`)]=new Map,h[ie(`finalized`)]=new Map,re?.({ReactiveElement:h}),(ee.reactiveElementVersions??=[]).push(`2.1.2`);var ce=globalThis,le=e=>e,ue=ce.trustedTypes,de=ue?ue.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,fe=`$lit$`,g=`lit$${Math.random().toFixed(9).slice(2)}$`,pe=`?`+g,me=`<${pe}>`,_=document,he=()=>_.createComment(``),ge=e=>e===null||typeof e!=`object`&&typeof e!=`function`,_e=Array.isArray,ve=e=>_e(e)||typeof e?.[Symbol.iterator]==`function`,ye=`[ 	
\f\r]`,be=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,xe=/-->/g,Se=/>/g,v=RegExp(`>|${ye}(?:([^\\s"'>=/]+)(${ye}*=${ye}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Ce=/'/g,we=/"/g,Te=/^(?:script|style|textarea|title)$/i,Ee=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),y=Ee(1),b=Ee(2),x=Symbol.for(`lit-noChange`),S=Symbol.for(`lit-nothing`),De=new WeakMap,C=_.createTreeWalker(_,129);function Oe(e,t){if(!_e(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return de===void 0?t:de.createHTML(t)}var ke=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=be;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===be?c[1]===`!--`?o=xe:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=v):(Te.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=v):o=Se:o===v?c[0]===`>`?(o=i??be,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?v:c[3]===`"`?we:Ce):o===we||o===Ce?o=v:o===xe||o===Se?o=be:(o=v,i=void 0);let d=o===v&&e[t+1].startsWith(`/>`)?` `:``;a+=o===be?n+me:l>=0?(r.push(s),n.slice(0,l)+fe+n.slice(l)+g+d):n+g+(l===-2?t:d)}return[Oe(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Ae=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ke(t,n);if(this.el=e.createElement(l,r),C.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=C.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(fe)){let t=u[o++],n=i.getAttribute(e).split(g),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Ne:r[1]===`?`?Pe:r[1]===`@`?Fe:T}),i.removeAttribute(e)}else e.startsWith(g)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Te.test(i.tagName)){let e=i.textContent.split(g),t=e.length-1;if(t>0){i.textContent=ue?ue.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],he()),C.nextNode(),c.push({type:2,index:++a});i.append(e[t],he())}}}else if(i.nodeType===8){if(i.data===pe)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(g,e+1))!==-1;)c.push({type:7,index:a}),e+=g.length-1}}a++}}static createElement(e,t){let n=_.createElement(`template`);return n.innerHTML=e,n}};function w(e,t,n=e,r){if(t===x)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=ge(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=w(e,i._$AS(e,t.values),i,r)),t}var je=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??_).importNode(t,!0);C.currentNode=r;let i=C.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Me(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Ie(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=C.nextNode(),a++)}return C.currentNode=_,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Me=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=S,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=w(this,e,t),ge(e)?e===S||e==null||e===``?(this._$AH!==S&&this._$AR(),this._$AH=S):e!==this._$AH&&e!==x&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ve(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==S&&ge(this._$AH)?this._$AA.nextSibling.data=e:this.T(_.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Ae.createElement(Oe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new je(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=De.get(e.strings);return t===void 0&&De.set(e.strings,t=new Ae(e)),t}k(t){_e(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(he()),this.O(he()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=le(e).nextSibling;le(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},T=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=S,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=S}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=w(this,e,t,0),a=!ge(e)||e!==this._$AH&&e!==x,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=w(this,r[n+o],t,o),s===x&&(s=this._$AH[o]),a||=!ge(s)||s!==this._$AH[o],s===S?e=S:e!==S&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===S?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Ne=class extends T{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===S?void 0:e}},Pe=class extends T{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==S)}},Fe=class extends T{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=w(this,e,t,0)??S)===x)return;let n=this._$AH,r=e===S&&n!==S||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==S&&(n===S||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ie=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){w(this,e)}},Le={M:fe,P:g,A:pe,C:1,L:ke,R:je,D:ve,V:w,I:Me,H:T,N:Pe,U:Fe,B:Ne,F:Ie},Re=ce.litHtmlPolyfillSupport;Re?.(Ae,Me),(ce.litHtmlVersions??=[]).push(`3.3.3`);var ze=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Me(t.insertBefore(he(),e),e,void 0,n??{})}return i._$AI(e),i},Be=globalThis,E=class extends h{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ze(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return x}};E._$litElement$=!0,E.finalized=!0,Be.litElementHydrateSupport?.({LitElement:E});var Ve=Be.litElementPolyfillSupport;Ve?.({LitElement:E}),(Be.litElementVersions??=[]).push(`4.2.2`);var He={attribute:!0,type:String,converter:ae,reflect:!1,hasChanged:oe},Ue=(e=He,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function D(e){return(t,n)=>typeof n==`object`?Ue(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function O(e){return D({...e,state:!0,attribute:!1})}var We=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function k(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return We(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return We(n,r,{get(){return a(this)}})}}var A=class extends Error{constructor(e,t,n,r,i=[]){super(t),this.title=t,this.detail=n,this.requestId=r,this.faults=i,this.status=e}},Ge=class extends Error{constructor(e,t){super(),this.clientId=e,this.secretId=t}},j=class extends Error{},M=class extends Error{};function Ke(e){return e instanceof M||e instanceof A&&e.status>=500}function qe(e){return e instanceof A&&e.status===412}var Je=3e4,Ye=`urn:problem-type:already_created`,Xe=class{constructor(e,t,n=(e,t)=>fetch(e,t),r={}){this.base=e,this.tokenProvider=t,this.fetcher=n,this.options=r}get tokenEndpoint(){return this.address(`/oauth/token`)}consoleUser(){return this.call(`GET`,`/v1/console-user`,{})}async credentials(e,t){let n=await this.call(`GET`,`/v1/credentials`,{query:{...e,...Ze(t)}});return{items:n.credentials,nextCursor:n.next_cursor}}credential(e){return this.versioned(`GET`,`/v1/credentials/{client_id}`,{path:{client_id:e}})}edit(e,t,n){let r={path:{client_id:e},body:t};return this.versioned(`PATCH`,`/v1/credentials/{client_id}`,r,n===null?{}:{"If-Match":n})}suspend(e){return this.versioned(`POST`,`/v1/credentials/{client_id}/suspend`,{path:{client_id:e}})}resume(e){return this.versioned(`POST`,`/v1/credentials/{client_id}/resume`,{path:{client_id:e}})}create(e,t){return this.call(`POST`,`/v1/credentials`,{body:e},t)}addSecret(e,t,n){let r={path:{client_id:e},body:{overlap_seconds:t}};return this.call(`POST`,`/v1/credentials/{client_id}/secrets`,r,n)}async endSecret(e,t){await this.answer(`DELETE`,`/v1/credentials/{client_id}/secrets/{secret_id}`,{path:{client_id:e,secret_id:t}})}addKey(e,t){return this.versioned(`POST`,`/v1/credentials/{client_id}/keys`,{path:{client_id:e},body:{jwk:t}})}async removeKey(e,t){await this.answer(`DELETE`,`/v1/credentials/{client_id}/keys/{kid}`,{path:{client_id:e,kid:t}})}revoke(e){return this.call(`POST`,`/v1/credentials/{client_id}/revoke`,{path:{client_id:e}})}revokeAll(e){return this.call(`POST`,`/v1/credentials/revoke-all`,{},e)}revocation(e){return this.call(`GET`,`/v1/revocations/{revocation_id}`,{path:{revocation_id:e}})}async auditEvents(e,t){let n=await this.call(`GET`,`/v1/audit-events`,{query:{...e,...Ze(t)}});return{items:n.audit_events,nextCursor:n.next_cursor}}async exportAuditEvents(e){let t=[],n=null;do{let r={...e,...Ze(n)},i=await this.answer(`GET`,`/v1/audit-events`,{query:r},{Accept:`application/jsonl`});t.push(await i.text());let a=/<([^>]*)>; *rel="next"/.exec(i.headers.get(`Link`)??``)?.[1];n=a?new URL(a).searchParams.get(`cursor`):null}while(n!==null);return t}async serverMetadata(){let e=await this.send(this.address(`/.well-known/oauth-authorization-server`),{});if(!e.ok)throw await Qe(e);return await N(e)}exchange(e,t){return this.grant({Authorization:`Basic ${btoa(`${e}:${t}`)}`},{grant_type:`client_credentials`})}exchangeAssertion(e){return this.grant({},{grant_type:`client_credentials`,client_assertion_type:`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`,client_assertion:e})}grant(e,t){return this.heard(()=>this.granted(e,t))}async granted(e,t){let n=new URLSearchParams(Object.entries(t)),r=await this.send(this.tokenEndpoint,{method:`POST`,headers:e,body:n});if(r.ok)return await N(r);let i=await N(r);throw new A(r.status,i?.error??r.statusText,i?.error_description??``,$e(r,null))}async call(e,t,n,r){return await N(await this.answer(e,t,n,r===void 0?{}:{"Idempotency-Key":r}))}async versioned(e,t,n,r={}){let i=await this.answer(e,t,n,r);return{credential:await N(i),etag:i.headers.get(`ETag`)}}answer(e,t,n,r={}){return this.heard(()=>this.accepted(e,t,n,r))}async heard(e){try{return await e()}catch(e){throw this.options.failed?.(e),e}}async accepted(e,t,{body:n,...r},i){let a={Authorization:`Bearer ${await this.token()}`,...i};n!==void 0&&(a[`Content-Type`]=`application/json`);let o=await this.send(this.address(t,r),{method:e,headers:a,...n===void 0?{}:{body:JSON.stringify(n)}});if(o.status===401)throw new j;if(!o.ok)throw await Qe(o);return o}async token(){try{return await this.tokenProvider()}catch{throw new j}}async send(e,t){try{return await this.fetcher(e,{...t,cache:`no-store`,credentials:`omit`,signal:AbortSignal.timeout(Je)})}catch{throw new M}}address(e,{path:t={},query:n}={}){let r=e.replace(/{(\w+)}/g,(e,n)=>encodeURIComponent(t[n]??``)),i=Object.entries(n??{}).flatMap(([e,t])=>t===``?[]:[[e,String(t)]]);return this.base.replace(/\/+$/,``)+r+(i.length?`?${new URLSearchParams(i)}`:``)}};function Ze(e){return e===null?{}:{cursor:e}}async function N(e){try{return await e.json()}catch{if(e.ok)throw new M;return null}}async function Qe(e){let t=await N(e);return t?.type===Ye&&t.client_id?new Ge(t.client_id,t.secret_id??``):new A(e.status,t?.title??e.statusText,t?.detail??``,$e(e,t?.request_id),t?.errors)}function $e(e,t){return t??e.headers.get(`X-Request-Id`)}function et(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),e=>e.toString(16).padStart(2,`0`)).join(``)}var tt=class{constructor(){this.last=null,this.inDoubt=!1}async next(e,t){return this.last?.choices!==e&&(this.last={choices:e,wanted:await t(),key:et()},this.inDoubt=!1),this.last}isRetry(e){return this.inDoubt&&this.last?.choices===e}startAnew(){this.last=null,this.inDoubt=!1}};function nt(e,t,n=`application/jsonl`){let r=document.createElement(`a`);r.href=URL.createObjectURL(new Blob([...t],{type:n})),r.download=e,r.click(),URL.revokeObjectURL(r.href)}var rt={title:`API Client Credentials`,introduction:`Your programs exchange a credential for a short-lived access token and call the API with it.`,"tabs.credentials":`Credentials`,"tabs.audit":`Audit trail`,notConfigured:`This element shows API client credentials once the page gives it`,readOnly:`You can look, but not change anything: your role is viewer.`,generate:`Generate Client Credentials`,revoke:`Revoke`,"revoke.ask":`Revoke…`,revokeAll:`Revoke all`,cancel:`Cancel`,close:`Close`,refresh:`Refresh`,retry:`Try again`,repeat:`Repeat`,signInAgain:`Sign in again`,showMore:`Show more`,stop:`Stop`,showAll:`Show all`,copy:`Copy {what}`,"copy.of":`Copy {what} {of}`,copied:`{what} copied`,copyFailed:`The browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.`,"columns.name":`Token Name`,"columns.clientId":`Client ID`,"columns.createdBy":`Created By`,"columns.createdOn":`Created On`,"columns.lastUsed":`Last used`,"columns.selection":`Selection`,"columns.actions":`Actions`,"filter.label":`Show`,"filter.active":`Active`,"filter.expiring":`Expiring soon`,"filter.suspended":`Suspended`,"filter.expired":`Expired`,"filter.revoked":`Revoked`,"filter.all":`All`,"filter.search":`Search name, description or Client ID`,"filter.more":`Filters`,"filter.inUse":`Filters ({number})`,"filter.any":`Any`,"filter.anyone":`Anyone`,"filter.me":`Me ({name})`,"filter.scope":`Scope`,"filter.unused":`Unused for`,"filter.days":{one:`{count} day`,other:`{count} days`},"filter.sort":`Sort by`,"filter.clear":`Clear filters`,"sort.created_at.desc":`Newest first`,"sort.created_at.asc":`Oldest first`,"sort.name.asc":`Token Name, A to Z`,"sort.name.desc":`Token Name, Z to A`,"sort.created_by.asc":`Created By, A to Z`,"sort.created_by.desc":`Created By, Z to A`,"sort.last_used_at.desc":`Last used, latest first`,"sort.last_used_at.asc":`Last used, earliest first`,"sort.expires_at.asc":`Expiry, soonest first`,sortBy:`Sort by: {what}`,"status.active":`Active`,"status.suspended":`Suspended`,"status.expired":`Expired`,"status.revoked":`Revoked`,noScopes:`No scopes`,expiresOn:`Expires {date}`,expiresIn:`Expires {days}`,noUse:`No use recorded`,usedFrom:`From {network}`,expiredOn:`Expired {date}`,suspendedOn:`Suspended {date} by {by}`,revokedOn:`Revoked {date} by {by}`,moreActions:`Actions for {name}, {clientId}`,select:`Select {name}, {clientId}`,selectAll:{one:`Select the {count} that is shown`,other:`Select all {count} that are shown`},selected:{one:`{count} selected`,other:`{count} selected`},clearSelection:`Clear selection`,revokeSelected:{one:`Revoke {count} selected…`,other:`Revoke {count} selected…`},loading:`Loading…`,searchFurther:`Search further`,"searchingFurther.title":`Nothing found so far`,"searchingFurther.text":`There is more to search.`,stillLoading:`Still loading…`,readingAll:{one:`Reading all of them: {count} so far…`,other:`Reading all of them: {count} so far…`},restNotRead:`The rest could not be read.`,sortedSoFar:`Only these are sorted: the others have not been read.`,shown:{one:`{count} credential shown; there may be more.`,other:`{count} credentials shown; there may be more.`},shownOf:{one:`{count} credential shown of {total}.`,other:`{count} credentials shown of {total}.`},total:{one:`{count} credential`,other:`{count} credentials`},"empty.active.title":`No active credentials`,"empty.active.text":`Generate one, give it the name of the program that will use it, and copy its Token Secret.`,"empty.active.viewerText":`An admin of your organisation can generate one.`,"empty.expiring.title":`No credentials that expire soon`,"empty.expiring.text":`Active credentials whose expiry date is near appear here.`,"empty.suspended.title":`No suspended credentials`,"empty.suspended.text":`Credentials that cannot be used until somebody resumes them appear here.`,"empty.revoked.title":`No revoked credentials`,"empty.revoked.text":`Credentials that somebody revoked appear here.`,"empty.expired.title":`No expired credentials`,"empty.expired.text":`Credentials that reached their expiry date appear here.`,"empty.all.title":`No credentials yet`,"empty.all.text":`Credentials appear here once somebody has generated one.`,"empty.filtered.title":`No credential matches`,"empty.filtered.text":`Change the filters, or clear them.`,"create.title":`Generate Client Credentials`,"create.name":`Token Name`,"create.nameHint":`The program that will use it, for example “Invoice export”.`,"create.nameMissing":`Enter a name.`,"create.nameTooLong":`Use at most {most} characters.`,"create.scopes":`Scopes`,"create.scopesHint":`What the program may do. Choose no more than it needs.`,"create.expiry":`Expires`,"create.expiry.never":`Never`,"create.expiry.30":`In 30 days`,"create.expiry.90":`In 90 days`,"create.expiry.365":`In 1 year`,"create.expiry.date":`On a date…`,"create.expiryDate":`Last day`,"create.expiryDateHint":`It works until the end of this day, in your time zone.`,"create.expiryDateMissing":`Choose a day from today on.`,"create.submit":`Generate`,"create.submitting":`Generating…`,"create.doubt":`No answer came back, so a credential with this name may exist already. Try again with nothing changed: it is generated once, however often you try.`,"lost.title":`The credential exists already`,"lost.text":`It was generated when no answer came back. Its Token Secret was in that answer and cannot be shown again: get a new one, which ends the lost one at once, or revoke the credential.`,"lost.replace":`Get a new Token Secret`,"created.title":`Your new credential`,"created.secret":`Token Secret`,"created.warning":`Copy the Token Secret now. It will not be shown again.`,"created.warningDetail":`Nobody can look it up later. If it gets lost, generate another credential and revoke this one.`,"created.scopes":`Scopes`,"created.expires":`Expires`,"created.never":`Never`,"created.notCopied":`You have not copied the Token Secret. Once this panel closes it is gone.`,"created.closeAnyway":`Close without copying`,"created.keepOpen":`Keep open`,"created.done":`Done`,"useIt.title":`Use it`,"useIt.introduction":`Each ends in a call of the API and prints its answer. None has the Token Secret in it: they read it from the environment variable CLIENT_SECRET.`,"useIt.languages":`Language`,"useIt.code":`{language} code`,"useIt.test":`Test this credential`,"useIt.testing":`Testing…`,"useIt.testHint":`Exchanges it for an access token, from this page.`,"useIt.passed":{one:`It works. This access token is good for another second. A program goes by the expires_in of each answer: a token may come again, and then less is left.`,other:`It works. This access token is good for another {count} seconds. A program goes by the expires_in of each answer: a token may come again, and then less is left.`},"useIt.header":`Header`,"useIt.claims":`Claims`,"confirmRevoke.title":`Revoke “{name}”?`,"confirmRevoke.which":`Client ID {clientId}, generated {date} by {by}.`,"confirmRevoke.text":`Programs that use this credential can no longer get an access token. This takes effect at once and cannot be undone.`,"confirmRevoke.tokens":`Access tokens it already has stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.`,"confirmRevoke.busy":`Revoking…`,"confirmRevokeSeveral.title":{one:`Revoke {count} credential?`,other:`Revoke {count} credentials?`},"confirmRevokeSeveral.text":`Programs that use them can no longer get an access token. This takes effect at once and cannot be undone.`,"confirmRevokeSeveral.button":{one:`Revoke {count} credential`,other:`Revoke {count} credentials`},"confirmRevokeSeveral.busy":`Revoking: {done} of {total}`,"confirmRevokeSeveral.done":{one:`{count} credential is revoked.`,other:`{count} credentials are revoked.`},"confirmRevokeSeveral.left":{one:`{count} of {total} credentials is not known to be revoked`,other:`{count} of {total} credentials are not known to be revoked`},"confirmRevokeSeveral.theseAreLeft":`These are left:`,"confirmRevokeSeveral.unknown":`no answer came, so it may be revoked`,"confirmRevokeSeveral.untried":`not tried`,"confirmRevokeAll.title":`Revoke all credentials?`,"confirmRevokeAll.text":{one:`The {count} active credential of your organisation stops working at once.`,other:`All {count} active credentials of your organisation stop working at once, whoever generated them.`},"confirmRevokeAll.programs":`Every program that calls the API with one of them is locked out until you give it a new credential. This cannot be undone.`,"confirmRevokeAll.tokens":`Access tokens they already have stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.`,"confirmRevokeAll.understand":`I understand that these programs stop working.`,"confirmRevokeAll.button":{one:`Revoke {count} credential`,other:`Revoke all {count} credentials`},"confirmRevokeAll.noneLeft":`No answer came back, but no credential is active any more. Repeat it to see how far they are marked: it is carried out once.`,"confirmRevokeAll.unread":`No answer came back, so it may have been done or not. How many credentials are active cannot be read now. Repeat it: it is carried out once, however often it arrives.`,"confirmRevokeAll.stillActive":{one:`No answer came back, so it may have been done or not. {count} credential is active now. Repeat it: it is carried out once, however often it arrives.`,other:`No answer came back, so it may have been done or not. {count} credentials are active now. Repeat it: it is carried out once, however often it arrives.`},"actor.credential":`{name} (a credential)`,nothingToRevoke:`There is no active credential to revoke.`,revoked:`“{name}” is revoked.`,alreadyRevoked:`“{name}” had already been revoked by {by}, {date}.`,"revocation.title":`All credentials have stopped working`,"revocation.progress":`Marking them as revoked: {swept} of {total}`,"revocation.completed":{one:`{count} credential is marked as revoked.`,other:`{count} credentials are marked as revoked.`},"revocation.interrupted":`The progress could not be read. The credentials stay revoked.`,"audit.caption":`Audit trail`,"audit.anyAction":`All events`,"audit.onlyOf":`Only events of {clientId}`,"audit.showAll":`Show the events of all credentials`,"audit.export":`Export`,"audit.exporting":`Exporting…`,"audit.columns.at":`When`,"audit.columns.actor":`Who`,"audit.columns.action":`What`,"audit.columns.sourceIp":`From`,"audit.columns.requestId":`Request ID`,"audit.action.credential.created":`Generated “{name}”`,"audit.action.credential.secret_added":`Added a Token Secret to “{name}”`,"audit.action.credential.secret_ended":`Ended a Token Secret of “{name}”`,"audit.action.credential.secret_leaked":`A Token Secret of “{name}” was reported as leaked`,"audit.action.credential.key_added":`Added a key to “{name}”`,"audit.action.credential.key_removed":`Removed a key of “{name}”`,"audit.action.credential.edited":`Edited “{name}”`,"audit.action.credential.suspended":`Suspended “{name}”`,"audit.action.credential.resumed":`Resumed “{name}”`,"audit.action.credential.expiring":`“{name}” ends soon`,"audit.action.credential.refused":`Refused “{name}”`,"audit.action.credential.revoked":`Revoked “{name}”`,"audit.action.credentials.revoked_all":`Revoked all credentials`,"audit.action.credentials.swept":`All credentials marked as revoked`,"audit.empty.title":`Nothing recorded yet`,"audit.empty.text":`Who generated or revoked what, and when, appears here.`,"audit.since":`From day`,"audit.until":`To day`,"audit.filtered.title":`No event matches`,"audit.filtered.text":`Change the filters, or show all events.`,"audit.shown":{one:`{count} event shown; there may be more.`,other:`{count} events shown; there may be more.`},"audit.total":{one:`{count} event`,other:`{count} events`},"create.description":`Description`,"create.addresses":`Allowed addresses`,"create.addressesHint":`Networks that the program calls from, as CIDR blocks such as 192.0.2.0/24. Leave it empty to allow any.`,"action.edit":`Edit`,"action.rotate":`Rotate`,"action.suspend":`Suspend`,"action.resume":`Resume`,"action.revoke":`Revoke`,lastUsed:`Last used {date}`,"lastUsed.from":`Last used {date} from {network}`,neverUsed:`No use is known`,"confirmSuspend.title":`Suspend “{name}”?`,"confirmSuspend.text":`Programs that use this credential can no longer get an access token, from now on until somebody resumes it.`,"confirmSuspend.busy":`Suspending…`,"confirmResume.title":`Resume “{name}”?`,"confirmResume.text":`Programs can use this credential again at once.`,"confirmResume.busy":`Resuming…`,"confirmEndSecret.title":`End the Token Secret {hint}?`,"confirmEndSecret.newest":`This is the new Token Secret: the old one stays as it is.`,"confirmEndSecret.text":`Programs that still use it can no longer get an access token. This takes effect at once and cannot be undone.`,"confirmEndSecret.button":`End it`,"confirmEndSecret.busy":`Ending…`,"confirmRemoveKey.title":`Remove the key {kid}?`,"confirmRemoveKey.text":`Programs that still sign with it can no longer get an access token. This takes effect at once.`,"confirmRemoveKey.busy":`Removing…`,"credential.status":`Status`,"credential.use":`Use`,"credential.secrets":`Token Secrets`,"credential.keys":`Keys`,"credential.history":`History`,"credential.toAuditTrail":`In the audit trail`,"credential.generated":`Generated {date} ({ago})`,"credential.ends":`Ends {ago}, {date}`,"credential.ended":`Ended {date}`,"credential.end":`End now`,"credential.endSecret":`End now: the Token Secret {hint}`,"credential.endOld":`End the old one…`,"credential.remove":`Remove`,"credential.removeKey":`Remove the key {kid}`,"credential.suspended":`“{name}” is suspended.`,"credential.resumed":`“{name}” is active again.`,"credential.saved":`Saved.`,"credential.secretEnded":`The Token Secret has ended.`,"credential.keyRemoved":`The key is removed.`,"edit.title":`Edit {name}`,"edit.save":`Save`,"edit.busy":`Saving…`,"edit.notSaved":`What you changed is not saved.`,"edit.discard":`Discard it`,"edit.conflict":`Somebody else changed this credential meanwhile.`,"edit.change":`{field}: was {before}, is now {now}`,"edit.conflictHint":`What you changed is still here, and nothing of it is saved yet. Save again to put it over theirs.`,"rotate.title":`Rotate {name}`,"rotate.text":`You get a new Token Secret, shown once. The old one stays valid for a while, so that you can give your programs the new one without haste.`,"rotate.overlap":`The old Token Secret ends`,"rotate.overlap.0":`At once`,"rotate.overlap.3600":`In 1 hour`,"rotate.overlap.86400":`In 1 day`,"rotate.overlap.604800":`In 7 days`,"rotate.overlap.2592000":`In 30 days`,"rotate.overlap.open":`When I end it`,"rotate.crowded":`Two Token Secrets are valid already. End one of them first, or let both end now.`,"rotate.submit":`Get a new Token Secret`,"rotate.busy":`Working…`,"rotate.doubt":`No answer came back, so a new Token Secret may exist already. Try again with nothing changed: it is made once, however often you try.`,"rotate.lost":`The new Token Secret was made when no answer came back, and cannot be shown again. Get another one: it ends the lost one and leaves the old one as it is.`,"rotate.another":`Get another one`,"rotate.done":`Your new Token Secret`,"rotate.hint":`Nobody can look it up later. If it gets lost, rotate again.`,"rotate.old.inUse":`The old Token Secret {hint} was used after the new one was made, {date}: a program still needs it.`,"rotate.old.idle":`The new Token Secret is in use. The old one, {hint}, has not been used since the new one was made, as far as is known; the latest uses may be missing.`,"rotate.old.waiting":`The new Token Secret has not been used yet. Give it to your programs before you end the old one, {hint}.`,"audit.open":`Open the credential {clientId}`,profile:`Security profile`,"profile.hold":`Hold it to the FAPI 2.0 Security Profile: its tokens are bound to a key (DPoP)`,"profile.use":`Under FAPI 2.0 an assertion's audience is this service's issuer, and each request brings a DPoP proof (RFC 9449): use a library for clients that does both.`,"keys.authentication":`Authentication`,"keys.secret":`Token Secret`,"keys.key":`A key pair of its own: the private key never leaves the program`,"keys.where":`Where the key comes from`,"keys.make":`Make a key pair in this browser`,"keys.paste":`Paste a public key`,"keys.algorithm":`Algorithm`,"keys.makeHint":`You get the private key as a file, once. Only the public key is sent.`,"keys.pasted":`Public key`,"keys.pastedHint":`A JWK, a JWK Set, or PEM (BEGIN PUBLIC KEY), for one of {algorithms}.`,"keys.private":`This is a private key. It was not sent, and this page has forgotten it. Paste the public key; if anybody else may have seen this one, make a new pair.`,"keys.none":`There is no public key here that can be read: paste a JWK, a JWK Set, or PEM.`,"keys.warning":`Save the private key now. It will not be offered again.`,"keys.warningDetail":`It was made in this browser and is kept nowhere: whoever has the file is the program.`,"keys.download":`Download the private key`,"keys.privateKey":`Private key`,"keys.notSaved":`You have not saved the private key. Once this panel closes it is gone.`,"keys.closeAnyway":`Close without saving`,"keys.adding":`Adding…`,"keys.added":`The key is added.`,"action.addKey":`Add key`,"useIt.keyIntroduction":`Put the path of the private key's file in the environment variable CLIENT_KEY, then ask for an access token:`,"failures.signInExpired.title":`Your sign-in has expired`,"failures.signInExpired.text":`Sign in again to continue. What you have entered stays here.`,"failures.offline.title":`You are offline`,"failures.offline.text":`Try again once the connection is back.`,"failures.unreachable.title":`The service did not answer`,"failures.unreachable.text":`Check your connection, then try again.`,"failures.unexpected.title":`Something went wrong`,"failures.unexpected.text":`Try again. If it happens again, contact support.`,"failures.signInFailed.title":`Signing in did not work`,"failures.signInFailed.text":`Try again. If no window opens, allow pop-up windows for this page.`,"failures.requestId":`Request ID`,"page.title":`Developer console`,"page.signInTitle":`Sign in to manage API client credentials`,"page.signInText":`You will be taken to your organisation's sign-in page.`,"page.signIn":`Sign in`,"page.signOut":`Sign out`,"page.notConfigured.title":`The console is not set up`,"page.notConfigured.text":`The service gave no sign-in settings. Ask its operator.`},it=[String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,...[String.raw`\p{Script=Arabic}`,String.raw`\p{Script=Devanagari}`,String.raw`\p{Script=Bengali}`,String.raw`\p{Script=Gurmukhi}`,String.raw`\p{Script=Gujarati}`,String.raw`\p{Script=Oriya}`,String.raw`\p{Script=Tamil}`,String.raw`\p{Script=Telugu}`,String.raw`\p{Script=Kannada}`,String.raw`\p{Script=Malayalam}`,String.raw`\p{Script=Sinhala}`].map(e=>String.raw`(?<=${e})[\u200C\u200D](?=${e})`)].join(`|`),at=String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`,ot=RegExp(`(${it})|${at}`,`gu`),st=/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;function P(e){return e.replace(ot,(e,t)=>t===void 0?`⟨U+${e.codePointAt(0).toString(16).toUpperCase().padStart(4,`0`)}⟩`:e)}function ct(e,t){return t===`rtl`||st.test(e)?`\u2068${P(e)}\u2069`:P(e)}function F(e){return`…${e.slice(-8)}`}var lt=new Set([`Adlm`,`Arab`,`Hebr`,`Mand`,`Nkoo`,`Rohg`,`Samr`,`Syrc`,`Thaa`]),ut=[[`year`,31557600],[`month`,2629800],[`day`,86400],[`hour`,3600],[`minute`,60]],dt=class{constructor(e,t){this.locale=e,this.messages=t,this.t=(e,...[t])=>{let n=t??{};return this.form(this.messages[e],n.count).replace(/\{(\w+)\}/g,(e,t)=>{let r=n[t];return r===void 0?e:this.written(r)})},this.dateAndTime=e=>this.minutes.format(new Date(e)),this.dateAndSecond=e=>this.seconds.format(new Date(e)),this.ago=(e,t=Date.now())=>{let n=(Date.parse(e)-t)/1e3,[r,i]=ut.find(([,e])=>Math.abs(n)>=e)??[`minute`,60];return this.relative.format(Math.round(n/i),r)},this.direction=lt.has(new Intl.Locale(e).maximize().script)?`rtl`:`ltr`,this.plurals=new Intl.PluralRules(e),this.numbers=new Intl.NumberFormat(e),this.minutes=new Intl.DateTimeFormat(e,{dateStyle:`medium`,timeStyle:`short`}),this.seconds=new Intl.DateTimeFormat(e,{dateStyle:`medium`,timeStyle:`medium`}),this.relative=new Intl.RelativeTimeFormat(e,{numeric:`auto`})}has(e){return Object.hasOwn(this.messages,e)}form(e,t){return typeof e==`string`?e:(typeof t==`number`?e[this.plurals.select(t)]:void 0)??e.other}written(e){return typeof e==`number`?this.numbers.format(e):e instanceof Date?this.dateAndTime(e):ct(e,this.direction)}},ft=new dt(`en`,rt),pt=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),mt=function(e,t){return new URL(e,t).href},ht={},gt=function(e){return e.pathname.endsWith(`.css`)},_t=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},vt=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=mt(t,n);let r=s(t),i=gt(r);return _t(ht,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:pt,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},yt=new Map([[`en`,async()=>rt],[`ar`,async()=>(await vt(async()=>{let{ar:e}=await import(`./ar-DWPQcQJL.js`);return{ar:e}},[],import.meta.url)).ar],[`de`,async()=>(await vt(async()=>{let{de:e}=await import(`./de-C-M_Vtwq.js`);return{de:e}},[],import.meta.url)).de]]);async function bt(e,t){let n=Ct(e),r=new Intl.Locale(n).language,i=yt.get(r);if(!i&&!t)return new dt(St(`en`),rt);let a=i?await i():rt;return new dt(St(n),{...a,...t})}function xt(e){return e.map(Ct).find(e=>yt.has(new Intl.Locale(e).language))??`en`}function St(e){return e.includes(`-`)?e:navigator.languages.map(Ct).find(t=>new Intl.Locale(t).language===e)??e}function Ct(e){try{return Intl.getCanonicalLocales(e.replaceAll(`_`,`-`))[0]??`en`}catch{return`en`}}function wt(e){return e instanceof Ge?null:e instanceof A?{kind:`refused`,status:e.status,title:e.title,requestId:e.requestId}:{kind:e instanceof j?`sign-in-expired`:e instanceof M?`unreachable`:`unexpected`,status:null,title:null,requestId:null}}var Tt=class{constructor(e,t,n){this.api=e,this.changed=t,this.done=n}async edit(e,t,n){this.changed(await this.api.edit(e,t,n)),this.done(e,`edited`)}suspend(e){return this.make(e,`suspended`,()=>this.api.suspend(e),e=>e.status===`suspended`)}resume(e){return this.make(e,`resumed`,()=>this.api.resume(e),e=>e.suspended_at===null)}endSecret(e,t){return this.make(e,`secret-ended`,()=>this.api.endSecret(e,t),e=>!e.secrets.some(e=>e.secret_id===t))}addKey(e,t){return this.make(e,`key-added`,()=>this.api.addKey(e,t),e=>!!e.jwks?.keys.some(e=>Dt(e,t)))}removeKey(e,t){return this.make(e,`key-removed`,()=>this.api.removeKey(e,t),e=>!e.keys.some(e=>e.kid===t))}async addSecret(e,t,n){let r=await this.api.addSecret(e,t,n);return this.read(e),this.done(e,`secret-added`),r}async replaceLostSecret(e,t,n,r){return n!==0&&await this.endSecret(e,t),this.addSecret(e,n,r)}async read(e){let t=await this.api.credential(e).catch(()=>null);return t&&this.changed(t),t}async make(e,t,n,r){try{let t=await n();t?this.changed(t):await this.read(e)}catch(t){if(!Ke(t)&&!Et(t))throw t;let n=await this.read(e);if(!n||!r(n.credential))throw t}this.done(e,t)}};function Et(e){return e instanceof A&&(e.status===404||e.status===409)}function Dt(e,t){return[`kty`,`crv`,`x`,`y`,`n`,`e`].every(n=>e[n]===t[n])}function Ot(e){let t=e=>String(e).padStart(2,`0`);return`${e.getFullYear()}-${t(e.getMonth()+1)}-${t(e.getDate())}`}function kt(e){return e.toISOString().replace(/\.\d+Z$/,`Z`)}function At(e){return new Date(`${e}T00:00:00`)}function jt(e){return new Date(`${e}T23:59:59`)}function Mt(e,t){return new Date(e.getTime()+t*864e5)}var Nt=[`active`,`expiring`,`suspended`,`expired`,`revoked`,`all`],Pt={status:`active`,search:``,scope:``,created_by:``,unused:``},Ft={client_id:``,action:``,actor:``,since:``,until:``};function It(e){return Object.entries(e).some(([e,t])=>e!==`status`&&t)}function Lt({unused:e,...t},n){return{...t,unused_since:e&&kt(Mt(n,-Number(e)))}}function Rt({action:e,since:t,until:n,...r}){return{...r,...e&&{action:e},since:t&&kt(At(t)),until:n&&kt(new Date(jt(n).getTime()+1e3))}}var zt=[`created_at.desc`,`created_at.asc`,`name.asc`,`name.desc`,`created_by.asc`,`created_by.desc`,`last_used_at.desc`,`last_used_at.asc`,`expires_at.asc`],Bt=`created_at.desc`;function Vt(e,t,n){if(t===`created_at.desc`)return e;if(t===`created_at.asc`)return e.toReversed();let r=t.endsWith(`.desc`)?-1:1,i=t.replace(/\.\w+$/,``),{compare:a}=new Intl.Collator(n,{numeric:!0});return e.toSorted((e,t)=>{if(i===`name`)return r*a(e.name,t.name);if(i===`created_by`)return r*a(e.created_by.name,t.created_by.name);let[n,o]=[e[i],t[i]];return n===null||o===null?Number(n===null)-Number(o===null):r*(Date.parse(n)-Date.parse(o))})}var Ht=/^[1-9]\d{0,3}$/,Ut=/^\d{4}-\d\d-\d\d$/,Wt=/accs_/i,Gt=e=>!Wt.test(e);function Kt({filter:e,sort:t,auditFilter:n}){let r={...Pt,...Ft,sort:Bt},i=Object.entries({...e,...n,sort:t});return new URLSearchParams(i.filter(([e,t])=>t!==r[e]&&Gt(t))).toString()}function qt(e){let t=new URLSearchParams(e),n=(e,n=Gt)=>{let r=t.get(e)??``;return n(r)?r:``},r=e=>Ut.test(e)&&!Number.isNaN(Date.parse(e));return{filter:{status:Nt.find(e=>e===t.get(`status`))??Pt.status,search:n(`search`),scope:n(`scope`),created_by:n(`created_by`),unused:n(`unused`,e=>Ht.test(e))},sort:zt.find(e=>e===t.get(`sort`))??`created_at.desc`,auditFilter:{client_id:n(`client_id`),action:n(`action`),actor:n(`actor`),since:n(`since`,r),until:n(`until`,r)}}}function I(e){return e.phase===`loading`||e.phase===`slow`}var Jt=400,Yt=10,Xt=500,Zt=class{constructor(e,t,n=()=>50){this.page=e,this.changed=t,this.pageSize=n,this.view={phase:`loading`,items:[],more:!1,readingAll:!1,failure:null},this.cursor=null,this.again=null,this.failed=null,this.turn=0}reload({clear:e=!1,all:t=!1}={}){return e&&(this.view={...this.view,items:[],more:!1}),this.load(!0,t?1/0:this.pageSize())}loadMore(){return this.load(!1,this.pageSize())}loadAll(){return this.load(!1,1/0)}retry(){return this.failed?.()??this.reload()}stop(){I(this.view)&&(this.turn++,this.again=null,this.show({phase:`ready`,readingAll:!1}))}prepend(e){this.change([e,...this.view.items])}update(e){this.change(this.view.items.map(e).filter(e=>e!==null))}change(e){this.show({items:e}),this.again?.()}async load(e,t){let n=++this.turn,r=e?null:this.cursor,i=[],a=t,o=e&&this.view.items.length>0;this.again=()=>o?this.load(!0,t):this.load(e&&i.length===0,a),this.failed=null,this.show({phase:`loading`,readingAll:t===1/0,failure:null});let s=setTimeout(()=>{n===this.turn&&this.show({phase:`slow`})},Jt);try{for(let e=1,s=!1;!s;e++){let c=await this.page(r,Math.min(a,Xt));if(n!==this.turn)return;r=c.nextCursor,a-=c.items.length,i=[...i,...c.items],s=r===null||a<=0||e>=Yt&&t!==1/0,(!o||s)&&(this.cursor=r,this.show({items:[...o?[]:this.view.items,...o?i:c.items],more:r!==null}))}this.again=null,this.show({phase:`ready`,readingAll:!1})}catch(e){if(n!==this.turn)return;this.failed=this.again,this.again=null,this.show({phase:`failed`,readingAll:!1,failure:e})}finally{clearTimeout(s)}}show(e){this.view={...this.view,...e},this.changed()}},Qt=class{constructor(e,t,n,r){this.api=e,this.changed=t,this.clientId=n,this.history=new Zt((t,r)=>e.auditEvents({client_id:n,limit:r},t),()=>this.show({history:this.history.view})),this.view={clientId:n,credential:r,etag:null,failure:null,history:this.history.view}}async read(){this.show({failure:null}),this.history.reload();try{this.show(await this.api.credential(this.clientId))}catch(e){this.show({failure:e})}}take(e){this.show({...e,failure:null}),this.history.reload()}showMoreHistory(){this.history.loadMore()}show(e){this.view={...this.view,...e},this.changed()}},$t=300,en=2e3,tn=5,nn=class{constructor(e,t,n=()=>void 0,r=e=>new Promise(t=>setTimeout(t,e))){this.api=e,this.changed=t,this.announce=n,this.pause=r,this.user=null,this.userFailure=null,this.filter=Pt,this.sort=Bt,this.auditFilter=Ft,this.pageSize=50,this.locale=`en`,this.people=new Map,this.revocation=null,this.revocationInterrupted=!1,this.shown=null,this.stopped=!1,this.credentialQuery={},this.auditQuery={},this.lastSorted=null,this.changes=new Tt(e,e=>this.restate(e),(e,t)=>this.announce(`credential-changed`,{clientId:e,change:t})),this.credentials=new Zt(async(t,n)=>{t===null&&(this.credentialQuery=Lt(this.filter,new Date));let r=await e.credentials({...this.credentialQuery,limit:n},t);return this.meet(r.items.map(e=>e.created_by)),r},t,()=>this.pageSize),this.auditEvents=new Zt(async(t,n)=>{t===null&&(this.auditQuery=Rt(this.auditFilter));let r=await e.auditEvents({...this.auditQuery,limit:n},t);return this.meet(r.items.map(e=>e.actor)),r},t,()=>this.pageSize)}meet(e){let t=e.filter(({subject:e})=>!this.people.has(e));t.length&&(this.people=new Map([...this.people,...t.map(e=>[e.subject,e.name])]))}get rows(){let{items:e}=this.credentials.view;return(this.lastSorted?.[0]!==e||this.lastSorted[1]!==this.sort)&&(this.lastSorted=[e,this.sort,Vt(e,this.sort,this.locale)]),this.lastSorted[2]}get total(){let{items:e,more:t}=this.credentials.view;if(!t)return e.length;let n=this.user?.active_credentials??0;return this.filter.status===`active`&&!It(this.filter)&&n>e.length?n:null}get mayWrite(){return this.user?.roles.includes(`admin`)??!1}get tokenEndpoint(){return this.api.tokenEndpoint}async start(){await Promise.all([this.refreshUser(),this.reloadCredentials()])}async refreshUser(){try{this.user=await this.api.consoleUser(),this.userFailure=null}catch(e){this.userFailure=e}this.changed()}get asked(){return Kt(this)}ask(e){({filter:this.filter,sort:this.sort,auditFilter:this.auditFilter}=qt(e))}showOnly(e){return this.filter={...this.filter,...e},this.reloadCredentials(!0)}sortBy(e){this.sort=e,this.changed();let{view:t}=this.credentials;return e!==`created_at.desc`&&(t.more||I(t))?this.credentials.loadAll():Promise.resolve()}reloadCredentials(e=!1){return this.credentials.reload({clear:e,all:this.sort!==Bt})}showEvents(e){return this.auditFilter={...this.auditFilter,...e},this.auditEvents.reload({clear:!0})}exportEvents(){return this.api.exportAuditEvents(Rt(this.auditFilter))}async create(e,t){let n=await this.api.create(e,t),{client_secret:r,...i}=n;return It(this.filter)?this.reloadCredentials():[`active`,`all`].includes(this.filter.status)&&this.credentials.prepend(i),this.announce(`credential-created`,i),n}serverMetadata(){return this.api.serverMetadata()}async credential(e){return(await this.api.credential(e)).credential}show(e){let t=this.credentials.view.items.find(t=>t.client_id===e)??null;this.shown=e?new Qt(this.api,this.changed,e,t):null,this.shown?.read(),this.changed()}replaceSecret(e,t){return this.changes.addSecret(e,0,t)}async revoke(e){let t=await this.api.revoke(e).catch(async t=>{if(!Ke(t))throw t;let n=await this.credential(e).catch(()=>null);if(n?.status!==`revoked`)throw t;return n});return this.restate({credential:t,etag:null}),this.announce(`credential-revoked`,t),t}restate(e){let{credential:t}=e,{status:n}=this.filter,r=n===`expiring`?`active`:n,i=r===`all`||r===t.status;this.credentials.update(e=>e.client_id===t.client_id?i?t:null:e),this.shown?.clientId===t.client_id&&this.shown.take(e)}async revokeSeveral(e,t,n){let r=[];for(let[i,a]of e.entries()){if(n())return[...r,...rn(e.slice(i))];try{await this.revoke(a.client_id)}catch(t){if(r.push({credential:a,failure:t}),!(t instanceof A))return[...r,...rn(e.slice(i+1))]}t(i+1)}return r}async revokeAll(e){this.revocation=await this.api.revokeAll(e),this.revocationInterrupted=!1,this.changed(),this.announce(`revoked-all`,this.revocation),this.reloadCredentials(!0),this.auditEvents.reload(),this.followRevocation(this.revocation.revocation_id)}exchange(e,t){return this.api.exchange(e,t)}dismissRevocation(){this.revocation=null,this.changed()}stop(){this.stopped=!0}async followRevocation(e){let t=$t,n=0;for(;!this.stopped&&this.revocation?.revocation_id===e&&!this.revocation.completed_at;){await this.pause(t),t=Math.min(t*1.5,en);try{let t=await this.api.revocation(e);this.revocation?.revocation_id===e&&(this.revocation=t),n=0}catch{n+=1}if(this.revocationInterrupted=n>=tn,this.changed(),this.revocationInterrupted)return}await Promise.all([this.refreshUser(),this.auditEvents.reload()])}};function rn(e){return e.map(e=>({credential:e,failure:null}))}function an({secrets:e},t=Date.now()){return on(e).filter(({expires_at:e})=>e===null||Date.parse(e)>t)}function on(e){return e.toSorted((e,t)=>e.created_at.localeCompare(t.created_at))}function sn({hint:e}){return`…${e}`}function L(e,t){let{last_used_at:n,last_used_from:r}=t;return n?r?e(`lastUsed.from`,{date:new Date(n),network:r}):e(`lastUsed`,{date:new Date(n)}):e(`neverUsed`)}function cn(e){let[t,n]=an(e);if(!t||!n)return null;let r=sn(t),i=t.last_used_at;if(i&&i>=n.created_at)return{old:t,words:e=>e(`rotate.old.inUse`,{hint:r,date:new Date(i)}),isNeeded:!0};let a=n.last_used_at!==null;return{old:t,words:e=>e(a?`rotate.old.idle`:`rotate.old.waiting`,{hint:r}),isNeeded:!a}}function ln({t:e,ago:t},n,r){let i=an(n);return y`<ul class="items">
${on(n.secrets).map(n=>{let{created_at:a,expires_at:o}=n,s=sn(n);return y`<li>
<div>
<p class="mono">${s}</p>
<p class="muted">${e(`credential.generated`,{date:new Date(a),ago:t(a)})}</p>
<p class="muted">${L(e,n)}</p>
${o?i.includes(n)?y`<p class="ending">${e(`credential.ends`,{ago:t(o),date:new Date(o)})}</p>`:y`<p class="muted">${e(`credential.ended`,{date:new Date(o)})}</p>`:S}
</div>
${r&&i.length>1&&i.includes(n)?y`<button type="button" class="danger" aria-label=${e(`credential.endSecret`,{hint:s})} @click=${()=>r(n)}>${e(`credential.end`)}</button>`:S}
</li>`})}
</ul>`}function un({t:e},t,n){return y`<ul class="items">
${t.keys.map(({kid:r,...i})=>{let{kty:a=``,crv:o}=t.jwks?.keys.find(e=>e.kid===r)??{};return y`<li>
<div>
<p class="mono">${r}</p>
<p class="muted">${o?`${a} ${o}`:a}</p>
<p class="muted">${L(e,i)}</p>
</div>
${n&&t.keys.length>1?y`<button type="button" class="danger" aria-label=${e(`credential.removeKey`,{kid:r})} @click=${()=>n(r)}>${e(`credential.remove`)}</button>`:S}
</li>`})}
</ul>`}var dn=o`
.items {
padding: 0;
list-style: none;
}
.items li {
display: flex;
flex-wrap: wrap;
align-items: flex-start;
justify-content: space-between;
gap: 0.5rem 1rem;
padding-block: 0.625rem;
border-block-start: 1px solid var(--_line);
overflow-wrap: anywhere;
}
.items li > div {
flex: 1 1 12rem;
min-inline-size: 0;
}
.ending {
color: var(--_warning);
font-weight: 500;
}
.passed {
color: var(--_success);
font-weight: 500;
}
`;function fn(e,t){return{words:t=>({title:t(`confirmRevoke.title`,{name:e.name}),paragraphs:[_n(t,e),t(`confirmRevoke.text`),t(`confirmRevoke.tokens`)],button:t(`revoke`),busy:t(`confirmRevoke.busy`)}),action:t}}function pn(e,t){return{words:t=>({title:t(`confirmSuspend.title`,{name:e.name}),paragraphs:[_n(t,e),t(`confirmSuspend.text`)],button:t(`action.suspend`),busy:t(`confirmSuspend.busy`)}),action:t}}function mn(e,t){return{words:t=>({title:t(`confirmResume.title`,{name:e.name}),paragraphs:[_n(t,e),t(`confirmResume.text`)],button:t(`action.resume`),busy:t(`confirmResume.busy`)}),action:t}}function hn(e,t,n){let r=cn(e);return{words:e=>({title:e(`confirmEndSecret.title`,{hint:sn(t)}),paragraphs:[L(e,t),r?.old===t?r.words(e):e(`confirmEndSecret.newest`),e(`confirmEndSecret.text`)],button:e(`confirmEndSecret.button`),busy:e(`confirmEndSecret.busy`)}),action:n}}function gn(e,t,n){let r=e.keys.find(e=>e.kid===t);return{words:e=>({title:e(`confirmRemoveKey.title`,{kid:t}),paragraphs:[...r?[L(e,r)]:[],e(`confirmRemoveKey.text`)],button:e(`credential.remove`),busy:e(`confirmRemoveKey.busy`)}),action:n}}function _n(e,t){let{client_id:n,created_at:r,created_by:i}=t;return`${e(`confirmRevoke.which`,{clientId:F(n),date:new Date(r),by:i.name})} ${L(e,t)}.`}function vn(e,t,n){let r=e.length;return{words:t=>({title:t(`confirmRevokeSeveral.title`,{count:r}),paragraphs:[t(`confirmRevokeSeveral.text`),t(`confirmRevokeAll.tokens`)],list:e.map(yn),button:t(`confirmRevokeSeveral.button`,{count:r}),busy:t(`confirmRevoke.busy`)}),stoppable:!0,action:async i=>{let a=await t(e,i);if(a.length===0)return n(r);let o=r-a.length,s=vn(a.map(e=>e.credential),t,e=>n(o+e));return{...s,words:e=>({...s.words(e),title:e(`confirmRevokeSeveral.left`,{count:a.length,total:r}),paragraphs:[e(`confirmRevokeSeveral.done`,{count:o}),e(`confirmRevokeSeveral.theseAreLeft`)],list:a.map(({credential:t,failure:n})=>`${yn(t)}: ${bn(e,n)}`)}),failure:a.find(({failure:e})=>e)?.failure}}}}function yn(e){return`${P(e.name)} · ${F(e.client_id)}`}function bn(e,t){return!t||t instanceof j?e(`confirmRevokeSeveral.untried`):Ke(t)?e(`confirmRevokeSeveral.unknown`):t instanceof A&&(t.detail||t.title)||e(`failures.unexpected.title`)}function xn(e,t,n){return{words:t=>({title:t(`confirmRevokeAll.title`),paragraphs:[t(`confirmRevokeAll.text`,{count:e}),t(`confirmRevokeAll.programs`),t(`confirmRevokeAll.tokens`)],understand:t(`confirmRevokeAll.understand`),button:t(`confirmRevokeAll.button`,{count:e}),busy:t(`confirmRevoke.busy`)}),action:t,recheck:n}}function R(e){return t=>{customElements.get(e)||customElements.define(e,t)}}function Sn(e,t,n){let r=t!==`error`;e.dispatchEvent(new CustomEvent(t,{detail:n,bubbles:r,composed:r}))}var z=e=>b`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none"
stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${e}</svg>`,Cn=z(b`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`),wn=z(b`<path d="m3 8.5 3.2 3.2L13 4.8"/>`),Tn=z(b`<path d="m4 4 8 8M12 4l-8 8"/>`),En=z(b`<circle cx="3.5" cy="8" r=".75" fill="currentColor"/><circle cx="8" cy="8" r=".75" fill="currentColor"/><circle cx="12.5" cy="8" r=".75" fill="currentColor"/>`),Dn=z(b`<path d="M8 3.2v9.6M3.2 8h9.6"/>`),On=z(b`<path d="M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.8V6H9.8"/>`),kn=z(b`<path d="M8 2.3 14.2 13H1.8ZM8 6.5v3M8 11.3v.1"/>`),An=z(b`<circle cx="8" cy="8" r="5.7"/><path d="M8 7.4v3.4M8 5.2v.1"/>`),jn=z(b`<circle cx="5.2" cy="10.8" r="2.7"/><path d="m7.2 8.8 6-6M11.2 4.8l2 2"/>`),Mn=z(b`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`),Nn=`acc-localization`,B=class{constructor(e){this.element=e,this.provider=null,e.addController(this)}get localization(){return this.provider?.localization??ft}get t(){return this.localization.t}hostConnected(){this.element.dispatchEvent(new CustomEvent(Nn,{detail:this,bubbles:!0,composed:!0}))}hostDisconnected(){this.provider?.leave(this),this.provider=null}changed(){this.element.requestUpdate()}joined(e){this.provider=e}},Pn=class{constructor(e){this.element=e,this.given=ft,this.elements=new Set,e.addEventListener(Nn,e=>{e.stopPropagation();let{detail:t}=e;this.elements.add(t),t.joined(this)})}get localization(){return this.given}set localization(e){this.given=e,this.element.requestUpdate();for(let e of this.elements)e.changed()}leave(e){this.elements.delete(e)}},V=o`
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
`,H=o`
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
select,
textarea {
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
select,
textarea {
inline-size: 100%;
min-block-size: 2.25rem;
padding: 0.25rem 0.625rem;
border: 1px solid var(--_control);
border-radius: calc(var(--_radius) * 0.75);
background: var(--_raised);
}
[aria-invalid="true"] {
border-color: var(--_danger);
}
textarea {
resize: vertical;
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
`,Fn=o`
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
.rows > :last-child .row:last-child {
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
`,In=o`
.tools {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.625rem 0.875rem;
}
.tools + .tools {
margin-block-start: 0.625rem;
}
.choice {
display: flex;
align-items: center;
gap: 0.5rem;
}
.choice,
.choice * {
min-inline-size: 0;
max-inline-size: 100%;
}
.choice .muted {
flex: none;
}
.tools input[type="search"] {
flex: 1 1 14rem;
}
.tools [type="date"] {
inline-size: auto;
}
`,Ln=o`
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
.content > :not([hidden]) ~ * {
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
@media (width < 26rem) {
header,
footer,
.content {
padding-inline: 1rem;
}
}
`;function U(e,t,n,r,i){return y`<span class="choice">
<label class="muted" for=${e}>${t}</label>
<select id=${e} @change=${({target:e})=>i(e.value)}>
${(r.some(([e])=>e===n)?r:[...r,[n,n]]).map(([e,t])=>y`<option value=${e} .selected=${e===n}>${t}</option>`)}
</select>
</span>`}function W(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var Rn=`audit.action.`,zn=Object.keys(rt).filter(e=>e.startsWith(Rn)),Bn=class extends E{constructor(...e){super(...e),this.filter=Ft,this.people=new Map,this.exporting=!1,this.localized=new B(this)}render(){let{filter:e}=this,{t}=this.localized,n=zn.map(e=>[e.slice(13),t(e,{name:`…`})]),r=[...this.people].map(([e,t])=>[e,P(t)]);return y`<div class="tools">
${U(`action`,t(`filter.label`),e.action,[[``,t(`audit.anyAction`)],...n],e=>this.fire({action:e}))}
${U(`actor`,t(`audit.columns.actor`),e.actor,[[``,t(`filter.anyone`)],...r],e=>this.fire({actor:e}))}
${this.renderDay(`since`,t(`audit.since`),e.until)} ${this.renderDay(`until`,t(`audit.until`),e.since)}
${e.client_id?y`<button type="button" aria-label=${t(`audit.showAll`)} title=${e.client_id} @click=${()=>this.fire({client_id:``})}>
${t(`audit.onlyOf`,{clientId:F(e.client_id)})}${Tn}
</button>`:S}
<button
type="button"
aria-disabled=${this.exporting}
@click=${()=>this.exporting||this.dispatchEvent(new CustomEvent(`acc-export`))}
>
${this.exporting?t(`audit.exporting`):t(`audit.export`)}
</button>
</div>`}renderDay(e,t,n){return y`<label class="choice">
<span class="muted">${t}</span>
<input
type="date"
min=${e===`until`&&n||S}
max=${e===`since`&&n||Ot(new Date)}
.value=${this.filter[e]}
@change=${({target:t})=>this.dayChosen(e,t)}
/>
</label>`}dayChosen(e,t){t.reportValidity()&&this.fire({[e]:t.value})}fire(e){this.dispatchEvent(new CustomEvent(`acc-filter`,{detail:e}))}static{this.styles=[V,H,In,o`
:host {
display: block;
}
`]}};W([D({attribute:!1})],Bn.prototype,`filter`,void 0),W([D({attribute:!1})],Bn.prototype,`people`,void 0),W([D({attribute:!1})],Bn.prototype,`exporting`,void 0),Bn=W([R(`acc-audit-filters`)],Bn);var G={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Vn=e=>(...t)=>({_$litDirective$:e,values:t}),Hn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Un}=Le,Wn=e=>e,Gn=e=>e.strings===void 0,Kn=()=>document.createComment(``),qn=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Un(r.insertBefore(Kn(),i),r.insertBefore(Kn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Wn(e).nextSibling;Wn(r).insertBefore(e,i),e=t}}}return n},K=(e,t,n=e)=>(e._$AI(t,n),e),Jn={},Yn=(e,t=Jn)=>e._$AH=t,Xn=e=>e._$AH,Zn=e=>{e._$AR(),e._$AA.remove()},Qn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},$n=Vn(class extends Hn{constructor(e){if(super(e),e.type!==G.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Xn(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=K(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=K(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=K(i[d],a[m]),qn(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=K(i[f],a[p]),qn(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Qn(o,p,m),u=Qn(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=qn(e,i[d]);K(t,a[p]),c[p]=t}else c[p]=K(n,a[p]),qn(e,i[d],n),i[t]=null;p++}else Zn(i[f]),f--}else Zn(i[d]),d++;for(;p<=m;){let t=qn(e,c[m+1]);K(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&Zn(e)}return this.ut=o,Yn(e,c),x}});function er(e,t){return t.type===`credential`?e(`actor.credential`,{name:t.name}):P(t.name)}var tr=class extends E{constructor(...e){super(...e),this.events=[],this.names=new Map,this.localized=new B(this)}render(){let{t:e,localization:t}=this.localized;return y`<div class="table" role="table" aria-label=${e(`audit.caption`)} part="table">
<div class="head" role="rowgroup">
<div class="row" role="row">
<div class="cell" role="columnheader">${e(`audit.columns.at`)}</div>
<div class="cell" role="columnheader">${e(`audit.columns.actor`)}</div>
<div class="cell" role="columnheader">${e(`audit.columns.action`)}</div>
<div class="cell" role="columnheader">${e(`audit.columns.sourceIp`)}</div>
<div class="cell" role="columnheader">${e(`audit.columns.requestId`)}</div>
</div>
</div>
<div class="rows" role="rowgroup">
${$n(this.events,e=>e.event_id,n=>y`<div class="row" role="row" part="row">
<div class="cell" role="cell">
<span class="label">${e(`audit.columns.at`)}</span><time datetime=${n.at}>${t.dateAndSecond(n.at)}</time>
</div>
<div class="cell" role="cell"><span class="label">${e(`audit.columns.actor`)}</span><bdi>${er(e,n.actor)}</bdi></div>
<div class="cell" role="cell"><span class="label">${e(`audit.columns.action`)}</span><span>${this.inWords(n)}${n.client_id?this.renderLink(n.client_id):S}</span></div>
<div class="cell" role="cell"><span class="label">${e(`audit.columns.sourceIp`)}</span><span>${n.source_ip}</span></div>
<div class="cell mono" role="cell"><span class="label">${e(`audit.columns.requestId`)}</span><span>${n.request_id}</span></div>
</div>`)}
</div>
</div>`}renderLink(e){return y` <button
type="button"
class="link mono"
title=${e}
aria-label=${this.localized.t(`audit.open`,{clientId:F(e)})}
@click=${()=>this.dispatchEvent(new CustomEvent(`acc-open`,{detail:e}))}
>
${F(e)}
</button>`}inWords(e){let t=e.client_id??``,n=e.details.name??this.names.get(t)??(t&&F(t)),r=`audit.action.${e.action}`,{t:i,localization:a}=this.localized;return a.has(r)?i(r,{name:String(n)}):e.action}static{this.styles=[V,H,Fn,o`
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
`]}};W([D({attribute:!1})],tr.prototype,`events`,void 0),W([D({attribute:!1})],tr.prototype,`names`,void 0),tr=W([R(`acc-audit-trail`)],tr);var q=class extends E{constructor(...e){super(...e),this.failure=null,this.retryable=!1,this.text=``,this.localized=new B(this)}render(){let{t:e}=this.localized;if(!this.failure)return this.text?y`<div class="box info">${An}<p>${this.text}</p></div>`:S;let{title:t,text:n,requestId:r}=nr(e,this.failure);return y`<div class="box" role="alert">
${kn}
<div class="words">
<p class="title">${t}</p>
${n?y`<p>${n}</p>`:S}
${r?y`<p class="muted">${e(`failures.requestId`)} <code>${r}</code></p>`:S}
</div>
${this.failure instanceof j?y`<button type="button" @click=${()=>this.fire(`acc-sign-in`)}>${e(`signInAgain`)}</button>`:this.retryable?y`<button type="button" @click=${()=>this.fire(`acc-retry`)}>${e(`retry`)}</button>`:S}
</div>`}fire(e){this.dispatchEvent(new CustomEvent(e,{bubbles:!0,composed:!0}))}static{this.styles=[V,H,o`
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
`]}};W([D({attribute:!1})],q.prototype,`failure`,void 0),W([D({type:Boolean})],q.prototype,`retryable`,void 0),W([D()],q.prototype,`text`,void 0),q=W([R(`acc-notice`)],q);function nr(e,t){let n=t=>({title:e(`failures.${t}.title`),text:e(`failures.${t}.text`),requestId:null});if(t instanceof j)return n(`signInExpired`);if(t instanceof M)return n(navigator.onLine?`unreachable`:`offline`);let r=n(`unexpected`);return t instanceof A?{title:t.title||r.title,text:t.detail||r.text,requestId:t.requestId}:r}async function rr(e){await e.updateComplete;let t=e.renderRoot.querySelector(`acc-notice:not([hidden])`);await t?.updateComplete,(e.renderRoot.querySelector(`.caution`)??t)?.scrollIntoView({block:`nearest`})}var J=class extends E{constructor(...e){super(...e),this.confirmation=null,this.busy=!1,this.understood=!1,this.failure=null,this.known=null,this.localized=new B(this),this.progress=null,this.stopped=!1}render(){if(!this.confirmation)return S;let{t:e}=this.localized,t=this.confirmation.words(e);return y`<dialog
role="alertdialog"
aria-labelledby="title"
aria-describedby="text"
part="dialog"
@cancel=${this.cancelled}
@close=${this.closed}
>
<h2 id="title">${t.title}</h2>
<div id="text">${t.paragraphs.map(e=>y`<p>${e}</p>`)}</div>
${t.list?y`<ul tabindex="0" aria-labelledby="title">${t.list.map(e=>y`<li><bdi>${e}</bdi></li>`)}</ul>`:S}
${t.understand?y`<label class="understand">
<input type="checkbox" .checked=${this.understood} @change=${this.toggled} />
<span>${t.understand}</span>
</label>`:S}
<acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
${this.known?y`<p class="known" role="status">${this.known(e)}</p>`:S}
<div class="buttons">
<button type="button" autofocus @click=${this.cancel} ?disabled=${this.busy&&!this.confirmation?.stoppable}>
${e(this.busy&&this.confirmation?.stoppable?`stop`:`cancel`)}
</button>
<button
type="button"
class="danger solid"
aria-disabled=${this.blocked}
@click=${this.run}
>
${this.busy?this.progress?.(e)??t.busy:this.known?e(`repeat`):t.button}
</button>
</div>
</dialog>`}willUpdate(e){e.has(`confirmation`)&&(this.busy=!1,this.understood=!1,this.failure=this.confirmation?.failure??null,this.known=this.progress=null)}updated(e){e.has(`confirmation`)&&this.confirmation&&!this.dialog?.open&&(this.dialog?.showModal(),this.dialog?.scrollTo(0,0))}get asksToUnderstand(){return this.confirmation?.words(this.localized.t).understand!==void 0}get blocked(){return this.busy||this.asksToUnderstand&&!this.understood}toggled({target:e}){this.understood=e.checked}async run(){if(!this.blocked&&this.confirmation){this.busy=!0,this.stopped=!1,this.failure=null;try{let e=await this.confirmation.action({tell:e=>this.progress=e,stopped:()=>this.stopped});e?this.confirmation=e:this.dialog?.close()}catch(e){this.failure=e,Ke(e)&&(this.known=await this.confirmation.recheck?.()??null)}finally{this.busy=!1}}}cancel(){this.busy?this.stopped=!0:this.dialog?.close()}cancelled(e){this.busy&&e.preventDefault()}closed(){this.dispatchEvent(new CustomEvent(`acc-closed`))}static{this.styles=[V,H,o`
dialog {
inline-size: min(30rem, calc(100vi - 2rem));
max-block-size: calc(100dvb - 2rem);
padding: 1.5rem 1.5rem 0;
overflow-y: auto;
/* What takes the focus stands clear of the buttons, which stay. */
scroll-padding-block-end: 8.5rem;
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
ul {
max-block-size: 12rem;
margin-block-start: 0.75rem;
padding: 0.5rem 0.75rem;
overflow-y: auto;
border: 1px solid var(--_line);
border-radius: var(--_radius);
list-style: none;
overflow-wrap: anywhere;
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
`]}};W([D({attribute:!1})],J.prototype,`confirmation`,void 0),W([O()],J.prototype,`busy`,void 0),W([O()],J.prototype,`understood`,void 0),W([O()],J.prototype,`failure`,void 0),W([O()],J.prototype,`known`,void 0),W([O()],J.prototype,`progress`,void 0),W([k(`dialog`)],J.prototype,`dialog`,void 0),J=W([R(`acc-confirm`)],J);var ir=[`30`,`90`,`180`,`365`],ar=300,Y=class extends E{constructor(...e){super(...e),this.filter=Pt,this.user=null,this.people=new Map,this.open=!1,this.localized=new B(this)}render(){let{filter:e,user:t}=this,{t:n}=this.localized,r=[e.scope,e.created_by,e.unused].filter(Boolean).length;return y`<div class="tools">
<input
type="search"
aria-label=${n(`filter.search`)}
placeholder=${n(`filter.search`)}
maxlength="100"
.value=${e.search}
@input=${this.typed}
@change=${this.searched}
/>
${U(`status`,n(`filter.label`),e.status,Nt.map(e=>[e,n(`filter.${e}`)]),e=>this.fire({status:e}))}
<button type="button" aria-expanded=${this.open} aria-controls="more" @click=${()=>this.open=!this.open}>
${Mn}${r?n(`filter.inUse`,{number:r}):n(`filter.more`)}
</button>
</div>
<div class="tools" id="more" ?hidden=${!this.open}>
${t?.scopes.length||e.scope?U(`scope`,n(`filter.scope`),e.scope,[[``,n(`filter.any`)],...(t?.scopes??[]).map(e=>[e.name,e.name])],e=>this.fire({scope:e})):S}
${U(`created-by`,n(`columns.createdBy`),e.created_by,[[``,n(`filter.anyone`)],...[...this.people].map(([e,r])=>[e,e===t?.subject?n(`filter.me`,{name:r}):P(r)])],e=>this.fire({created_by:e}))}
${U(`unused`,n(`filter.unused`),e.unused,[[``,n(`filter.any`)],...ir.map(e=>[e,n(`filter.days`,{count:Number(e)})])],e=>this.fire({unused:e}))}
${U(`sort`,n(`filter.sort`),this.sort,zt.map(e=>[e,n(`sort.${e}`)]),e=>this.dispatchEvent(new CustomEvent(`acc-sort`,{detail:e})))}
${It(e)?y`<button type="button" @click=${this.clear}>${n(`filter.clear`)}</button>`:S}
</div>`}fire(e){clearTimeout(this.typing),this.dispatchEvent(new CustomEvent(`acc-filter`,{detail:e}))}search(e){let t=e.value.trim();t!==this.filter.search&&this.fire({search:t})}searched({target:e}){this.search(e)}typed({target:e}){clearTimeout(this.typing),this.typing=setTimeout(()=>this.search(e),ar)}clear(){this.fire({...Pt,status:this.filter.status}),this.renderRoot.querySelector(`input`)?.focus()}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.typing)}static{this.styles=[V,H,In,o`
:host {
display: block;
}
`]}};W([D({attribute:!1})],Y.prototype,`filter`,void 0),W([D({attribute:!1})],Y.prototype,`sort`,void 0),W([D({attribute:!1})],Y.prototype,`user`,void 0),W([D({attribute:!1})],Y.prototype,`people`,void 0),W([O()],Y.prototype,`open`,void 0),Y=W([R(`acc-credential-filters`)],Y);function or(e,t){return e.status===`revoked`?[]:[`revoke`,e.suspended_at?`resume`:`suspend`,`edit`,...e.keys.length?[`addKey`]:e.status===`expired`||t?[]:[`rotate`]]}var sr=10,cr=200,lr=60,ur=class{constructor(e){this.host=e,this.inSight=new Set([0]),this.heights=new Map,this.observer=null,this.count=0,this.length=0,e.addController(this)}render(e,t,n){let r=e.length>cr?sr:cr;this.length=e.length,this.count=Math.ceil(e.length/r);let i=this.drawn();return Array.from({length:this.count},(a,o)=>{let s=o*r,c=i.has(o)||this.count===1?e.slice(s,s+r):[];return y`<div role="presentation" data-block=${o}>
${c.length?$n(c,t,(e,t)=>n(e,s+t)):S}
</div>`})}async show(e){if(this.count<=1)return;let t=Math.floor(e/sr);this.inSight=new Set([...this.inSight,t]),this.host.requestUpdate(),await this.host.updateComplete}hostConnected(){this.observer=new IntersectionObserver(e=>{let t=[...this.drawn()].join(),n=new Set(this.inSight);for(let{target:t,isIntersecting:r}of e)r?n.add(dr(t)):n.delete(dr(t));this.inSight=n,[...this.drawn()].join()!==t&&this.host.requestUpdate()}),this.host.requestUpdate()}hostDisconnected(){this.observer?.disconnect(),this.observer=null}hostUpdate(){if(this.count<=1)return this.heights.clear();for(let e of this.blocks())e.firstElementChild&&this.heights.set(dr(e),e.offsetHeight)}hostUpdated(){if(this.count<=1)return;let e=[...this.heights].filter(([e])=>e<this.count),t=e.reduce((e,[t])=>e+this.rowsOf(t),0),n=t?e.reduce((e,[,t])=>e+t,0)/t:lr;for(let e of this.blocks()){let t=dr(e);e.style.blockSize=e.firstElementChild?``:`${this.heights.get(t)??n*this.rowsOf(t)}px`,this.observer?.observe(e)}}rowsOf(e){return Math.min(sr,this.length-e*sr)}drawn(){let e=this.host.shadowRoot?.activeElement?.closest(`[data-block]`),t=e?[...this.inSight,dr(e)]:[...this.inSight];return new Set(t.flatMap(e=>[e-1,e,e+1]))}blocks(){return[...this.host.renderRoot.querySelectorAll(`[data-block]`)]}};function dr(e){return Number(e.dataset.block)}async function fr(e,t){try{return await navigator.clipboard.writeText(e),!0}catch{return getSelection()?.selectAllChildren(t),pr(e)}}function pr(e){let t=!1,n=n=>{n.clipboardData?.setData(`text/plain`,e),n.preventDefault(),t=n.clipboardData!==null};addEventListener(`copy`,n,{capture:!0});try{return document.execCommand(`copy`)&&t}finally{removeEventListener(`copy`,n,{capture:!0})}}var mr=2e3,X=class extends E{constructor(...e){super(...e),this.what=``,this.of=``,this.block=!1,this.code=!1,this.outcome=null,this.localized=new B(this)}render(){let{t:e}=this.localized,{what:t,of:n}=this;return y`<div class="field ${this.block?`block`:``} ${this.code?`code`:``}">
<span class="text" tabindex=${this.code?0:S} role=${this.code?`region`:S}
aria-label=${this.code?t:S} @click=${this.clickedText}><slot></slot></span>
<button class="quiet" type="button" aria-label=${n?e(`copy.of`,{what:t,of:n}):e(`copy`,{what:t})} @click=${this.copy}>
${this.outcome===`copied`?wn:Cn}
</button>
</div>
<div role="status" class=${this.outcome===`failed`?`failed`:`unseen`}>
${this.outcome===`copied`?e(`copied`,{what:t}):this.outcome===`failed`?e(`copyFailed`):``}
</div>`}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}clickedText(){getSelection()?.toString()||this.copy()}async copy(){let e=await fr((this.textContent??``).trim(),this);this.outcome=e?`copied`:`failed`,clearTimeout(this.timer),e&&(this.timer=setTimeout(()=>this.outcome=null,mr),this.dispatchEvent(new CustomEvent(`acc-copied`,{bubbles:!0,composed:!0})))}static{this.styles=[V,H,o`
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
`]}};W([D()],X.prototype,`what`,void 0),W([D()],X.prototype,`of`,void 0),W([D({type:Boolean})],X.prototype,`block`,void 0),W([D({type:Boolean})],X.prototype,`code`,void 0),W([O()],X.prototype,`outcome`,void 0),X=W([R(`acc-copy`)],X);var hr=12096e5,Z=class extends E{constructor(...e){super(...e),this.credentials=[],this.mayWrite=!1,this.profile=null,this.highlighted=null,this.total=null,this.sort=Bt,this.ticked=new Set,this.menuFor=null,this.localized=new B(this),this.blocks=new ur(this),this.opener=null,this.placeMenu=()=>{if(!this.opener?.isConnected)return this.menu.hidePopover();let e=this.opener.getBoundingClientRect(),t=this.menu.getBoundingClientRect(),n=getComputedStyle(this).direction===`rtl`?e.left:e.right-t.width,r=e.bottom+4,i=e.top-t.height-4,a=i<8?Math.max(8,innerHeight-t.height-8):i;this.menu.style.left=`${Math.max(8,Math.min(n,innerWidth-t.width-8))}px`,this.menu.style.top=`${r+t.height>innerHeight?a:r}px`}}render(){let{t:e}=this.localized,t=this.chosen,n=t.length>1;return y`<div
class="table ${this.mayWrite?``:`read-only`}"
role="table"
aria-label=${e(`title`)}
aria-rowcount=${this.total===null?-1:this.total+1}
part="table"
>
<div class="head" role="rowgroup">
<div class="row" role="row" aria-rowindex="1">
${this.mayWrite?y`<div class="cell" role="columnheader"><span class="unseen">${e(`columns.selection`)}</span>${this.renderTickAll(t.length)}</div>`:S}
${this.renderHead(e(`columns.name`),`name.asc`,`name.desc`)}
<div class="cell" role="columnheader">${e(`columns.clientId`)}</div>
${this.renderHead(e(`columns.createdBy`),`created_by.asc`,`created_by.desc`)}
${this.renderHead(e(`columns.createdOn`),`created_at.desc`,`created_at.asc`)}
${this.renderHead(e(`columns.lastUsed`),`last_used_at.desc`,`last_used_at.asc`)}
${this.mayWrite?y`<div class="cell" role="columnheader"><span class="unseen">${e(`columns.actions`)}</span></div>`:S}
</div>
</div>
<div class="rows" role="rowgroup">
${this.blocks.render(this.credentials,e=>e.client_id,(e,t)=>this.renderRow(e,t))}
</div>
</div>
${t.length?y`<div class="chosen">
<p role="status">${e(`selected`,{count:t.length})}</p>
<button type="button" @click=${this.untick}>${e(`clearSelection`)}</button>
<button type="button" class="danger" @click=${this.revokeChosen}>${e(`revokeSelected`,{count:t.length})}</button>
</div>`:S}
<div class="menu" popover role="menu" @keydown=${this.menuKey} @beforetoggle=${this.menuToggled}>
${(this.menuFor?or(this.menuFor,this.profile):[]).toReversed().map(t=>y`<button type="button" role="menuitem" class=${t===`revoke`?`danger`:``} tabindex="-1" @click=${()=>this.choose(t)}>${e(`action.${t}`)}</button>`)}
${n?y`<button type="button" role="menuitem" class="danger" tabindex="-1" @click=${this.revokeChosen}>
${e(`revokeSelected`,{count:t.length})}
</button>`:S}
</div>`}renderHead(e,t,n){let{t:r}=this.localized,i=this.sort===t||this.sort===n,a=this.sort.endsWith(`.desc`);return y`<div
class="cell sortable"
role="columnheader"
aria-sort=${i?a?`descending`:`ascending`:`none`}
>
${e}<button
type="button"
@click=${()=>this.dispatchEvent(new CustomEvent(`acc-sort`,{detail:this.sort===t?n:t}))}
>
<span class="unseen">${r(`sortBy`,{what:e})}</span><span aria-hidden="true">${i?a?`↓`:`↑`:``}</span>
</button>
</div>`}renderTickAll(e){let t=this.credentials.filter(_r).length;return y`<input
type="checkbox"
aria-label=${this.localized.t(`selectAll`,{count:t})}
.checked=${e>0&&e===t}
.indeterminate=${e>0&&e<t}
@change=${({target:e})=>this.ticked=new Set(e.checked?this.credentials.filter(_r).map(gr):[])}
/>`}get chosen(){return this.ticked.size?this.credentials.filter(e=>this.ticked.has(e.client_id)&&_r(e)):[]}tick(e,t){let n=[...this.ticked].filter(t=>t!==e);this.ticked=new Set(t?[...n,e]:n)}async untick(){let e=this.credentials.findIndex(({client_id:e})=>e===this.chosen[0]?.client_id);this.ticked=new Set,await this.blocks.show(e),this.renderRoot.querySelector(`.rows [aria-rowindex="${e+2}"] .tick input`)?.focus()}revokeChosen(){this.menu.hidePopover(),this.dispatchEvent(new CustomEvent(`acc-revoke-several`,{detail:this.chosen}))}renderRow(e,t){let{t:n,localization:r}=this.localized,i=e.client_id;return y`<div
class="row ${i===this.highlighted?`highlighted`:``}"
role="row"
aria-rowindex=${t+2}
part="row"
data-client-id=${i}
>
${this.mayWrite?y`<div class="cell tick" role="cell">
${_r(e)?y`<input
type="checkbox"
aria-label=${n(`select`,{name:e.name,clientId:F(i)})}
.checked=${this.ticked.has(i)}
@change=${({target:e})=>this.tick(i,e.checked)}
/>`:S}
</div>`:S}
<div class="cell name" role="cell">
<div class="title">
<button type="button" class="open" aria-label="${P(e.name)}, ${F(e.client_id)}" @click=${()=>this.fire(`acc-open`,e.client_id)}><bdi>${P(e.name)}</bdi></button>
${e.status===`active`?S:y`<span class="badge ${e.status}">${n(`status.${e.status}`)}</span>`}
</div>
<div class="muted small">${e.scopes.join(` · `)||n(`noScopes`)}</div>
</div>
<div class="cell id" role="cell">
<span class="label">${n(`columns.clientId`)}</span>
<acc-copy what=${n(`columns.clientId`)} of=${F(i)}><span class="shortened" title=${i}><bdi dir="ltr">${i}</bdi></span></acc-copy>
</div>
<div class="cell" role="cell">
<span class="label">${n(`columns.createdBy`)}</span>
<bdi>${er(n,e.created_by)}</bdi>
</div>
<div class="cell" role="cell">
<span class="label">${n(`columns.createdOn`)}</span>
<div>
<time datetime=${e.created_at}>${r.dateAndTime(e.created_at)}</time>
${vr(r,e)}
</div>
</div>
<div class="cell" role="cell">
<span class="label">${n(`columns.lastUsed`)}</span>
${e.last_used_at?y`<div>
<time datetime=${e.last_used_at}>${r.dateAndTime(e.last_used_at)}</time>
${e.last_used_from?y`<div class="muted small"><bdi dir="ltr">${n(`usedFrom`,{network:e.last_used_from})}</bdi></div>`:S}
</div>`:y`<span class="muted">${n(`noUse`)}</span>`}
</div>
${this.mayWrite?y`<div class="cell actions" role="cell">
${_r(e)?y`<button
type="button"
class="quiet"
aria-haspopup="menu"
aria-expanded=${this.menuFor===e}
aria-label=${n(`moreActions`,{name:e.name,clientId:F(i)})}
@click=${({currentTarget:t})=>this.openMenu(t,e)}
>
${En}
</button>`:S}
</div>`:S}
</div>`}async openMenu(e,t){this.menuFor=t,this.opener=e,await this.updateComplete,this.menu.showPopover(),this.placeMenu(),addEventListener(`scroll`,this.placeMenu,{capture:!0,passive:!0}),addEventListener(`resize`,this.placeMenu),this.menu.querySelector(`button`)?.focus()}updated(){this.menuFor&&this.placeMenu()}disconnectedCallback(){super.disconnectedCallback(),this.stopPlacing()}stopPlacing(){removeEventListener(`scroll`,this.placeMenu,{capture:!0}),removeEventListener(`resize`,this.placeMenu)}menuToggled({newState:e}){e===`closed`&&(this.menuFor=null,this.stopPlacing(),this.menu.matches(`:focus-within`)&&this.opener?.focus())}menuKey(e){let t=[...this.menu.querySelectorAll(`button`)],n=t.findIndex(e=>e.matches(`:focus`)),r={ArrowDown:n+1,ArrowUp:n-1,Home:0,End:-1}[e.key];r===void 0?e.key===`Tab`&&this.menu.hidePopover():(e.preventDefault(),t.at(r%t.length)?.focus())}choose(e){let t=this.menuFor;this.menu.hidePopover(),t&&this.fire(`acc-act`,{action:e,credential:t})}fire(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}async focusRow(e){await this.blocks.show(e);let t=this.renderRoot.querySelector(`.rows [aria-rowindex="${e+2}"] :is(.actions button, acc-copy)`),n=t?.localName===`acc-copy`?t.shadowRoot?.querySelector(`button`):t;return n?.focus(),!!n}static{this.styles=[V,H,Fn,o`
:host {
display: block;
--columns: 1.125rem minmax(0, 1.4fr) minmax(0, 1.1fr) minmax(0, 0.8fr) minmax(0, 0.9fr) minmax(0, 0.9fr) 2rem;
}
.read-only {
--columns: minmax(0, 1.4fr) minmax(0, 1.1fr) minmax(0, 0.8fr) minmax(0, 0.9fr) minmax(0, 0.9fr);
}
.sortable {
position: relative;
}
.sortable button {
min-block-size: 1.5em;
min-inline-size: 1.5em;
padding: 0;
border: 0;
background: none;
}
/* All of the head can be clicked. */
.sortable button::after {
content: "";
position: absolute;
inset: 0;
border-radius: 2px;
}
.sortable button:focus-visible {
outline: none;
}
.sortable button:focus-visible::after {
outline: 2px solid var(--_accent);
}
.row input {
display: block;
margin: 0;
scroll-margin-block-end: 5rem;
}
.soon {
color: var(--_warning);
font-weight: 500;
}
.chosen {
position: sticky;
inset-block-end: 0;
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.625rem;
padding: 0.625rem 1rem;
border-block-start: 1px solid var(--_line);
background: var(--_sunken);
}
/* On a low screen it would lie over the rows, and over what has the focus. */
@media (height < 30rem) {
.chosen {
position: static;
}
}
.chosen p {
flex: 1;
font-weight: 500;
}
.title {
font-weight: 500;
}
.open {
min-block-size: 0;
padding: 0;
border: 0;
background: none;
text-align: start;
text-decoration: underline;
text-decoration-color: transparent;
text-underline-offset: 0.2em;
}
.open:is(:hover, :focus-visible) {
text-decoration-color: currentColor;
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
max-block-size: calc(100dvb - 1rem);
overflow-y: auto;
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
background: var(--_sunken);
}
.menu .danger:is(:hover, :focus) {
background: var(--_danger-soft);
}
.menu button:focus-visible {
outline-offset: -2px;
}
@container (inline-size < 46rem) {
.row {
grid-template-columns: 1.125rem minmax(0, 1fr) auto;
}
.row .cell {
grid-column: 2 / -1;
}
.row .tick {
grid-area: 1 / 1;
}
.row .name {
grid-area: 1 / 2;
}
.row .actions {
grid-area: 1 / 3;
align-self: start;
}
.read-only .row {
grid-template-columns: minmax(0, 1fr);
}
.read-only .row .cell {
grid-column: 1;
}
/* Where it cannot be seen nothing is to be clicked: “Sort by” does the same. */
.head :is(button, input) {
display: none;
}
}
`]}};W([D({attribute:!1})],Z.prototype,`credentials`,void 0),W([D({attribute:!1})],Z.prototype,`mayWrite`,void 0),W([D({attribute:!1})],Z.prototype,`profile`,void 0),W([D({attribute:!1})],Z.prototype,`highlighted`,void 0),W([D({attribute:!1})],Z.prototype,`total`,void 0),W([D({attribute:!1})],Z.prototype,`sort`,void 0),W([O()],Z.prototype,`ticked`,void 0),W([O()],Z.prototype,`menuFor`,void 0),W([k(`.menu`)],Z.prototype,`menu`,void 0),Z=W([R(`acc-credential-table`)],Z);function gr(e){return e.client_id}function _r(e){return e.status!==`revoked`}function vr({t:e,dateAndTime:t,ago:n},r){let{status:i,expires_at:a}=r,o=Date.now();if(i===`active`&&a&&Date.parse(a)-o<hr)return y`<div class="small soon" title=${t(a)}>${e(`expiresIn`,{days:n(a,o)})}</div>`;let s=yr(e,r);return s?y`<div class="muted small">${s}</div>`:S}function yr(e,t){let{status:n,revoked_at:r,suspended_at:i,expires_at:a}=t;return n===`revoked`&&r?e(`revokedOn`,{date:new Date(r),by:t.revoked_by?.name??``}):n===`suspended`&&i?e(`suspendedOn`,{date:new Date(i),by:t.suspended_by?.name??``}):a?e(n===`expired`?`expiredOn`:`expiresOn`,{date:new Date(a)}):``}var Q=class extends E{constructor(...e){super(...e),this.failure=null,this.total=null,this.partly=``,this.offersAll=!1,this.localized=new B(this)}render(){let{t:e}=this.localized,{items:t,more:n,readingAll:r}=this.view,i=I(this.view);return y`
<acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure}></acc-notice>
${t.length>0?y`<div class="frame" aria-busy=${i}><slot></slot></div>`:this.renderNoRows(i)}
<div class="foot">
<p class="muted" role="status">${this.inWords()}</p>
${r?y`<button type="button" @click=${()=>this.fire(`acc-stop`)}>${e(`stop`)}</button>`:n?y`<div class="buttons">
<button type="button" aria-disabled=${i} @click=${()=>this.fire(`acc-more`)}>
${i?e(`loading`):t.length?e(`showMore`):e(`searchFurther`)}
</button>
${this.offersAll&&!i?y`<button type="button" @click=${()=>this.fire(`acc-all`)}>${e(`showAll`)}</button>`:S}
</div>`:S}
</div>
`}inWords(){let{t:e}=this.localized,{phase:t,items:n,more:r,readingAll:i}=this.view;if(t===`slow`)return i?e(`readingAll`,{count:n.length}):e(`stillLoading`);if(I(this.view)||!n.length)return``;let a=t===`failed`&&r?e(`restNotRead`):r?this.partly:``;return`${this.shown(n.length,this.total)} ${a}`.trim()}renderNoRows(e){if(e)return y`<div class="frame waiting ${this.view.phase}" aria-busy="true">${[1,2,3].map(()=>y`<div></div>`)}</div>`;if(this.failure)return S;let{t}=this.localized,n=this.view.more?{title:t(`searchingFurther.title`),text:t(`searchingFurther.text`)}:this.empty;return y`<div class="frame empty">
${jn}
<p class="title">${n.title}</p>
<p class="muted">${n.text}</p>
</div>`}fire(e){this.dispatchEvent(new CustomEvent(e))}static{this.styles=[V,H,o`
:host {
display: block;
}
acc-notice:not([hidden]) {
margin-block-end: 1rem;
}
.frame {
overflow: clip;
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
.buttons {
display: flex;
flex-wrap: wrap;
gap: 0.625rem;
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
`]}};W([D({attribute:!1})],Q.prototype,`view`,void 0),W([D({attribute:!1})],Q.prototype,`failure`,void 0),W([D({attribute:!1})],Q.prototype,`empty`,void 0),W([D({attribute:!1})],Q.prototype,`shown`,void 0),W([D({attribute:!1})],Q.prototype,`total`,void 0),W([D({attribute:!1})],Q.prototype,`partly`,void 0),W([D({type:Boolean})],Q.prototype,`offersAll`,void 0),Q=W([R(`acc-list-frame`)],Q);var br=class extends E{constructor(...e){super(...e),this.revocation=null,this.interrupted=!1,this.localized=new B(this)}render(){if(!this.revocation)return S;let{t:e}=this.localized,{swept:t,total:n,completed_at:r}=this.revocation;return y`<div class="box">
<div class="words">
<p class="title" role="status">${e(`revocation.title`)}</p>
${r?y`<p role="status">${e(`revocation.completed`,{count:n})}</p>`:this.interrupted?y`<p role="status">${e(`revocation.interrupted`)}</p>`:y`<p id="progress">${e(`revocation.progress`,{swept:t,total:n})}</p>`}
<progress
aria-label=${e(`revocation.progress`,{swept:t,total:n})}
max=${Math.max(n,1)}
.value=${r?Math.max(n,1):t}
></progress>
</div>
${r||this.interrupted?y`<button type="button" class="quiet" aria-label=${e(`close`)} @click=${this.dismiss}>${Tn}</button>`:S}
</div>`}dismiss(){this.dispatchEvent(new CustomEvent(`acc-dismiss`))}static{this.styles=[V,H,o`
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
`]}};W([D({attribute:!1})],br.prototype,`revocation`,void 0),W([D({attribute:!1})],br.prototype,`interrupted`,void 0),br=W([R(`acc-revocation-progress`)],br);var xr=6e3,Sr=class extends E{constructor(...e){super(...e),this.words=null,this.localized=new B(this)}show(e){this.words=e,clearTimeout(this.timer),this.timer=setTimeout(()=>this.words=null,xr)}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}render(){return y`<div role="status">${this.words?y`<p>${this.words(this.localized.t)}</p>`:S}</div>`}static{this.styles=[V,o`
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
`]}};W([O()],Sr.prototype,`words`,void 0),Sr=W([R(`acc-toast`)],Sr);var Cr=1e3,wr=[`credentials`,`audit`],$=class extends E{constructor(...e){super(...e),this.api=``,this.credential=``,this.locale=``,this.tab=`credentials`,this.filter=``,this.snippetUrl=``,this.hide=``,this.confirmation=null,this.newest=null,this.signInFailed=!1,this.exporting=!1,this.exportFailure=null,this.panelsFailure=null,this.provider=new Pn(this),this.translated=!1,this.languageAsked=null,this.consoleState=null,this.afterDialog=null,this.unconfigured=!1,this.credentialsShown=(e,t)=>{let{t:n}=this;return t===e?n(`total`,{count:e}):t===null?n(`shown`,{count:e}):n(`shownOf`,{count:e,total:t})},this.refresh=()=>{this.consoleState&&(this.shownTab===`credentials`?this.consoleState.reloadCredentials():this.consoleState.auditEvents.reload())},this.reload=()=>{this.exportFailure=null,this.consoleState?.refreshUser(),this.refresh()},this.retry=()=>{this.exportFailure=null,this.consoleState&&(this.panelsFailure&&this.loadPanels(),this.consoleState.refreshUser(),this.list(this.consoleState).retry())},this.dismissRevocation=()=>{this.consoleState?.dismissRevocation(),this.focusOn(`heading`)},this.openPanel=()=>{this.toast?.show(null),this.loadPanels().then(()=>this.panel?.open?.())},this.create=async(e,t)=>{if(!this.consoleState)throw new j;let n=await this.consoleState.create(e,t);return this.newest=n.client_id,n},this.opened=({detail:e})=>this.open(e),this.act=({detail:e})=>{let{action:t,credential:n}=e,{client_id:r,name:i}=n;if(t===`revoke`)return this.askRevoke(n);if(t===`suspend`||t===`resume`)return this.ask(n,t===`suspend`?pn:mn,async()=>(await this.consoleState?.changes[t](r),e=>e(t===`suspend`?`credential.suspended`:`credential.resumed`,{name:i})));this.loadPanels().then(()=>{this.credentialPanel?.begin?.(t),this.open(r)})},this.askRevokeAll=async()=>{await this.consoleState?.refreshUser();let e=this.consoleState?.user?.active_credentials??0;if(e===0)return this.toast?.show(e=>e(`nothingToRevoke`));let t=et(),n=async()=>{await this.consoleState?.revokeAll(t),this.afterDialog=()=>this.focusOn(`heading`)};this.confirmation=xn(e,n,this.knownOfRevokeAll)},this.knownOfRevokeAll=async()=>{this.consoleState?.reloadCredentials(),await this.consoleState?.refreshUser();let e=this.consoleState?.userFailure?null:this.consoleState?.user?.active_credentials;return e==null?e=>e(`confirmRevokeAll.unread`):t=>e===0?t(`confirmRevokeAll.noneLeft`):t(`confirmRevokeAll.stillActive`,{count:e})},this.cameBack=()=>{this.consoleState&&this.list(this.consoleState).view.phase===`failed`&&this.reload()}}get t(){return this.provider.localization.t}connectedCallback(){super.connectedCallback(),addEventListener(`online`,this.cameBack),this.requestUpdate(`api`)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener(`online`,this.cameBack),clearTimeout(this.waiting),this.consoleState?.stop(),this.consoleState=null}willUpdate(e){(!this.languageAsked||e.has(`locale`)||e.has(`messages`))&&this.localize();let t=this.consoleState;t&&(t.locale=this.provider.localization.locale),t&&e.has(`pageSize`)&&(t.pageSize=this.pageSize||50),t&&e.has(`filter`)&&this.filter!==t.asked&&(t.ask(this.filter),t.reloadCredentials(!0),t.auditEvents.reload({clear:!0})),t&&(e.has(`tab`)||e.has(`pageSize`))&&this.refresh(),this.configure(e),this.consoleState&&(this.consoleState.shown?.clientId??``)!==this.credential&&this.follow()}follow(){if(this.credentialPanel?.mayLeave?.()??!0)return this.credential&&this.loadPanels(),this.consoleState?.show(this.credential);this.credential=this.consoleState?.shown?.clientId??``,this.announceShown()}configure(e){if(!e.has(`api`)&&!e.has(`tokenProvider`))return;let t=this.isConnected&&!!this.api&&!!this.tokenProvider;if(t&&this.consoleState&&!e.has(`api`))return;if(this.consoleState?.stop(),this.consoleState=null,clearTimeout(this.waiting),!t){this.isConnected&&(this.waiting=setTimeout(()=>this.unconfigured=!0,Cr));return}this.unconfigured=!1;let n=(e,t)=>Sn(this,e,t),r=new Xe(this.api,()=>this.tokenProvider(),void 0,{failed:e=>{let t=wt(e);t&&n(`error`,t)}});this.consoleState=new nn(r,()=>this.requestUpdate(),n),this.consoleState.pageSize=this.pageSize||50,this.consoleState.ask(this.filter),this.consoleState.start(),this.loadPanels(),this.tab===`audit`&&this.consoleState.auditEvents.reload()}async localize(){let e=bt(this.locale||this.closest(`[lang]`)?.lang||document.documentElement.lang||`en`,this.messages);this.languageAsked=e;try{let t=await e;e===this.languageAsked&&(this.provider.localization=t)}catch{}this.translated=!0}async getUpdateComplete(){let e=await super.getUpdateComplete();return await this.frame?.updateComplete,await this.table?.updateComplete,e}render(){let{consoleState:e}=this;if(!this.translated)return S;if(!e)return this.unconfigured?this.renderMissing():S;let{t}=this,{locale:n,direction:r}=this.provider.localization;return y`<section part="panel" class="panel" lang=${n} dir=${r} aria-labelledby="heading" @acc-sign-in=${this.signInAgain} @acc-use-it=${this.tellSnippets}>
<header part="header">
<div class=${this.hides(`title`)?`unseen`:``}>
<h2 id="heading" tabindex="-1">${t(`title`)}</h2>
<p class="muted">${t(`introduction`)}</p>
</div>
${e.mayWrite?y`<div class="buttons">
${this.hides(`generate`)?S:y`<button type="button" class="primary" id="generate" @click=${this.openPanel}>${Dn}${t(`generate`)}</button>`}
${this.hides(`revoke-all`)?S:y`<button type="button" class="danger" @click=${this.askRevokeAll}>${t(`revokeAll`)}</button>`}
</div>`:S}
</header>
${this.signInFailed?y`<p class="sign-in-failed" role="alert"><strong>${t(`failures.signInFailed.title`)}.</strong> ${t(`failures.signInFailed.text`)}</p>`:S}
${e.user&&!e.mayWrite?y`<acc-notice text=${t(`readOnly`)}></acc-notice>`:S}
<acc-revocation-progress
.revocation=${e.revocation}
.interrupted=${e.revocationInterrupted}
?hidden=${!e.revocation}
@acc-dismiss=${this.dismissRevocation}
></acc-revocation-progress>
${this.renderBar(e)}
<div id="list" role="tabpanel" aria-labelledby="tab-${this.shownTab}">
${this.renderFilters(e)}
${this.shownTab===`credentials`?this.renderCredentials(e):this.renderAuditTrail(e)}
</div>
<acc-toast></acc-toast>
<acc-create-panel
exportparts="side-panel"
.user=${e.user}
.tokenEndpoint=${e.tokenEndpoint}
.create=${this.create}
.replaceSecret=${(t,n)=>e.replaceSecret(t,n)}
.revoke=${async t=>this.askRevoke(await e.credential(t))}
.read=${t=>e.credential(t)}
.metadata=${()=>e.serverMetadata()}
.exchange=${(t,n)=>e.exchange(t,n)}
@acc-doubt=${()=>e.reloadCredentials()}
></acc-create-panel>
<acc-credential-panel
exportparts="side-panel"
.consoleState=${e}
.view=${e.shown?.view??null}
.mayWrite=${e.mayWrite}
.ask=${e=>this.confirmation=e}
@acc-left=${()=>this.open(``)}
@acc-act=${this.act}
@acc-events=${({detail:e})=>this.showEventsOf(e)}
></acc-credential-panel>
<acc-confirm exportparts="dialog" .confirmation=${this.confirmation} @acc-closed=${this.confirmClosed}></acc-confirm>
</section>`}hides(e){return this.hide.split(` `).includes(e)}get tabs(){return this.hides(`audit-trail`)?[`credentials`]:wr}get shownTab(){return this.tabs.includes(this.tab)?this.tab:`credentials`}renderMissing(){let{t:e}=this,{locale:t,direction:n}=this.provider.localization,r=[`api`,`tokenProvider`].filter(e=>!this[e]);return y`<section part="panel" class="panel" lang=${t} dir=${n}>
<p>${e(`notConfigured`)} ${r.map((e,t)=>y`${t?`, `:``}<code>${e}</code>`)}.</p>
</section>`}renderBar(e){let{t}=this,n=this.list(e);return y`<div class="bar">
<div role="tablist" aria-label=${t(`title`)} @keydown=${this.tabKey}>
${this.tabs.map(e=>y`<button
?hidden=${this.tabs.length===1}
type="button"
role="tab"
id="tab-${e}"
aria-controls="list"
aria-selected=${e===this.shownTab}
tabindex=${e===this.shownTab?0:-1}
@click=${()=>this.choose(e)}
>
${t(`tabs.${e}`)}
</button>`)}
</div>
<button
type="button"
class="quiet ${I(n.view)?`busy`:``}"
aria-label=${t(`refresh`)}
@click=${this.refresh}
>
${On}
</button>
</div>`}renderFilters(e){let{filter:t,sort:n,auditFilter:r,user:i,people:a}=e;return this.shownTab===`credentials`?y`<acc-credential-filters
.filter=${t}
.sort=${n}
.user=${i}
.people=${a}
@acc-filter=${({detail:t})=>{this.newest=null,e.showOnly(t),this.viewed()}}
@acc-sort=${this.sortChosen}
></acc-credential-filters>`:y`<acc-audit-filters
.filter=${r}
.people=${a}
.exporting=${this.exporting}
@acc-filter=${({detail:t})=>{e.showEvents(t),this.viewed()}}
@acc-export=${this.exportEvents}
></acc-audit-filters>`}sortChosen({detail:e}){this.consoleState?.sortBy(e),this.viewed()}async exportEvents(){if(this.consoleState&&!this.exporting){this.exporting=!0,this.exportFailure=null;try{nt(`audit-events.jsonl`,await this.consoleState.exportEvents())}catch(e){this.exportFailure=e}finally{this.exporting=!1}}}renderCredentials({credentials:e,filter:t,sort:n,rows:r,total:i,mayWrite:a,user:o,userFailure:s}){let{t:c}=this,l=It(t)?`filtered`:t.status;return y`<acc-list-frame
.view=${e.view}
.failure=${e.view.failure??s??this.panelsFailure}
.empty=${{title:c(`empty.${l}.title`),text:c(l===`active`&&!a?`empty.active.viewerText`:`empty.${l}.text`)}}
.shown=${this.credentialsShown}
.total=${i}
.partly=${n===`created_at.desc`?``:c(`sortedSoFar`)}
offersAll
@acc-retry=${this.retry}
@acc-more=${this.showMore}
@acc-all=${()=>e.loadAll()}
@acc-stop=${()=>e.stop()}
>
<acc-credential-table
exportparts="table, row"
.credentials=${r}
.total=${i}
.sort=${n}
@acc-sort=${this.sortChosen}
@acc-revoke-several=${({detail:e})=>this.askRevokeSeveral(e)}
.mayWrite=${a}
.profile=${o?.security_profile??null}
.highlighted=${this.newest}
@acc-open=${this.opened}
@acc-act=${this.act}
></acc-credential-table>
</acc-list-frame>`}renderAuditTrail({auditEvents:e,auditFilter:t,credentials:n,userFailure:r}){let{t:i}=this,a=Object.values(t).some(Boolean)?`filtered`:`empty`,o=new Map(n.view.items.map(e=>[e.client_id,e.name]));return y`<acc-list-frame
.view=${e.view}
.failure=${e.view.failure??this.exportFailure??r}
.empty=${{title:i(`audit.${a}.title`),text:i(`audit.${a}.text`)}}
.shown=${(e,t)=>i(t===null?`audit.shown`:`audit.total`,{count:e})}
.total=${e.view.more?null:e.view.items.length}
@acc-retry=${this.retry}
@acc-more=${this.showMore}
>
<acc-audit-trail exportparts="table, row" .events=${e.view.items} .names=${o}
@acc-open=${this.opened}
></acc-audit-trail>
</acc-list-frame>`}list(e){return this.shownTab===`credentials`?e.credentials:e.auditEvents}choose(e){e!==this.shownTab&&this.viewed(e)}viewed(e=this.tab){let t=this.consoleState?.asked??this.filter;(e!==this.tab||t!==this.filter)&&(this.tab=e,this.filter=t,Sn(this,`view-changed`,{tab:e,filter:t}))}tabKey(e){let t=this.provider.localization.direction===`rtl`,n={ArrowRight:t?-1:1,ArrowLeft:t?1:-1}[e.key];if(!n)return;let r=this.tabs.at((this.tabs.indexOf(this.shownTab)+n)%this.tabs.length)??`credentials`;this.choose(r),this.updateComplete.then(()=>this.focusOn(`tab-${r}`))}async showMore(){if(!this.consoleState)return;let e=this.list(this.consoleState);if(I(e.view))return;let t=e.view.items.length;await e.loadMore(),await this.updateComplete,!e.view.more&&this.shownTab===`credentials`&&await this.table?.focusRow(t)}tellSnippets({detail:e}){this.snippets&&(e.snippets=this.snippets),e.apiUrl=this.snippetUrl||`${this.api.replace(/\/+$/,``)}/v1/whoami`}open(e){e!==this.credential&&(this.credential=e,this.announceShown())}async loadPanels(){try{await vt(()=>import(`./panels-dKSmUWcR.js`),[],import.meta.url),this.panelsFailure=null}catch{this.panelsFailure=new M}}announceShown(){Sn(this,`credential-shown`,{clientId:this.credential||null})}showEventsOf(e){this.open(``),this.consoleState?.showEvents({client_id:e}),this.viewed(`audit`),this.updateComplete.then(()=>this.focusOn(`tab-audit`))}ask(e,t,n){let r=this.consoleState?.rows.findIndex(t=>t.client_id===e.client_id)??0;this.confirmation=t(e,async()=>{let e=await n();if(this.credential)return this.credentialPanel?.tell?.(e);this.toast?.show(e),this.afterDialog=()=>void this.focusRowOrHeading(Math.max(r,0))})}askRevoke(e){this.ask(e,fn,async()=>{let t=await this.consoleState?.revoke(e.client_id),n=t?.revoked_by,r=t?.revoked_at;return n&&r&&n.subject!==this.consoleState?.user?.subject?t=>t(`alreadyRevoked`,{name:e.name,by:n.name,date:new Date(r)}):t=>t(`revoked`,{name:e.name})})}askRevokeSeveral(e){let{consoleState:t}=this,[n]=e;if(t){if(n&&e.length===1)return this.askRevoke(n);this.confirmation=vn(e,(e,{tell:n,stopped:r})=>t.revokeSeveral(e,t=>n(n=>n(`confirmRevokeSeveral.busy`,{done:t,total:e.length})),r),e=>{this.toast?.show(t=>t(`confirmRevokeSeveral.done`,{count:e})),this.afterDialog=()=>void this.focusRowOrHeading(0)})}}async confirmClosed(){this.confirmation=null;let e=this.afterDialog;this.afterDialog=null,await this.updateComplete,e?.(),this.credential&&this.credentialPanel?.keepFocus?.()}async focusRowOrHeading(e){let t=(this.consoleState?.credentials.view.items.length??0)-1;await this.table?.focusRow(Math.min(e,t))||this.focusOn(`heading`)}focusOn(e){this.renderRoot.querySelector(`#${e}`)?.focus()}async signInAgain(){this.signInFailed=!1;try{await this.signIn?.()}catch{this.signInFailed=!0;return}this.panel?.signedIn?.(),this.reload()}static{this.styles=[V,H,o`
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
.buttons {
display: flex;
flex-wrap: wrap;
align-items: center;
gap: 0.625rem;
}
acc-credential-filters,
acc-audit-filters {
margin-block-end: 1rem;
}
.bar {
border-block-end: 1px solid var(--_line);
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
`]}};W([D()],$.prototype,`api`,void 0),W([D({attribute:!1})],$.prototype,`tokenProvider`,void 0),W([D({attribute:!1})],$.prototype,`signIn`,void 0),W([D()],$.prototype,`credential`,void 0),W([D()],$.prototype,`locale`,void 0),W([D({attribute:!1})],$.prototype,`messages`,void 0),W([D({reflect:!0})],$.prototype,`tab`,void 0),W([D()],$.prototype,`filter`,void 0),W([D({type:Number,attribute:`page-size`})],$.prototype,`pageSize`,void 0),W([D({attribute:`snippet-url`})],$.prototype,`snippetUrl`,void 0),W([D({attribute:!1})],$.prototype,`snippets`,void 0),W([D()],$.prototype,`hide`,void 0),W([O()],$.prototype,`confirmation`,void 0),W([O()],$.prototype,`newest`,void 0),W([O()],$.prototype,`signInFailed`,void 0),W([O()],$.prototype,`exporting`,void 0),W([O()],$.prototype,`exportFailure`,void 0),W([O()],$.prototype,`panelsFailure`,void 0),W([O()],$.prototype,`translated`,void 0),W([O()],$.prototype,`unconfigured`,void 0),W([k(`acc-create-panel`)],$.prototype,`panel`,void 0),W([k(`acc-credential-panel`)],$.prototype,`credentialPanel`,void 0),W([k(`acc-list-frame`)],$.prototype,`frame`,void 0),W([k(`acc-credential-table`)],$.prototype,`table`,void 0),W([k(`acc-toast`)],$.prototype,`toast`,void 0),$=W([R(`api-client-credentials`)],$);var Tr=Vn(class extends Hn{constructor(e){if(super(e),e.type!==G.PROPERTY&&e.type!==G.ATTRIBUTE&&e.type!==G.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Gn(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===x||t===S)return t;let n=e.element,r=e.name;if(e.type===G.PROPERTY){if(t===n[r])return x}else if(e.type===G.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return x}else if(e.type===G.ATTRIBUTE&&n.getAttribute(r)===t+``)return x;return Yn(e),t}});export{P as A,O as B,Ot as C,xt as D,kt as E,Ge as F,y as G,E as H,j as I,o as K,qe as L,tt as M,et as N,bt as O,A as P,Ke as R,I as S,jt as T,S as U,D as V,ze as W,un as _,er as a,ln as b,Ln as c,Tn as d,kn as f,dn as g,gn as h,rr as i,nt as j,ft as k,V as l,hn as m,$ as n,W as o,R as p,or as r,H as s,Tr as t,B as u,L as v,Mt as w,an as x,cn as y,k as z};