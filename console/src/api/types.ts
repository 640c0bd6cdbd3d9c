/** The service's types by the names that the console has for them, each found where the service answers it. */

import type { Paths } from "./openapi.js";

export type Credential = Paths["/v1/credentials/{client_id}"]["GET"]["answer"];
export type StatusFilter = NonNullable<Paths["/v1/credentials"]["GET"]["query"]["status"]>;
export type CredentialRequest = Paths["/v1/credentials"]["POST"]["body"];
export type CreatedCredential = Paths["/v1/credentials"]["POST"]["answer"];
export type CredentialPatch = Paths["/v1/credentials/{client_id}"]["PATCH"]["body"];
export type Secret = Credential["secrets"][number];
export type Key = Credential["keys"][number];
export type Jwk = Paths["/v1/credentials/{client_id}/keys"]["POST"]["body"]["jwk"];
export type ServerMetadata = Paths["/.well-known/oauth-authorization-server"]["GET"]["answer"];
export type Revocation = Paths["/v1/revocations/{revocation_id}"]["GET"]["answer"];
export type AuditEvent = Paths["/v1/audit-events"]["GET"]["answer"]["audit_events"][number];
/** What the lists are asked. What is empty does not matter. */
export type CredentialQuery = Paths["/v1/credentials"]["GET"]["query"];
export type AuditQuery = Paths["/v1/audit-events"]["GET"]["query"];
export type Actor = AuditEvent["actor"];
export type ConsoleUser = Paths["/v1/console-user"]["GET"]["answer"];
export type TokenRequest = Paths["/oauth/token"]["POST"]["body"];
export type AccessToken = Paths["/oauth/token"]["POST"]["answer"];

/** A credential as it was read, and the name of that version (RFC 9110 §8.8.3). */
export interface Versioned {
  readonly credential: Credential;
  readonly etag: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
