/** What a person is asked before something is done that cannot be undone. */

import { ApiProblem, SignInExpired, outcomeUnknown } from "../api/failures.js";
import type { Credential, Secret } from "../api/types.js";
import { tail, visible } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";
import type { NotRevoked } from "../state/console-state.js";
import { lastUse, overlapHint, secretHint } from "./secret-list.js";

type Translate = Localization["t"];

/** Words in whichever language they are read. */
export type Said = (t: Translate) => string;

interface Words {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What it is about, one by one. */
  readonly list?: readonly string[];
  /** A box to tick first, for what cannot be taken back. */
  readonly understand?: string;
  readonly button: string;
  readonly busy: string;
}

/** An action under way, seen from the action. */
export interface Task {
  /** Says how far it is. */
  readonly tell: (words: (t: Translate) => string) => void;
  /** Whether somebody wants it to stop. */
  readonly stopped: () => boolean;
}

export interface Confirmation {
  readonly words: (t: Translate) => Words;
  /** Answers what there is to ask then, if there is anything. */
  readonly action: (task: Task) => Promise<Confirmation | void>;
  /** It takes a while, and can be stopped in between. */
  readonly stoppable?: boolean;
  /** Why it is asked again. */
  readonly failure?: unknown;
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

/** `revoke` answers which are left, and why; `done` is told how many are not. */
export function confirmRevokeSeveral(
  credentials: readonly Credential[],
  revoke: (credentials: readonly Credential[], task: Task) => Promise<readonly NotRevoked[]>,
  done: (count: number) => void,
): Confirmation {
  const count = credentials.length;
  return {
    words: (t) => ({
      title: t("confirmRevokeSeveral.title", { count }),
      paragraphs: [t("confirmRevokeSeveral.text"), t("confirmRevokeAll.tokens")],
      list: credentials.map(nameAndId),
      button: t("confirmRevokeSeveral.button", { count }),
      busy: t("confirmRevoke.busy"),
    }),
    stoppable: true,
    action: async (task) => {
      const left = await revoke(credentials, task);
      if (left.length === 0) return done(count);
      const revoked = count - left.length;
      const again = confirmRevokeSeveral(left.map((one) => one.credential), revoke, (more) => done(revoked + more));
      return {
        ...again,
        words: (t) => ({
          ...again.words(t),
          title: t("confirmRevokeSeveral.left", { count: left.length, total: count }),
          paragraphs: [t("confirmRevokeSeveral.done", { count: revoked }), t("confirmRevokeSeveral.theseAreLeft")],
          list: left.map(({ credential, failure }) => `${nameAndId(credential)}: ${reason(t, failure)}`),
        }),
        failure: left.find(({ failure }) => failure)?.failure,
      };
    },
  };
}

function nameAndId(credential: Credential): string {
  return `${visible(credential.name)} · ${tail(credential.client_id)}`;
}

function reason(t: Translate, failure: unknown): string {
  if (!failure || failure instanceof SignInExpired) return t("confirmRevokeSeveral.untried");
  if (outcomeUnknown(failure)) return t("confirmRevokeSeveral.unknown");
  return (failure instanceof ApiProblem && (failure.detail || failure.title)) || t("failures.unexpected.title");
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
