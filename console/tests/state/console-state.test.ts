import { describe, expect, it, vi } from "vitest";
import type { ApiClient } from "../../src/api/client.js";
import { ApiProblem, SignInExpired, Unreachable } from "../../src/api/failures.js";
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

  it("hears of each change of a credential once it is made, and of no secret", async () => {
    const now = async () => ({ credential: CREDENTIAL, etag: '"2"' });
    const heard: [string, unknown][] = [];
    const service = {
      credential: now,
      edit: now,
      suspend: now,
      resume: now,
      endSecret: now,
      addKey: now,
      removeKey: now,
      addSecret: async () => ({ ...CREDENTIAL, client_secret: "accs_secret" }),
    };
    const { changes } = started(service, (what, detail) => heard.push([what, detail]));
    const { client_id: clientId } = CREDENTIAL;
    await changes.edit(clientId, { name: "Another" }, '"1"');
    await changes.suspend(clientId);
    await changes.resume(clientId);
    await changes.addSecret(clientId, 60, "key");
    await changes.endSecret(clientId, "sec_1");
    await changes.addKey(clientId, { kty: "EC" });
    await changes.removeKey(clientId, "kid");
    const made = ["edited", "suspended", "resumed", "secret-added", "secret-ended", "key-added", "key-removed"];
    expect(heard).toEqual(made.map((change) => ["credential-changed", { clientId, change }]));
  });

  it("hears of no change that was refused", async () => {
    const heard: string[] = [];
    const refused = () => Promise.reject(new SignInExpired());
    const { changes } = started({ edit: refused, suspend: refused, addSecret: refused }, (what) => heard.push(what));
    for (const tried of [changes.edit("acc_1", {}, '"1"'), changes.suspend("acc_1"), changes.addSecret("acc_1", 0, "key")])
      await expect(tried).rejects.toThrow();
    expect(heard).toEqual([]);
  });

  it("hears of a change whose answer was lost", async () => {
    const heard: unknown[] = [];
    const suspended = { ...CREDENTIAL, status: "suspended" as const };
    const service = { suspend: () => Promise.reject(new Unreachable()), credential: async () => ({ credential: suspended, etag: null }) };
    const { changes } = started(service, (_, detail) => heard.push(detail));
    await changes.suspend(CREDENTIAL.client_id);
    expect(heard).toEqual([{ clientId: CREDENTIAL.client_id, change: "suspended" }]);
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
    await state.showOnly({ status: "revoked" });
    await state.create({ name: "Program 2" }, "key");
    expect(state.credentials.view.items).toEqual([CREDENTIAL]);
  });

  it("drops a revoked row from the active ones and restates it among all", async () => {
    const revoked = { ...CREDENTIAL, status: "revoked" as const };
    const state = started({ revoke: async () => revoked });
    await state.start();
    await state.revoke(CREDENTIAL.client_id);
    expect(state.credentials.view.items).toEqual([]);
    await state.showOnly({ status: "all" });
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

  it("asks for all credentials before it sorts them", async () => {
    const pages = [
      { items: [credential(2, { name: "b" })], nextCursor: "next" },
      { items: [credential(1, { name: "a" })], nextCursor: null },
    ];
    const credentials = vi.fn(async (_query: unknown, cursor: string | null) => pages[cursor === null ? 0 : 1]);
    const state = started({ credentials });
    await state.sortBy("name.asc");
    expect(state.rows.map((row) => row.name)).toEqual(["a", "b"]);
    expect(credentials.mock.calls.map(([, cursor]) => cursor)).toEqual([null, "next"]);
    expect(state.total).toBe(2);
  });

  it("asks for pages of the size that its page chose", async () => {
    const answer = vi.fn(async (_query: { limit: number }) => ({ items: [], nextCursor: null }));
    const state = started({ credentials: answer, auditEvents: answer });
    state.pageSize = 10;
    await state.start();
    await state.auditEvents.reload();
    expect(answer.mock.calls.map(([query]) => query.limit)).toEqual([10, 10]);
  });

  it("keeps the times of a query for all its pages", async () => {
    const asked: { unused_since?: string }[] = [];
    const credentials = async (query: { unused_since?: string }, cursor: string | null) => {
      asked.push(query);
      return { items: [], nextCursor: cursor === null ? "next" : null };
    };
    const state = started({ credentials });
    await state.showOnly({ unused: "30" });
    expect(asked).toHaveLength(2);
    expect(asked[0]!.unused_since).toBe(asked[1]!.unused_since);
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

describe("several revocations", () => {
  const wanted = [credential(1), credential(2), credential(3)];

  it("concern those that were asked for, one after the other", async () => {
    const asked: string[] = [];
    const state = started({ revoke: async (id: string) => (asked.push(id), { ...CREDENTIAL, client_id: id, status: "revoked" }) });
    const progress = vi.fn();
    expect(await state.revokeSeveral(wanted, progress, () => false)).toEqual([]);
    expect(asked).toEqual(["acc_1", "acc_2", "acc_3"]);
    expect(progress.mock.calls).toEqual([[1], [2], [3]]);
  });

  it("go on after a refusal, and name the one that is left", async () => {
    const refusal = new ApiProblem(404, "Not found", "", null);
    const state = started({ revoke: async (id: string) => (id === "acc_2" ? Promise.reject(refusal) : CREDENTIAL) });
    expect(await state.revokeSeveral(wanted, () => undefined, () => false)).toEqual([{ credential: wanted[1], failure: refusal }]);
  });

  it.each([
    ["without an answer", new Unreachable()],
    ["without a sign-in", new SignInExpired()],
  ])("end %s, and say which were not tried", async (_, failure) => {
    const state = started({ revoke: () => Promise.reject(failure), credential: () => Promise.reject(failure) });
    expect(await state.revokeSeveral(wanted, () => undefined, () => false)).toEqual([
      { credential: wanted[0], failure },
      { credential: wanted[1], failure: null },
      { credential: wanted[2], failure: null },
    ]);
  });

  it("stop where somebody stops them", async () => {
    const revoke = vi.fn(async () => CREDENTIAL);
    const state = started({ revoke });
    const left = await state.revokeSeveral(wanted, () => undefined, () => revoke.mock.calls.length > 0);
    expect(left.map((one) => one.credential)).toEqual(wanted.slice(1));
    expect(revoke).toHaveBeenCalledTimes(1);
  });
});
