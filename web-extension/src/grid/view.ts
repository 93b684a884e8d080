import { element } from "../ui/elements";
import type { Texts } from "../ui/texts";
import { Cell } from "./cell";
import {
  cellPosition,
  type GridLayout,
  gridLayout,
  type IndexRange,
  rowsPerPage,
  scrollToKeep,
  scrollToShow,
  visibleRange,
} from "./layout";
import { slotNumbers } from "./order";
import type { Pool, Slot, ThumbnailSize } from "./port";
import type { Selection } from "./selection";
import { ThumbnailLoader, thumbnailSize } from "./thumbnails";

/** What the view shows. */
export interface ViewState {
  pool: Pool;
  selection: Selection;
  /** Names that are being dragged. */
  dragged: ReadonlySet<string>;
  /** A slot whose cell stays although it may be scrolled away: its label is edited, or it is what the pointer drags. */
  held: string | null;
}

/** Rows rendered above and below what is on screen. */
const OVERSCAN = 2;

let views = 0;

/** The scrolling list of cells: only those on screen, and a few around, are in the document. */
export class GridView {
  readonly list = element("div", "tidepool-list");
  readonly #canvas = element("div", "tidepool-list-canvas");
  readonly #loader = new ThumbnailLoader(() => this.#removeSpare());
  readonly #cells = new Map<string, Cell>();
  readonly #spare: Cell[] = [];
  readonly #observer: ResizeObserver;
  readonly #prefix: string;
  #made = 0;
  #state: ViewState | null = null;
  #indices = new Map<string, number>();
  #numbers = new Map<string, number>();
  #layout: GridLayout = gridLayout({ width: 0, size: 96, count: 0 });
  #size: number;
  #width = 0;
  #height = 0;
  #frame = 0;
  /** Where the list was scrolled to while it had a size; an element that leaves the page forgets it. */
  #top = 0;
  #away = false;

  constructor(
    private readonly texts: Texts,
    size: number,
    private readonly thumbnail: (pool: Pool, slot: Slot, size: ThumbnailSize) => string,
  ) {
    views += 1;
    this.#prefix = `tidepool-slot-${views}`;
    this.#size = size;
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-multiselectable", "true");
    this.list.setAttribute("aria-label", texts.grid.list);
    this.#canvas.setAttribute("role", "presentation");
    this.list.append(this.#canvas);
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this.list);
  }

  get layout(): GridLayout {
    return this.#layout;
  }

  get rowsPerPage(): number {
    return rowsPerPage(this.#layout, this.#height);
  }

  /** The element that holds the cells; its origin is that of the layout. */
  get canvas(): HTMLElement {
    return this.#canvas;
  }

  /** Shows a pool; `scrollTop` is given when it is another one than before. */
  show(state: ViewState, scrollTop: number | null = null): void {
    const before = this.#state;
    this.#state = state;
    if (before?.pool.slots !== state.pool.slots) {
      this.#indices = new Map(state.pool.slots.map((slot, index) => [slot.name, index]));
      this.#numbers = slotNumbers(state.pool.slots);
    }
    if (before !== null && before.pool.id !== state.pool.id) this.#releaseAll();
    if (this.#width === 0) this.#readSize();
    this.#arrange();
    if (scrollTop !== null) this.#scrollTo(scrollTop);
    this.#render();
  }

  /** Shows nothing. */
  clear(): void {
    this.#state = null;
    this.#indices.clear();
    this.#releaseAll();
    this.#removeSpare();
    this.#canvas.style.height = "0px";
  }

  /** Changes the wished edge of the pictures; what is at the top stays there. */
  resize(size: number): void {
    if (size === this.#size) return;
    this.#size = size;
    this.#rearrange();
  }

  /** Scrolls as little as needed to bring a slot wholly on screen. */
  reveal(name: string): void {
    const index = this.#indices.get(name);
    if (index === undefined) return;
    this.#scrollTo(scrollToShow(this.#layout, index, this.list.scrollTop, this.#height));
    this.#render();
  }

  indexOf(name: string | null): number {
    return name === null ? -1 : (this.#indices.get(name) ?? -1);
  }

  /** The cell that shows a slot now. */
  cell(name: string): Cell | undefined {
    return this.#cells.get(name);
  }

  /** The cell that an event happened in. */
  cellAt(target: EventTarget | null): Cell | undefined {
    const option = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
    const name = option?.dataset["name"];
    return name === undefined ? undefined : this.#cells.get(name);
  }

  /** Asks again for pictures that did not come. */
  retryPictures(): void {
    for (const cell of this.#cells.values()) cell.retry();
  }

  dispose(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#loader.dispose();
  }

  #readSize(): void {
    this.#width = this.list.clientWidth;
    this.#height = this.list.clientHeight;
  }

  #measure(): void {
    // A node that is collapsed, in another graph or on another tab has no size: it comes back as it was.
    if (this.list.clientWidth === 0) {
      this.#away = true;
      return;
    }
    if (this.#away) this.#comeBack();
    const height = this.#height;
    const width = this.#width;
    this.#readSize();
    if (width === this.#width && height === this.#height) return;
    if (width === this.#width) this.#render();
    else this.#rearrange();
  }

  #comeBack(): void {
    this.#away = false;
    this.#scrollTo(this.#top);
    this.#render();
  }

  /** Lays out anew without losing the place. */
  #rearrange(): void {
    if (this.#state === null || this.#width === 0) return;
    const before = this.#layout;
    const scrollTop = this.list.scrollTop;
    this.#arrange();
    this.#scrollTo(scrollToKeep(before, this.#layout, scrollTop, this.#height));
    this.#render();
  }

  #arrange(): void {
    const count = this.#state?.pool.slots.length ?? 0;
    this.#layout = gridLayout({ width: this.#width, size: this.#size, count });
    this.#canvas.style.height = `${this.#layout.height}px`;
  }

  #scrollTo(scrollTop: number): void {
    this.list.scrollTop = scrollTop;
    this.#top = this.list.scrollTop;
  }

  #scrolled(): void {
    const top = this.list.scrollTop;
    // Showing another pool where it was left scrolls too, but there is no hurry then.
    if (top !== this.#top) this.#loader.hurry();
    if (this.list.clientWidth > 0) this.#top = top;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render(): void {
    const state = this.#state;
    if (state === null || this.#width === 0) return;
    const range = visibleRange(this.#layout, this.list.scrollTop, this.#height, OVERSCAN);
    const extra = [this.indexOf(state.selection.cursor), this.indexOf(state.held)].filter(index => index >= 0);
    this.#releaseOthers(range, extra);
    // What is on screen asks for its pictures first.
    const seen = visibleRange(this.#layout, this.list.scrollTop, this.#height, 0);
    for (let index = seen.first; index < seen.end; index += 1) this.#renderCell(state, index);
    for (let index = range.first; index < seen.first; index += 1) this.#renderCell(state, index);
    for (let index = seen.end; index < range.end; index += 1) this.#renderCell(state, index);
    for (const index of extra) if (index < range.first || index >= range.end) this.#renderCell(state, index);
    // Taking elements out and in costs a frame; while scrolling they are needed again at once.
    if (!this.#loader.hurrying) this.#removeSpare();
    const cursor = state.selection.cursor === null ? undefined : this.#cells.get(state.selection.cursor);
    if (cursor === undefined) this.list.removeAttribute("aria-activedescendant");
    else this.list.setAttribute("aria-activedescendant", cursor.element.id);
  }

  #renderCell(state: ViewState, index: number): void {
    const { pool, selection } = state;
    const slot = pool.slots[index];
    if (slot === undefined) return;
    const cell = this.#cells.get(slot.name) ?? this.#takeCell(slot.name);
    const edge = this.#layout.cellWidth;
    cell.show({
      slot,
      index,
      count: pool.slots.length,
      number: this.#numbers.get(slot.name),
      active: pool.active === slot.name,
      selected: selection.names.has(slot.name),
      cursor: selection.cursor === slot.name,
      dragged: state.dragged.has(slot.name),
      edge,
      ...cellPosition(this.#layout, index),
      url: this.thumbnail(pool, slot, thumbnailSize(edge, window.devicePixelRatio)),
    });
    if (cell.element.parentNode === null) this.#canvas.append(cell.element);
  }

  #takeCell(name: string): Cell {
    const cell = this.#spare.pop() ?? this.#makeCell();
    this.#cells.set(name, cell);
    return cell;
  }

  #makeCell(): Cell {
    this.#made += 1;
    return new Cell(`${this.#prefix}-${this.#made}`, this.#loader, this.texts);
  }

  #releaseOthers(range: IndexRange, extra: readonly number[]): void {
    for (const [name, cell] of this.#cells) {
      const index = this.indexOf(name);
      if ((index < range.first || index >= range.end) && !extra.includes(index)) this.#release(name, cell);
      // Where the image itself is gone, another takes its place on screen.
      if (index < 0) cell.element.remove();
    }
  }

  #removeSpare(): void {
    for (const cell of this.#spare) cell.element.remove();
  }

  #releaseAll(): void {
    for (const [name, cell] of this.#cells) this.#release(name, cell);
  }

  #release(name: string, cell: Cell): void {
    this.#cells.delete(name);
    cell.release();
    this.#spare.push(cell);
  }
}
