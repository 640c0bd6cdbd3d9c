import { describe, expect, it } from "vitest";
import { dayOf, endOf, timestampOf } from "../../src/format/dates.js";

describe("the last day", () => {
  it("ends with its last second in the reader's time zone", () => {
    const end = endOf("2026-12-31");
    expect(dayOf(end)).toBe("2026-12-31");
    expect(dayOf(new Date(end.getTime() + 1000))).toBe("2027-01-01");
    expect(timestampOf(end)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });
});
