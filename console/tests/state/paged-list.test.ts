import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Page } from "../../src/api/types.js";
import { PagedList } from "../../src/state/paged-list.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A list whose pages the test hands out one by one. */
function controlled() {
  const asked: { cursor: string | null; answer: (page: Page<string>) => void; refuse: (error: unknown) => void }[] = [];
  const changed = vi.fn();
  const list = new PagedList<string>(
    (cursor) => new Promise((answer, refuse) => asked.push({ cursor, answer, refuse })),
    changed,
  );
  return { list, asked, changed };
}

describe("a list", () => {
  it("is slow after 400 ms and ready with its page", async () => {
    const { list, asked } = controlled();
    const loaded = list.reload();
    await vi.advanceTimersByTimeAsync(399);
    expect(list.view.phase).toBe("loading");
    await vi.advanceTimersByTimeAsync(1);
    expect(list.view.phase).toBe("slow");
    asked[0]!.answer({ items: ["a"], nextCursor: null });
    await loaded;
    await vi.advanceTimersByTimeAsync(1000);
    expect(list.view).toMatchObject({ phase: "ready", items: ["a"], more: false });
  });

  it("appends the next page", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a"], nextCursor: "after-a" });
    await vi.runAllTimersAsync();
    expect(list.view.more).toBe(true);
    void list.loadMore();
    expect(asked[1]!.cursor).toBe("after-a");
    asked[1]!.answer({ items: ["b"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ items: ["a", "b"], more: false });
  });

  it("goes on over an empty page that is not the last", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: [], nextCursor: "further" });
    await vi.runAllTimersAsync();
    expect(asked[1]!.cursor).toBe("further");
    asked[1]!.answer({ items: ["a"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view.items).toEqual(["a"]);
  });

  it("does not show an answer that a later load has overtaken", async () => {
    const { list, asked } = controlled();
    void list.reload(true);
    void list.reload(true);
    asked[1]!.answer({ items: ["new"], nextCursor: null });
    await vi.runAllTimersAsync();
    asked[0]!.answer({ items: ["old"], nextCursor: "x" });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "ready", items: ["new"], more: false });
  });

  it("keeps what it shows when a load fails, with the reason", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a"], nextCursor: null });
    await vi.runAllTimersAsync();
    void list.reload();
    asked[1]!.refuse("why");
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "failed", items: ["a"], failure: "why" });
  });

  it("reads again when a change overtakes a load, whose answer may be older than the change", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a", "b"], nextCursor: null });
    await vi.runAllTimersAsync();
    void list.reload();
    list.update((item) => (item === "a" ? null : item));
    list.prepend("new");
    asked[1]!.answer({ items: ["a", "b"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "slow", items: ["new", "b"] });
    asked.at(-1)!.answer({ items: ["new", "b"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "ready", items: ["new", "b"] });
  });

  it("keeps a row that was added while more were loading", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a"], nextCursor: "n" });
    await vi.runAllTimersAsync();
    void list.loadMore();
    list.prepend("new");
    expect(asked[2]!.cursor).toBe("n");
    asked[2]!.answer({ items: ["b"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view.items).toEqual(["new", "a", "b"]);
  });
});
