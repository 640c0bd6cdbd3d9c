/** The service's types by the names that the console has for them, each found where the service answers it. */

import type { Paths } from "./openapi.js";

export type Credential = Paths["/v1/credentials/{client_id}"]["GET"]["answer"];
export type StatusFilter = NonNullable<Paths["/v1/credentials"]["GET"]["query"]["status"]>;
export type CredentialRequest = Paths["/v1/credentials"]["POST"]["body"];
export type CreatedCredential = Paths["/v1/credentials"]["POST"]["answer"];
export type Revocation = Paths["/v1/revocations/{revocation_id}"]["GET"]["answer"];
export type AuditEvent = Paths["/v1/audit-events"]["GET"]["answer"]["audit_events"][number];
/** Which audit events to read; what is absent does not matter. */
export type AuditFilter = Omit<Paths["/v1/audit-events"]["GET"]["query"], "cursor" | "limit">;
export type Actor = AuditEvent["actor"];
export type ConsoleUser = Paths["/v1/console-user"]["GET"]["answer"];
export type TokenRequest = Paths["/oauth/token"]["POST"]["body"];
export type AccessToken = Paths["/oauth/token"]["POST"]["answer"];

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
