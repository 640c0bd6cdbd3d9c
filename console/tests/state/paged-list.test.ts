import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Page } from "../../src/api/types.js";
import { PagedList } from "../../src/state/paged-list.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A list whose pages the test hands out one by one. */
function controlled(pageSize = 1) {
  const asked: { cursor: string | null; limit: number; answer: (page: Page<string>) => void; refuse: (error: unknown) => void }[] = [];
  const changed = vi.fn();
  const list = new PagedList<string>(
    (cursor, limit) => new Promise((answer, refuse) => asked.push({ cursor, limit, answer, refuse })),
    changed,
    () => pageSize,
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
    void list.reload({ clear: true });
    void list.reload({ clear: true });
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

describe("a page that is not full", () => {
  it("is filled up with what comes further on, and shows it as it comes", async () => {
    const { list, asked } = controlled(3);
    void list.reload();
    expect(asked[0]).toMatchObject({ cursor: null, limit: 3 });
    asked[0]!.answer({ items: ["a"], nextCursor: "after-a" });
    await vi.advanceTimersByTimeAsync(0);
    expect(list.view).toMatchObject({ phase: "loading", items: ["a"], more: true });
    expect(asked[1]).toMatchObject({ cursor: "after-a", limit: 2 });
    asked[1]!.answer({ items: ["b", "c"], nextCursor: "after-c" });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "ready", items: ["a", "b", "c"], more: true });
  });

  it("ends after ten answers, and is read on from there", async () => {
    const { list, asked } = controlled(3);
    void list.reload();
    for (let page = 0; page < 10; page++) {
      asked[page]!.answer({ items: [], nextCursor: `after-${page}` });
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(asked).toHaveLength(10);
    expect(list.view).toMatchObject({ phase: "ready", items: [], more: true });
    void list.loadMore();
    expect(asked[10]!.cursor).toBe("after-9");
  });
});

describe("a list that is read to its end", () => {
  it("asks for large pages and can be stopped in between", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a"], nextCursor: "after-a" });
    await vi.advanceTimersByTimeAsync(0);
    void list.loadAll();
    expect(asked[1]).toMatchObject({ cursor: "after-a", limit: 500 });
    asked[1]!.answer({ items: ["b"], nextCursor: "after-b" });
    await vi.advanceTimersByTimeAsync(0);
    expect(list.view).toMatchObject({ items: ["a", "b"], readingAll: true });
    list.stop();
    asked[2]!.answer({ items: ["c"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "ready", items: ["a", "b"], more: true, readingAll: false });
    void list.loadMore();
    expect(asked[3]!.cursor).toBe("after-b");
  });

  it("goes on where it failed", async () => {
    const { list, asked } = controlled();
    void list.loadAll();
    asked[0]!.answer({ items: ["a"], nextCursor: "after-a" });
    await vi.advanceTimersByTimeAsync(0);
    asked[1]!.refuse("why");
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "failed", items: ["a"], more: true, failure: "why" });
    void list.retry();
    expect(asked[2]!.cursor).toBe("after-a");
    asked[2]!.answer({ items: ["b"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view).toMatchObject({ phase: "ready", items: ["a", "b"], more: false, failure: null });
  });

  it("keeps what it shows until all of it is there again", async () => {
    const { list, asked } = controlled();
    void list.reload();
    asked[0]!.answer({ items: ["a"], nextCursor: null });
    await vi.advanceTimersByTimeAsync(0);
    void list.reload({ all: true });
    asked[1]!.answer({ items: ["b"], nextCursor: "after-b" });
    await vi.advanceTimersByTimeAsync(0);
    expect(list.view.items).toEqual(["a"]);
    asked[2]!.answer({ items: ["c"], nextCursor: null });
    await vi.runAllTimersAsync();
    expect(list.view.items).toEqual(["b", "c"]);
  });
});
