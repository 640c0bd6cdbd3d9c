/** What the lists are asked to show. What is empty does not matter. */

import type { AuditEvent, AuditQuery, Credential, CredentialQuery, StatusFilter } from "../api/types.js";
import { daysFrom, endOf, startOf, timestampOf } from "../format/dates.js";

export interface CredentialFilter {
  readonly status: StatusFilter;
  readonly search: string;
  readonly scope: string;
  /** A subject. */
  readonly created_by: string;
  /** Days for which it was neither used nor made. */
  readonly unused: string;
}

export interface AuditFilter {
  readonly client_id: string;
  readonly action: AuditEvent["action"] | "";
  /** A subject. */
  readonly actor: string;
  /** The first and the last day, YYYY-MM-DD, in the reader's time zone. */
  readonly since: string;
  readonly until: string;
}

export const STATUSES: readonly StatusFilter[] = ["active", "expiring", "suspended", "expired", "revoked", "all"];

export const ANY_CREDENTIAL: CredentialFilter = { status: "active", search: "", scope: "", created_by: "", unused: "" };
export const ANY_EVENT: AuditFilter = { client_id: "", action: "", actor: "", since: "", until: "" };

/** Whether more is asked than a status. */
export function narrows(filter: CredentialFilter): boolean {
  return Object.entries(filter).some(([key, value]) => key !== "status" && value);
}

export function credentialQuery({ unused, ...same }: CredentialFilter, now: Date): CredentialQuery {
  return { ...same, unused_since: unused && timestampOf(daysFrom(now, -Number(unused))) };
}

export function auditQuery({ action, since, until, ...same }: AuditFilter): AuditQuery {
  return {
    ...same,
    ...(action && { action }),
    since: since && timestampOf(startOf(since)),
    until: until && timestampOf(new Date(endOf(until).getTime() + 1_000)),
  };
}

/** By what the credentials are sorted: each a key, upwards or downwards. */
export const SORTS = ["created_at.desc", "created_at.asc", "name.asc", "name.desc", "created_by.asc", "created_by.desc", "last_used_at.desc", "last_used_at.asc", "expires_at.asc"] as const;
export type Sort = (typeof SORTS)[number];

/** How the service lists them: any other order needs all of them. */
export const NEWEST_FIRST: Sort = "created_at.desc";

/** Texts as the reader's language has them; what has no time comes last, whichever way. */
export function sorted(credentials: readonly Credential[], sort: Sort, language?: string): readonly Credential[] {
  if (sort === NEWEST_FIRST) return credentials;
  if (sort === "created_at.asc") return credentials.toReversed();
  const downwards = sort.endsWith(".desc") ? -1 : 1;
  const key = sort.replace(/\.\w+$/, "") as "name" | "created_by" | "last_used_at" | "expires_at";
  const { compare } = new Intl.Collator(language, { numeric: true });
  return credentials.toSorted((one, other) => {
    if (key === "name") return downwards * compare(one.name, other.name);
    if (key === "created_by") return downwards * compare(one.created_by.name, other.created_by.name);
    const [a, b] = [one[key], other[key]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return downwards * (Date.parse(a) - Date.parse(b));
  });
}
