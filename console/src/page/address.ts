/** The page's address of what is shown: a fragment, which reload, Back and a copied link keep, and no server sees. */

import type { ShownView } from "../state/announcements.js";

export interface Place extends ShownView {
  /** Whose panel is open; empty: none is. */
  readonly credential: string;
}

const FRAGMENT = /^#\/(credentials|audit)(?:\/([\w-]+))?(?:\?(.*))?$/;

/** What an address names; the list of credentials where it names nothing. */
export function placeIn(fragment: string): Place {
  const [, tab, credential = "", filter = ""] = FRAGMENT.exec(fragment) ?? [];
  return { tab: tab === "audit" ? tab : "credentials", credential, filter };
}

export function fragmentOf({ tab, credential, filter }: Place): string {
  if (tab === "credentials" && !credential && !filter) return "";
  return `#/${tab}${credential && `/${credential}`}${filter && `?${filter}`}`;
}
