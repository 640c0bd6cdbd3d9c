import { describe, expect, it } from "vitest";
import { ANY_CREDENTIAL, ANY_EVENT, auditQuery, credentialQuery, narrows, sorted } from "../../src/state/filters.js";
import { CREDENTIAL, credential } from "../fixtures.js";

const NOW = new Date("2026-11-25T12:00:00Z");

describe("a filter", () => {
  it("asks for the time since which a credential was not used", () => {
    const query = credentialQuery({ ...ANY_CREDENTIAL, unused: "30" }, NOW);
    expect(query).toEqual({ status: "active", search: "", scope: "", created_by: "", unused_since: "2026-10-26T12:00:00Z" });
  });

  it("asks for whole days in the reader's time zone", () => {
    const { since, until } = auditQuery({ ...ANY_EVENT, since: "2026-11-24", until: "2026-11-25" });
    expect(Date.parse(since!)).toBe(new Date(2026, 10, 24).getTime());
    expect(Date.parse(until!)).toBe(new Date(2026, 10, 26).getTime());
  });

  it("narrows a list by all but its status", () => {
    expect(narrows({ ...ANY_CREDENTIAL, status: "revoked" })).toBe(false);
    expect(narrows({ ...ANY_CREDENTIAL, scope: "orders:read" })).toBe(true);
  });
});

describe("sorted credentials", () => {
  const rows = [
    credential(1, { name: "b", last_used_at: null }),
    credential(2, { name: "Ä", last_used_at: "2026-11-24T12:00:00Z" }),
    credential(3, { name: "a 10", last_used_at: "2026-11-25T12:00:00+02:00" }),
    credential(4, { name: "a 9", last_used_at: "2026-11-25T11:00:00Z" }),
  ];
  const order = (sort: Parameters<typeof sorted>[1]) => sorted(rows, sort, "en").map((row) => row.client_id.slice(-1)).join("");

  it.each([
    ["created_at.desc", "1234"],
    ["created_at.asc", "4321"],
    ["name.asc", "2431"],
    ["name.desc", "1342"],
    ["last_used_at.desc", "4321"],
    ["last_used_at.asc", "2341"],
  ] as const)("by %s", (sort, expected) => expect(order(sort)).toBe(expected));

  it("are left as they are where they come", () => {
    expect(rows[0]!.created_at).toBe(CREDENTIAL.created_at);
    expect(rows.map((row) => row.name)).toEqual(["b", "Ä", "a 10", "a 9"]);
  });
});
