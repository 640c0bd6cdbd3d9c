import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

const BLOCK = 10;
/** Lists up to here are drawn whole, so that the browser's own search finds all of them. */
const SMALL = 200;
const USUAL_ROW_PX = 60;

/**
 * The rows of a long list, in blocks: those in sight and their neighbours are drawn, so that the next row is there when
 * Tab or a screen reader gets to it; the others keep their room. The rows say their place by `aria-rowindex`.
 */
export class RowBlocks implements ReactiveController {
  private inSight: ReadonlySet<number> = new Set([0]);
  private readonly heights = new Map<number, number>();
  private observer: IntersectionObserver | null = null;
  private count = 0;
  private length = 0;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  render<T>(items: readonly T[], keyOf: (item: T) => string, row: (item: T, index: number) => TemplateResult) {
    const size = items.length > SMALL ? BLOCK : SMALL;
    this.length = items.length;
    this.count = Math.ceil(items.length / size);
    const drawn = this.drawn();
    return Array.from({ length: this.count }, (_, block) => {
      const from = block * size;
      const rows = drawn.has(block) || this.count === 1 ? items.slice(from, from + size) : [];
      return html`<div role="presentation" data-block=${block}>
        ${rows.length ? repeat(rows, keyOf, (item, index) => row(item, from + index)) : nothing}
      </div>`;
    });
  }

  /** Draws the block of the row at `index` and brings it into sight. */
  async show(index: number): Promise<void> {
    if (this.count <= 1) return;
    const block = Math.floor(index / BLOCK);
    this.inSight = new Set([...this.inSight, block]);
    this.host.requestUpdate();
    await this.host.updateComplete;
  }

  hostConnected(): void {
    this.observer = new IntersectionObserver((entries) => {
      const before = [...this.drawn()].join();
      const inSight = new Set(this.inSight);
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inSight.add(blockOf(target));
        else inSight.delete(blockOf(target));
      }
      this.inSight = inSight;
      if ([...this.drawn()].join() !== before) this.host.requestUpdate();
    });
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.observer = null;
  }

  hostUpdate(): void {
    if (this.count <= 1) return this.heights.clear();
    // Before it changes: what a block took is what it keeps when its rows go.
    for (const block of this.blocks()) if (block.firstElementChild) this.heights.set(blockOf(block), block.offsetHeight);
  }

  hostUpdated(): void {
    if (this.count <= 1) return;
    const measured = [...this.heights].filter(([block]) => block < this.count);
    const rows = measured.reduce((sum, [block]) => sum + this.rowsOf(block), 0);
    const usual = rows ? measured.reduce((sum, [, height]) => sum + height, 0) / rows : USUAL_ROW_PX;
    for (const block of this.blocks()) {
      const number = blockOf(block);
      block.style.blockSize = block.firstElementChild ? "" : `${this.heights.get(number) ?? usual * this.rowsOf(number)}px`;
      this.observer?.observe(block);
    }
  }

  private rowsOf(block: number): number {
    return Math.min(BLOCK, this.length - block * BLOCK);
  }

  private drawn(): ReadonlySet<number> {
    const focused = this.host.shadowRoot?.activeElement?.closest("[data-block]");
    const wanted = focused ? [...this.inSight, blockOf(focused)] : [...this.inSight];
    return new Set(wanted.flatMap((block) => [block - 1, block, block + 1]));
  }

  private blocks(): readonly HTMLElement[] {
    return [...this.host.renderRoot.querySelectorAll<HTMLElement>("[data-block]")];
  }
}

function blockOf(element: Element): number {
  return Number((element as HTMLElement).dataset["block"]);
}
