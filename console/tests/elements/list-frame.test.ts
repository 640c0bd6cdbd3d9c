import { afterEach, describe, expect, it } from "vitest";
import "../../src/elements/list-frame.js";
import type { ListFrame } from "../../src/elements/list-frame.js";
import { texts } from "../../src/texts.js";

async function shown(more: boolean): Promise<string> {
  const frame = document.createElement("acc-list-frame") as ListFrame;
  frame.view = { phase: "ready", items: [], more, failure: null };
  frame.empty = texts.empty.active;
  frame.shown = texts.shown;
  document.body.append(frame);
  await frame.updateComplete;
  return frame.renderRoot.textContent ?? "";
}

afterEach(() => document.body.replaceChildren());

describe("a list without rows", () => {
  it("says that there are none only where all was read", async () => {
    expect(await shown(false)).toContain(texts.empty.active.title);
  });

  it("offers to search further where there is more to read", async () => {
    const text = await shown(true);
    expect(text).toContain(texts.searchingFurther.title);
    expect(text).toContain(texts.searchFurther);
    expect(text).not.toContain(texts.empty.active.title);
  });
});
