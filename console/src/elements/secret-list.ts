import { css, html, nothing } from "lit";
import type { Credential, Secret } from "../api/types.js";
import type { Localization } from "../locales/localization.js";

type Translate = Localization["t"];

/** Those that a program can use now, the newest last. */
export function validSecrets({ secrets }: Credential, now = Date.now()): readonly Secret[] {
  return byAge(secrets).filter(({ expires_at: end }) => end === null || Date.parse(end) > now);
}

function byAge(secrets: readonly Secret[]): readonly Secret[] {
  return secrets.toSorted((one, other) => one.created_at.localeCompare(other.created_at));
}

/** By which people know a secret: its end. */
export function secretHint({ hint }: Secret): string {
  return `…${hint}`;
}

/** When something was last used, and from where, as far as that is known. */
export function lastUse(t: Translate, used: Pick<Credential, "last_used_at" | "last_used_from">): string {
  const { last_used_at: at, last_used_from: network } = used;
  if (!at) return t("neverUsed");
  return network ? t("lastUsed.from", { date: new Date(at), network }) : t("lastUsed", { date: new Date(at) });
}

interface OverlapHint {
  readonly old: Secret;
  readonly words: (t: Translate) => string;
  readonly isNeeded: boolean;
}

/** Whether the old one of two secrets is needed still, as far as their last uses tell; nothing where there is but one. */
export function overlapHint(credential: Credential): OverlapHint | null {
  const [old, fresh] = validSecrets(credential);
  if (!old || !fresh) return null;
  const hint = secretHint(old);
  const usedAt = old.last_used_at;
  if (usedAt && usedAt >= fresh.created_at) {
    return { old, words: (t) => t("rotate.old.inUse", { hint, date: new Date(usedAt) }), isNeeded: true };
  }
  const idle = fresh.last_used_at !== null;
  return { old, words: (t) => t(idle ? "rotate.old.idle" : "rotate.old.waiting", { hint }), isNeeded: !idle };
}

/** `end`: asks whether to end one; nothing where nobody may. */
export function secretList({ t, ago }: Localization, credential: Credential, end: ((secret: Secret) => void) | null) {
  const valid = validSecrets(credential);
  return html`<ul class="items">
    ${byAge(credential.secrets).map((secret) => {
      const { created_at: createdAt, expires_at: endsAt } = secret;
      const hint = secretHint(secret);
      return html`<li>
        <div>
          <p class="mono">${hint}</p>
          <p class="muted">${t("credential.generated", { date: new Date(createdAt), ago: ago(createdAt) })}</p>
          <p class="muted">${lastUse(t, secret)}</p>
          ${endsAt
            ? valid.includes(secret)
              ? html`<p class="ending">${t("credential.ends", { ago: ago(endsAt), date: new Date(endsAt) })}</p>`
              : html`<p class="muted">${t("credential.ended", { date: new Date(endsAt) })}</p>`
            : nothing}
        </div>
        ${end && valid.length > 1 && valid.includes(secret)
          ? html`<button type="button" class="danger" aria-label=${t("credential.endSecret", { hint })} @click=${() => end(secret)}>${t("credential.end")}</button>`
          : nothing}
      </li>`;
    })}
  </ul>`;
}

/** `remove`: asks whether to remove one; nothing where nobody may. */
export function keyList({ t }: Localization, credential: Credential, remove: ((kid: string) => void) | null) {
  return html`<ul class="items">
    ${credential.keys.map(({ kid, ...use }) => {
      const { kty = "", crv } = credential.jwks?.keys.find((key) => key["kid"] === kid) ?? {};
      return html`<li>
        <div>
          <p class="mono">${kid}</p>
          <p class="muted">${crv ? `${kty} ${crv}` : kty}</p>
          <p class="muted">${lastUse(t, use)}</p>
        </div>
        ${remove && credential.keys.length > 1
          ? html`<button type="button" class="danger" aria-label=${t("credential.removeKey", { kid })} @click=${() => remove(kid)}>${t("credential.remove")}</button>`
          : nothing}
      </li>`;
    })}
  </ul>`;
}

export const items = css`
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
`;
