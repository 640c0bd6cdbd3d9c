import type { ConsoleUser, Credential } from "../api/types.js";

/** What can be asked for in a credential's panel, and by the menu of its row. */
export type CredentialAction = "edit" | "rotate" | "addKey" | "suspend" | "resume" | "revoke";

/**
 * What a console user who may write can do with a credential, the main thing last. `profile` is the one that all are held to here:
 * under FAPI 2.0 there are no new secrets.
 */
export function actionsFor(credential: Credential, profile: ConsoleUser["security_profile"]): readonly CredentialAction[] {
  if (credential.status === "revoked") return [];
  return [
    "revoke",
    credential.suspended_at ? "resume" : "suspend",
    "edit",
    ...(credential.keys.length ? (["addKey"] as const) : credential.status === "expired" || profile ? [] : (["rotate"] as const)),
  ];
}
