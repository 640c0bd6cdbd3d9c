/** What both lists are asked to show, and in which order, as a query string: a page around the element can give it an address. */

import { ANY_CREDENTIAL, ANY_EVENT, NEWEST_FIRST, SORTS, STATUSES, type AuditFilter, type CredentialFilter, type Sort } from "./filters.js";

export interface Asked {
  readonly filter: CredentialFilter;
  readonly sort: Sort;
  readonly auditFilter: AuditFilter;
}

const UNUSED = /^[1-9]\d{0,3}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** How a Token Secret begins: one that was pasted into the search belongs in no address. */
const SECRET = /accs_/i;
const isPublic = (text: string) => !SECRET.test(text);

/** Names what is asked beyond the usual; empty where nothing is. */
export function filterQuery({ filter, sort, auditFilter }: Asked): string {
  const usual: Readonly<Record<string, string>> = { ...ANY_CREDENTIAL, ...ANY_EVENT, sort: NEWEST_FIRST };
  const asked = Object.entries({ ...filter, ...auditFilter, sort });
  return new URLSearchParams(asked.filter(([key, value]) => value !== usual[key] && isPublic(value))).toString();
}

/** What a query string asks for. What it does not name, or what cannot be, is as usual. */
export function askedBy(query: string): Asked {
  const named = new URLSearchParams(query);
  const given = (key: string, may = isPublic): string => {
    const value = named.get(key) ?? "";
    return may(value) ? value : "";
  };
  const isDay = (value: string) => DAY.test(value) && !Number.isNaN(Date.parse(value));
  return {
    filter: {
      status: STATUSES.find((known) => known === named.get("status")) ?? ANY_CREDENTIAL.status,
      search: given("search"),
      scope: given("scope"),
      created_by: given("created_by"),
      unused: given("unused", (days) => UNUSED.test(days)),
    },
    sort: SORTS.find((sort) => sort === named.get("sort")) ?? NEWEST_FIRST,
    auditFilter: {
      client_id: given("client_id"),
      // Of an action that is none, the service says so.
      action: given("action") as AuditFilter["action"],
      actor: given("actor"),
      since: given("since", isDay),
      until: given("until", isDay),
    },
  };
}
