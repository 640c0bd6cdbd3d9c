import { ApiProblem, MadeBefore, SignInExpired, Unreachable } from "../api/failures.js";
import type { Credential, Revocation } from "../api/types.js";

/** Why a call failed. `status`, `title` and `requestId` are the service's, where it answered. */
export interface ConsoleError {
  readonly kind: "sign-in-expired" | "unreachable" | "refused" | "unexpected";
  readonly status: number | null;
  readonly title: string | null;
  readonly requestId: string | null;
}

/** Which part of the element is shown, and what its lists are asked for: the attributes of the same names. */
export interface ShownView {
  readonly tab: "credentials" | "audit";
  readonly filter: string;
}

/** Whose panel is open; null: none is. */
export interface ShownCredential {
  readonly clientId: string | null;
}

/** What was done to a credential that is still there. A rotation is `secret-added`, and `secret-ended` where somebody ends the old one. */
export type CredentialChange = "edited" | "suspended" | "resumed" | "secret-added" | "secret-ended" | "key-added" | "key-removed";

export interface ChangedCredential {
  readonly clientId: string;
  readonly change: CredentialChange;
}

/** What the page around the element hears of: the `detail` of each event. A Token Secret is in none of it. */
export interface Announcements {
  readonly "credential-created": Credential;
  readonly "credential-changed": ChangedCredential;
  readonly "credential-revoked": Credential;
  readonly "revoked-all": Revocation;
  readonly "view-changed": ShownView;
  readonly "credential-shown": ShownCredential;
  readonly error: ConsoleError;
}

export type Announce = <Name extends keyof Announcements>(what: Name, detail: Announcements[Name]) => void;

/** What a failure is to the page around the element; null for what the element itself knows how to go on from. */
export function consoleError(failure: unknown): ConsoleError | null {
  if (failure instanceof MadeBefore) return null;
  if (failure instanceof ApiProblem)
    return { kind: "refused", status: failure.status, title: failure.title, requestId: failure.requestId };
  const kind = failure instanceof SignInExpired ? "sign-in-expired" : failure instanceof Unreachable ? "unreachable" : "unexpected";
  return { kind, status: null, title: null, requestId: null };
}
