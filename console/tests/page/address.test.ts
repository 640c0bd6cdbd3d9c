import { describe, expect, it } from "vitest";
import { fragmentOf, placeIn } from "../../src/page/address.js";

describe("the address of what is shown", () => {
  it.each([
    { tab: "credentials", credential: "", filter: "" },
    { tab: "credentials", credential: "acc_1", filter: "" },
    { tab: "credentials", credential: "acc_1", filter: "status=all&search=a%2Fb%3Fc" },
    { tab: "audit", credential: "", filter: "" },
    { tab: "audit", credential: "acc_1", filter: "actor=x" },
  ] as const)("leads back to $tab $credential $filter", (place) => {
    expect(placeIn(fragmentOf(place))).toEqual(place);
  });

  it("is none for what the page shows anyway", () => {
    expect(fragmentOf({ tab: "credentials", credential: "", filter: "" })).toBe("");
  });

  it.each(["#/elsewhere", "#audit", "#/credentials/a b", "#/audit/a/b"])("that names nothing, as %s, is that of the list", (fragment) => {
    expect(placeIn(fragment)).toEqual({ tab: "credentials", credential: "", filter: "" });
  });
});
