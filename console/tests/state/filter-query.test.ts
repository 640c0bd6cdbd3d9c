import { describe, expect, it } from "vitest";
import { askedBy, filterQuery } from "../../src/state/filter-query.js";
import { ANY_CREDENTIAL, ANY_EVENT, NEWEST_FIRST } from "../../src/state/filters.js";

const USUAL = { filter: ANY_CREDENTIAL, sort: NEWEST_FIRST, auditFilter: ANY_EVENT };

describe("what the lists are asked for", () => {
  it("is empty where it is as usual", () => {
    expect(filterQuery(USUAL)).toBe("");
    expect(askedBy("")).toEqual(USUAL);
  });

  it("is found again in its query string", () => {
    const asked = {
      filter: { status: "all", search: "a & b=ü#", scope: "orders:read", created_by: "alice@acme.example", unused: "90" },
      sort: "name.desc",
      auditFilter: { client_id: "acc_1", action: "credential.revoked", actor: "auth0|7", since: "2026-11-01", until: "2026-11-24" },
    } as const;
    expect(askedBy(filterQuery(asked))).toEqual(asked);
  });

  it("leaves out what cannot be asked", () => {
    expect(askedBy("status=lost&sort=age&unused=x&since=yesterday&until=2026-19-40&more=1")).toEqual(USUAL);
  });

  it("leaves a pasted Token Secret out, both ways", () => {
    expect(filterQuery({ ...USUAL, filter: { ...ANY_CREDENTIAL, search: "x accs_0a1B2c" } })).toBe("");
    expect(askedBy("search=accs_0a1B2c")).toEqual(USUAL);
  });
});
