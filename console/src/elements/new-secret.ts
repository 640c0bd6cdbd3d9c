import { css, html } from "lit";
import type { AccessToken, ConsoleUser, Credential, Jwk } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { visible } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";
import { download } from "../format/download.js";
import { algorithmOf } from "../format/public-keys.js";
import { warningIcon } from "./icons.js";
import type { ShownOnce } from "./shown-once.js";
import type { Stake } from "./side-panel.js";
import "./copy-field.js";
import "./use-it.js";

/** A Token Secret that has just been made, in a box that says what to do with it. */
export function secretBox(t: Localization["t"], once: ShownOnce, hint: string) {
  return html`<div class="secret caution">
    <p class="warning">${warningIcon}<strong>${t("created.warning")}</strong></p>
    <h3>${t("created.secret")}</h3>
    <acc-copy block what=${t("created.secret")} @acc-copied=${once.keep}>${once.text}</acc-copy>
    <p class="hint">${hint}</p>
  </div>`;
}

/** A private key that was made here, to be saved as a file; where the browser saves none, it can be copied. */
export function privateKeyBox(t: Localization["t"], once: ShownOnce, fileName: string) {
  const save = (): void => {
    download(`${fileName}.pem`, [once.text], "application/x-pem-file");
    once.keep();
  };
  return html`<div class="secret caution">
    <p class="warning">${warningIcon}<strong>${t("keys.warning")}</strong></p>
    <button type="button" @click=${save}>${t("keys.download")}</button>
    <acc-copy block code what=${t("keys.privateKey")} @acc-copied=${once.keep}>${once.text}</acc-copy>
    <p class="hint">${t("keys.warningDetail")}</p>
  </div>`;
}

export function unsaved(t: Localization["t"]): Stake {
  return { question: t("keys.notSaved"), lose: t("keys.closeAnyway") };
}

/** How a program signs with the key that was added last, as it was sent: only there may it say for which algorithm it is. */
export function useKey(t: Localization["t"], credential: Credential, user: ConsoleUser | null, tokenEndpoint: string, sent: Jwk) {
  if (credential.security_profile ?? user?.security_profile) return html`<p class="muted">${t("profile.use")}</p>`;
  const { kid = "" } = credential.keys.at(-1) ?? {};
  const keyUse = { kid, algorithm: algorithmOf(sent) };
  return html`<acc-use-it .clientId=${credential.client_id} .tokenEndpoint=${tokenEndpoint} .keyUse=${keyUse}></acc-use-it>`;
}

/** What to ask before it is gone. */
export function uncopied(t: Localization["t"]): Stake {
  return { question: t("created.notCopied"), lose: t("created.closeAnyway") };
}

/** How a program uses the credential with the secret that is shown. */
export function useSecret(credential: Credential, tokenEndpoint: string, exchange: () => Promise<AccessToken>) {
  return html`<acc-use-it .clientId=${credential.client_id} .tokenEndpoint=${tokenEndpoint} .exchange=${exchange}></acc-use-it>`;
}

/** What there is to know of a credential from its first moment on. */
export function facts({ t, dateAndTime }: Localization, credential: Credential) {
  return html`<dt>${t("columns.clientId")}</dt>
    <dd><acc-copy what=${t("columns.clientId")}>${credential.client_id}</acc-copy></dd>
    <dt>${t("columns.createdBy")}</dt>
    <dd><bdi>${actorName(t, credential.created_by)}</bdi></dd>
    <dt>${t("columns.createdOn")}</dt>
    <dd>${dateAndTime(credential.created_at)}</dd>
    <dt>${t("created.scopes")}</dt>
    <dd>${credential.scopes.join(" · ") || t("noScopes")}</dd>
    <dt>${t("created.expires")}</dt>
    <dd>${credential.expires_at ? dateAndTime(credential.expires_at) : t("created.never")}</dd>
    ${credential.security_profile ? html`<dt>${t("profile")}</dt><dd>FAPI 2.0</dd>` : ""}
    ${credential.description ? html`<dt>${t("create.description")}</dt><dd><bdi>${visible(credential.description)}</bdi></dd>` : ""}
    ${credential.allowed_addresses
      ? html`<dt>${t("create.addresses")}</dt><dd class="mono">${credential.allowed_addresses.join(" · ")}</dd>`
      : ""}`;
}

/** For who shows them. */
export const details = css`
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
`;
