import type { Page } from "../api/types.js";

type Phase = "loading" | "slow" | "ready" | "failed";

/** What a list looks like at one moment. `slow` is `loading` that a person has begun to notice. */
export interface ListView<T> {
  readonly phase: Phase;
  readonly items: readonly T[];
  readonly more: boolean;
  readonly failure: unknown;
}

/** Whether an answer is under way. */
export function isLoading(view: ListView<unknown>): boolean {
  return view.phase === "loading" || view.phase === "slow";
}

const SLOW_AFTER_MS = 400;
/** A page may be empty while older ones are not; this bounds how long one click may search. */
const PAGES_PER_LOAD = 10;

/** A list that is read page by page. Calls `changed` whenever `view` is another. */
export class PagedList<T> {
  view: ListView<T> = { phase: "loading", items: [], more: false, failure: null };
  private cursor: string | null = null;
  /** Starts the load under way again. */
  private again: (() => Promise<void>) | null = null;
  private turn = 0;

  constructor(
    private readonly page: (cursor: string | null) => Promise<Page<T>>,
    private readonly changed: () => void,
  ) {}

  /** From the first page again. What is shown stays until the answer is there, unless `clear` says otherwise. */
  reload(clear = false): Promise<void> {
    if (clear) this.view = { ...this.view, items: [], more: false };
    return this.load(null, () => []);
  }

  loadMore(): Promise<void> {
    return this.load(this.cursor, () => this.view.items);
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

  private async load(cursor: string | null, before: () => readonly T[]): Promise<void> {
    // An answer that another load has overtaken (a filter changed twice) must not be shown.
    const turn = ++this.turn;
    this.again = () => this.load(cursor, before);
    this.show({ phase: "loading", failure: null });
    const slow = setTimeout(() => {
      if (turn === this.turn) this.show({ phase: "slow" });
    }, SLOW_AFTER_MS);
    try {
      let found: readonly T[] = [];
      let next = cursor;
      for (let pages = 0; pages < PAGES_PER_LOAD; pages++) {
        const page = await this.page(next);
        found = page.items;
        next = page.nextCursor;
        if (found.length > 0 || next === null) break;
      }
      clearTimeout(slow);
      if (turn !== this.turn) return;
      this.again = null;
      this.cursor = next;
      this.show({ phase: "ready", items: [...before(), ...found], more: next !== null });
    } catch (failure) {
      clearTimeout(slow);
      if (turn !== this.turn) return;
      this.again = null;
      this.show({ phase: "failed", failure });
    }
  }

  private show(change: Partial<ListView<T>>): void {
    this.view = { ...this.view, ...change };
    this.changed();
  }
}
