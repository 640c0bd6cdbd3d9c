import type { ApiClient } from "../api/client.js";
import { ApiProblem, outcomeUnknown } from "../api/failures.js";
import type { CreatedCredential, Credential, CredentialPatch, Jwk, Versioned } from "../api/types.js";
import type { CredentialChange } from "./announcements.js";

/** What a console user can change of one credential. `changed` hears how it is then, `done` what was done. */
export class CredentialChanges {
  constructor(
    private readonly api: ApiClient,
    private readonly changed: (now: Versioned) => void,
    private readonly done: (clientId: string, change: CredentialChange) => void,
  ) {}

  /** Refused with 412 where it is not the version that `etag` names any more. */
  async edit(clientId: string, patch: CredentialPatch, etag: string): Promise<void> {
    this.changed(await this.api.edit(clientId, patch, etag));
    this.done(clientId, "edited");
  }

  suspend(clientId: string): Promise<void> {
    return this.make(clientId, "suspended", () => this.api.suspend(clientId), (now) => now.status === "suspended");
  }

  resume(clientId: string): Promise<void> {
    return this.make(clientId, "resumed", () => this.api.resume(clientId), (now) => now.suspended_at === null);
  }

  endSecret(clientId: string, secretId: string): Promise<void> {
    const ended = (now: Credential) => !now.secrets.some((secret) => secret.secret_id === secretId);
    return this.make(clientId, "secret-ended", () => this.api.endSecret(clientId, secretId), ended);
  }

  addKey(clientId: string, jwk: Jwk): Promise<void> {
    const added = (now: Credential) => Boolean(now.jwks?.keys.some((key) => isSameKey(key, jwk)));
    return this.make(clientId, "key-added", () => this.api.addKey(clientId, jwk), added);
  }

  removeKey(clientId: string, kid: string): Promise<void> {
    const removed = (now: Credential) => !now.keys.some((key) => key.kid === kid);
    return this.make(clientId, "key-removed", () => this.api.removeKey(clientId, kid), removed);
  }

  /** The secret is only in the answer: whoever asked shows it and forgets it. The others end after the overlap, with null not at all. */
  async addSecret(clientId: string, overlapSeconds: number | null, key: string): Promise<CreatedCredential> {
    const created = await this.api.addSecret(clientId, overlapSeconds, key);
    void this.read(clientId);
    this.done(clientId, "secret-added");
    return created;
  }

  /** Instead of a secret that was made and never seen, which ends. Those from before it keep their overlap. */
  async replaceLostSecret(clientId: string, lost: string, overlapSeconds: number | null, key: string): Promise<CreatedCredential> {
    // Without an overlap there is no other secret, and the new one ends the lost one.
    if (overlapSeconds !== 0) await this.endSecret(clientId, lost);
    return this.addSecret(clientId, overlapSeconds, key);
  }

  async read(clientId: string): Promise<Versioned | null> {
    const now = await this.api.credential(clientId).catch(() => null);
    if (now) this.changed(now);
    return now;
  }

  private async make(
    clientId: string,
    what: CredentialChange,
    change: () => Promise<Versioned | void>,
    isDone: (now: Credential) => boolean,
  ): Promise<void> {
    try {
      const now = await change();
      if (now) this.changed(now);
      else await this.read(clientId);
    } catch (failure) {
      // The answer got lost, or the one before it did: what counts is how things are.
      if (!outcomeUnknown(failure) && !contradicted(failure)) throw failure;
      const now = await this.read(clientId);
      if (!now || !isDone(now.credential)) throw failure;
    }
    this.done(clientId, what);
  }
}

/** Whether the service finds that what is asked for does not fit what there is. */
function contradicted(failure: unknown): boolean {
  return failure instanceof ApiProblem && (failure.status === 404 || failure.status === 409);
}

function isSameKey(one: Jwk, other: Jwk): boolean {
  return ["kty", "crv", "x", "y", "n", "e"].every((member) => one[member] === other[member]);
}
