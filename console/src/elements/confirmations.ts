/** What a person is asked before something is done that cannot be undone. */

import type { Credential, Secret } from "../api/types.js";
import { tail } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";
import { lastUse, overlapHint, secretHint } from "./secret-list.js";

type Translate = Localization["t"];

/** Words in whichever language they are read. */
export type Said = (t: Translate) => string;

interface Words {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A box to tick first, for what cannot be taken back. */
  readonly understand?: string;
  readonly button: string;
  readonly busy: string;
}

export interface Confirmation {
  readonly words: (t: Translate) => Words;
  readonly action: () => Promise<void>;
  /** After an answer that got lost: reads how things are, and says it. The action can then be repeated. */
  readonly recheck?: () => Promise<Said>;
}

export function confirmRevoke(credential: Credential, action: () => Promise<void>): Confirmation {
  return {
    words: (t) => ({
      title: t("confirmRevoke.title", { name: credential.name }),
      paragraphs: [which(t, credential), t("confirmRevoke.text"), t("confirmRevoke.tokens")],
      button: t("revoke"),
      busy: t("confirmRevoke.busy"),
    }),
    action,
  };
}

export function confirmSuspend(credential: Credential, action: () => Promise<void>): Confirmation {
  return {
    words: (t) => ({
      title: t("confirmSuspend.title", { name: credential.name }),
      paragraphs: [which(t, credential), t("confirmSuspend.text")],
      button: t("action.suspend"),
      busy: t("confirmSuspend.busy"),
    }),
    action,
  };
}

export function confirmResume(credential: Credential, action: () => Promise<void>): Confirmation {
  return {
    words: (t) => ({
      title: t("confirmResume.title", { name: credential.name }),
      paragraphs: [which(t, credential), t("confirmResume.text")],
      button: t("action.resume"),
      busy: t("confirmResume.busy"),
    }),
    action,
  };
}

export function confirmEndSecret(credential: Credential, secret: Secret, action: () => Promise<void>): Confirmation {
  const overlap = overlapHint(credential);
  return {
    words: (t) => ({
      title: t("confirmEndSecret.title", { hint: secretHint(secret) }),
      paragraphs: [
        lastUse(t, secret),
        overlap?.old === secret ? overlap.words(t) : t("confirmEndSecret.newest"),
        t("confirmEndSecret.text"),
      ],
      button: t("confirmEndSecret.button"),
      busy: t("confirmEndSecret.busy"),
    }),
    action,
  };
}

export function confirmRemoveKey(credential: Credential, kid: string, action: () => Promise<void>): Confirmation {
  const key = credential.keys.find((one) => one.kid === kid);
  return {
    words: (t) => ({
      title: t("confirmRemoveKey.title", { kid }),
      paragraphs: [...(key ? [lastUse(t, key)] : []), t("confirmRemoveKey.text")],
      button: t("credential.remove"),
      busy: t("confirmRemoveKey.busy"),
    }),
    action,
  };
}

/** Of several with one name, this one; and whether programs need it. */
function which(t: Translate, credential: Credential): string {
  const { client_id: clientId, created_at: createdAt, created_by: createdBy } = credential;
  const words = t("confirmRevoke.which", { clientId: tail(clientId), date: new Date(createdAt), by: createdBy.name });
  return `${words} ${lastUse(t, credential)}.`;
}

/** `count` is how many credentials are active. */
export function confirmRevokeAll(
  count: number,
  action: () => Promise<void>,
  recheck: NonNullable<Confirmation["recheck"]>,
): Confirmation {
  return {
    words: (t) => ({
      title: t("confirmRevokeAll.title"),
      paragraphs: [t("confirmRevokeAll.text", { count }), t("confirmRevokeAll.programs"), t("confirmRevokeAll.tokens")],
      understand: t("confirmRevokeAll.understand"),
      button: t("confirmRevokeAll.button", { count }),
      busy: t("confirmRevoke.busy"),
    }),
    action,
    recheck,
  };
}
