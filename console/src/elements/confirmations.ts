/** What a person is asked before something is done that cannot be undone. */

import type { Credential } from "../api/types.js";
import { tail } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";

type Translate = Localization["t"];

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
  readonly recheck?: () => Promise<(t: Translate) => string>;
}

export function confirmRevoke(credential: Credential, action: () => Promise<void>): Confirmation {
  const { client_id: clientId, created_at: createdAt, created_by: createdBy } = credential;
  return {
    words: (t) => ({
      title: t("confirmRevoke.title", { name: credential.name }),
      paragraphs: [
        t("confirmRevoke.which", { clientId: tail(clientId), date: new Date(createdAt), by: createdBy.name }),
        t("confirmRevoke.text"),
        t("confirmRevoke.tokens"),
      ],
      button: t("revoke"),
      busy: t("confirmRevoke.busy"),
    }),
    action,
  };
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
