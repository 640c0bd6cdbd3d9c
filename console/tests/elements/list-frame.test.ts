import { afterEach, describe, expect, it } from "vitest";
import "../../src/elements/list-frame.js";
import type { ListFrame } from "../../src/elements/list-frame.js";
import { en } from "../../src/locales/en.js";

async function shown(more: boolean): Promise<string> {
  const frame = document.createElement("acc-list-frame") as ListFrame;
  frame.view = { phase: "ready", items: [], more, readingAll: false, failure: null };
  frame.empty = { title: "None", text: "Make one." };
  frame.shown = String;
  document.body.append(frame);
  await frame.updateComplete;
  return frame.renderRoot.textContent ?? "";
}

afterEach(() => document.body.replaceChildren());

describe("a list without rows", () => {
  it("says that there are none only where all was read", async () => {
    expect(await shown(false)).toContain("None");
  });

  it("offers to search further where there is more to read", async () => {
    const text = await shown(true);
    expect(text).toContain(en["searchingFurther.title"]);
    expect(text).toContain(en.searchFurther);
    expect(text).not.toContain("None");
  });
});
