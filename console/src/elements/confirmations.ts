/** What a person is asked before something is done that cannot be undone. */

import type { Credential } from "../api/types.js";
import { dateAndTime } from "../format/dates.js";
import { tail } from "../format/visible.js";
import { texts } from "../texts.js";

export interface Confirmation {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A box to tick first, for what cannot be taken back. */
  readonly understand?: string;
  readonly button: string;
  readonly busy: string;
  readonly action: () => Promise<void>;
  /** After an answer that got lost: reads how things are, and says it. The action can then be repeated. */
  readonly recheck?: () => Promise<string>;
}

export function confirmRevoke(credential: Credential, action: () => Promise<void>): Confirmation {
  const words = texts.confirmRevoke;
  return {
    title: words.title(credential.name),
    paragraphs: [words.which(tail(credential.client_id), dateAndTime(credential.created_at), credential.created_by.name), words.text, words.tokens],
    button: words.button,
    busy: words.busy,
    action,
  };
}

/** `count` is how many credentials are active. */
export function confirmRevokeAll(count: number, action: () => Promise<void>, recheck: () => Promise<string>): Confirmation {
  const words = texts.confirmRevokeAll;
  return {
    title: words.title,
    paragraphs: [words.text(count), words.programs, words.tokens],
    understand: words.understand,
    button: words.button(count),
    busy: words.busy,
    action,
    recheck,
  };
}
