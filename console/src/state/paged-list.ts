import type { Page } from "../api/types.js";

type Phase = "loading" | "slow" | "ready" | "failed";

/** What a list looks like at one moment. `slow` is `loading` that a person has begun to notice. */
export interface ListView<T> {
  readonly phase: Phase;
  readonly items: readonly T[];
  readonly more: boolean;
  /** It is being read to its end. */
  readonly readingAll: boolean;
  readonly failure: unknown;
}

/** Whether an answer is under way. */
export function isLoading(view: ListView<unknown>): boolean {
  return view.phase === "loading" || view.phase === "slow";
}

/** Rows. */
export const USUAL_PAGE = 50;
const SLOW_AFTER_MS = 400;
/** The service may answer with fewer than were asked for; this bounds how long one click may search. */
const PAGES_PER_LOAD = 10;
const LARGEST_PAGE = 500;

/** A list that is read page by page, newest first. Calls `changed` whenever `view` is another. */
export class PagedList<T> {
  view: ListView<T> = { phase: "loading", items: [], more: false, readingAll: false, failure: null };
  private cursor: string | null = null;
  /** Starts the load under way again. */
  private again: (() => Promise<void>) | null = null;
  private failed: (() => Promise<void>) | null = null;
  private turn = 0;

  constructor(
    private readonly page: (cursor: string | null, limit: number) => Promise<Page<T>>,
    private readonly changed: () => void,
    private readonly pageSize: () => number = () => USUAL_PAGE,
  ) {}

  /** From the first page again. What is shown stays until the answer is there, unless `clear` says otherwise. */
  reload({ clear = false, all = false } = {}): Promise<void> {
    if (clear) this.view = { ...this.view, items: [], more: false };
    return this.load(true, all ? Infinity : this.pageSize());
  }

  loadMore(): Promise<void> {
    return this.load(false, this.pageSize());
  }

  loadAll(): Promise<void> {
    return this.load(false, Infinity);
  }

  /** Goes on where the last load failed. */
  retry(): Promise<void> {
    return this.failed?.() ?? this.reload();
  }

  /** Leaves it at what was read until now. */
  stop(): void {
    if (!isLoading(this.view)) return;
    this.turn++;
    this.again = null;
    this.show({ phase: "ready", readingAll: false });
  }

  prepend(item: T): void {
    this.change([item, ...this.view.items]);
  }

  /** `change` answers the item to show instead, or null to drop it. */
  update(change: (item: T) => T | null): void {
    this.change(this.view.items.map(change).filter((item): item is NonNullable<typeof item> => item !== null));
  }

  private change(items: readonly T[]): void {
    this.show({ items });
    // What is being loaded may have been read before the change, and would undo it on the page.
    void this.again?.();
  }

  /** Reads on until there are `wanted` more. What is found is shown as it comes; what it replaces goes at the end. */
  private async load(restart: boolean, wanted: number): Promise<void> {
    // An answer that another load has overtaken (a filter changed twice) must not be shown.
    const turn = ++this.turn;
    let cursor = restart ? null : this.cursor;
    let found: readonly T[] = [];
    let missing = wanted;
    const replaces = restart && this.view.items.length > 0;
    this.again = () => (replaces ? this.load(true, wanted) : this.load(restart && found.length === 0, missing));
    this.failed = null;
    this.show({ phase: "loading", readingAll: wanted === Infinity, failure: null });
    const slow = setTimeout(() => {
      if (turn === this.turn) this.show({ phase: "slow" });
    }, SLOW_AFTER_MS);
    try {
      for (let pages = 1, done = false; !done; pages++) {
        const page = await this.page(cursor, Math.min(missing, LARGEST_PAGE));
        if (turn !== this.turn) return;
        cursor = page.nextCursor;
        missing -= page.items.length;
        found = [...found, ...page.items];
        done = cursor === null || missing <= 0 || (pages >= PAGES_PER_LOAD && wanted !== Infinity);
        if (replaces && !done) continue;
        this.cursor = cursor;
        this.show({ items: [...(replaces ? [] : this.view.items), ...(replaces ? found : page.items)], more: cursor !== null });
      }
      this.again = null;
      this.show({ phase: "ready", readingAll: false });
    } catch (failure) {
      if (turn !== this.turn) return;
      this.failed = this.again;
      this.again = null;
      this.show({ phase: "failed", readingAll: false, failure });
    } finally {
      clearTimeout(slow);
    }
  }

  private show(change: Partial<ListView<T>>): void {
    this.view = { ...this.view, ...change };
    this.changed();
  }
}
