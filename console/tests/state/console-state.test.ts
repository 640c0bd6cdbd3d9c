import { describe, expect, it, vi } from "vitest";
import type { ApiClient } from "../../src/api/client.js";
import { Unreachable } from "../../src/api/failures.js";
import type { Revocation } from "../../src/api/types.js";
import type { Announce } from "../../src/state/announcements.js";
import { ConsoleState } from "../../src/state/console-state.js";
import { ADMIN, CREDENTIAL, credential } from "../fixtures.js";

function revocation(swept: number, completed = false): Revocation {
  return {
    revocation_id: "r",
    generation: 2,
    revoked_by: CREDENTIAL.created_by,
    fenced_at: "2026-11-24T12:00:00Z",
    total: 3,
    swept,
    remaining: 3 - swept,
    completed_at: completed ? "2026-11-24T12:00:00Z" : null,
  };
}

function started(service: Partial<Record<keyof ApiClient, unknown>> = {}, announce: Announce = () => undefined) {
  const api = {
    consoleUser: async () => ADMIN,
    credentials: async () => ({ items: [CREDENTIAL], nextCursor: null }),
    auditEvents: async () => ({ items: [], nextCursor: null }),
    ...service,
  } as unknown as ApiClient;
  return new ConsoleState(api, () => undefined, announce, async () => undefined);
}

describe("the page around", () => {
  it("hears of what was done, and of no secret", async () => {
    const revoked = { ...CREDENTIAL, status: "revoked" as const };
    const heard: [string, unknown][] = [];
    const service = {
      create: async () => ({ ...credential(2), client_secret: "accs_secret" }),
      revoke: async () => revoked,
      revokeAll: async () => revocation(3, true),
    };
    const state = started(service, (what, detail) => heard.push([what, detail]));
    await state.create({ name: "Program 2" }, "key");
    await state.revoke(CREDENTIAL.client_id);
    await state.revokeAll("key");
    expect(heard).toEqual([
      ["credential-created", credential(2)],
      ["credential-revoked", revoked],
      ["revoked-all", revocation(3, true)],
    ]);
  });
});

describe("the console", () => {
  it("shows a new credential first and does not keep its secret", async () => {
    const state = started({ create: async () => ({ ...credential(2), client_secret: "accs_secret" }) });
    await state.start();
    const created = await state.create({ name: "Program 2" }, "key");
    expect(created.client_secret).toBe("accs_secret");
    expect(state.credentials.view.items.map((row) => row.client_id)).toEqual(["acc_2", CREDENTIAL.client_id]);
    expect(JSON.stringify(state)).not.toContain("accs_secret");
  });

  it("does not show a new credential among the revoked ones", async () => {
    const state = started({ create: async () => ({ ...credential(2), client_secret: "accs_secret" }) });
    await state.showOnly("revoked");
    await state.create({ name: "Program 2" }, "key");
    expect(state.credentials.view.items).toEqual([CREDENTIAL]);
  });

  it("drops a revoked row from the active ones and restates it among all", async () => {
    const revoked = { ...CREDENTIAL, status: "revoked" as const };
    const state = started({ revoke: async () => revoked });
    await state.start();
    await state.revoke(CREDENTIAL.client_id);
    expect(state.credentials.view.items).toEqual([]);
    await state.showOnly("all");
    await state.revoke(CREDENTIAL.client_id);
    expect(state.credentials.view.items).toEqual([revoked]);
  });

  it("takes a revocation without an answer for one where the credential is revoked", async () => {
    const revoked = { ...CREDENTIAL, status: "revoked" as const };
    const state = started({ revoke: () => Promise.reject(new Unreachable()), credential: async () => ({ credential: revoked, etag: null }) });
    await state.start();
    expect(await state.revoke(CREDENTIAL.client_id)).toEqual(revoked);
    expect(state.credentials.view.items).toEqual([]);
  });

  it("follows a revoke-all until its sweep is done", async () => {
    const steps = [revocation(1), revocation(2), revocation(3, true)];
    const state = started({ revokeAll: async () => revocation(0), revocation: async () => steps.shift() });
    await state.revokeAll("key");
    await vi.waitFor(() => expect(state.revocation?.completed_at).not.toBeNull());
    expect(steps).toEqual([]);
  });

  it("says so when the progress of a revoke-all can no longer be read", async () => {
    const asked = vi.fn(() => Promise.reject(new Unreachable()));
    const state = started({ revokeAll: async () => revocation(0), revocation: asked });
    await state.revokeAll("key");
    await vi.waitFor(() => expect(state.revocationInterrupted).toBe(true));
    expect(asked).toHaveBeenCalledTimes(5);
  });

  it("lets only an admin write", async () => {
    const state = started({ consoleUser: async () => ({ ...ADMIN, roles: ["viewer"] }) });
    await state.start();
    expect(state.mayWrite).toBe(false);
  });
});
