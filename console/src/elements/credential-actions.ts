import type { Credential } from "../api/types.js";

/** What can be asked for in a credential's panel, and by the menu of its row. */
export type CredentialAction = "edit" | "rotate" | "addKey" | "suspend" | "resume" | "revoke";

/** What a console user who may write can do with a credential, the main thing last. */
export function actionsFor(credential: Credential): readonly CredentialAction[] {
  if (credential.status === "revoked") return [];
  return [
    "revoke",
    credential.suspended_at ? "resume" : "suspend",
    "edit",
    ...(credential.keys.length ? (["addKey"] as const) : credential.status === "expired" ? [] : (["rotate"] as const)),
  ];
}
