/** What decides where cells lie; lengths in CSS pixels. */
export interface LayoutInput {
  /** Inner width of the scrolling box. */
  width: number;
  /** Wished edge of a picture. */
  size: number;
  count: number;
}

/** Where the cells of a grid lie: columns of equal width, rows of equal height. */
export interface GridLayout {
  columns: number;
  rows: number;
  count: number;
  /** Size of a cell, without the gaps around it. */
  cellWidth: number;
  cellHeight: number;
  /** Height of everything. */
  height: number;
}

/** A run of indices: `first` is in it, `end` is not. */
export interface IndexRange {
  first: number;
  end: number;
}

/** Space between cells and around all of them. */
export const GAP = 6;
/** Height of the label below a picture. */
export const LABEL_HEIGHT = 20;

/** Fills the width with the number of columns that brings their pictures closest to the wished size, at least one. */
export function gridLayout({ width, size, count }: LayoutInput): GridLayout {
  const room = Math.max(width - GAP, 1);
  const columns = Math.max(1, Math.round(room / (size + GAP)));
  const cellWidth = Math.max(1, Math.floor(room / columns) - GAP);
  const cellHeight = cellWidth + LABEL_HEIGHT;
  const rows = Math.ceil(count / columns);
  const height = rows === 0 ? 0 : GAP + rows * (cellHeight + GAP);
  return { columns, rows, count, cellWidth, cellHeight, height };
}

/** Top left corner of a cell. */
export function cellPosition(layout: GridLayout, index: number): { x: number; y: number } {
  const row = Math.floor(index / layout.columns);
  const column = index % layout.columns;
  return { x: GAP + column * (layout.cellWidth + GAP), y: GAP + row * (layout.cellHeight + GAP) };
}

/** The cells that are on screen, with `overscan` rows more above and below. */
export function visibleRange(layout: GridLayout, scrollTop: number, height: number, overscan: number): IndexRange {
  const pitch = layout.cellHeight + GAP;
  const firstRow = Math.floor((scrollTop - GAP) / pitch) - overscan;
  const endRow = Math.ceil((scrollTop + height - GAP) / pitch) + overscan;
  const first = clamp(firstRow * layout.columns, 0, layout.count);
  return { first, end: clamp(endRow * layout.columns, first, layout.count) };
}

/** How many whole rows fit on screen, at least one: the step of PageUp and PageDown. */
export function rowsPerPage(layout: GridLayout, height: number): number {
  return Math.max(1, Math.floor(height / (layout.cellHeight + GAP)));
}

/** The scroll position nearest to `scrollTop` at which a cell is wholly on screen. */
export function scrollToShow(layout: GridLayout, index: number, scrollTop: number, height: number): number {
  const { y } = cellPosition(layout, index);
  const bottom = y + layout.cellHeight + GAP;
  if (y - GAP < scrollTop) return Math.max(0, y - GAP);
  if (bottom > scrollTop + height) return Math.max(0, bottom - height);
  return scrollTop;
}

/** The scroll position that keeps the first row on screen where it was when the layout changes. */
export function scrollToKeep(before: GridLayout, after: GridLayout, scrollTop: number, height: number): number {
  if (before.rows === 0 || after.rows === 0) return 0;
  const pitch = before.cellHeight + GAP;
  const row = Math.floor(scrollTop / pitch);
  const index = Math.min(row * before.columns, Math.max(after.count - 1, 0));
  const within = (scrollTop - row * pitch) / pitch;
  const newRow = Math.floor(index / after.columns);
  return clamp((newRow + within) * (after.cellHeight + GAP), 0, Math.max(0, after.height - height));
}

/** Where among the cells a dragged one would be put: before this index; `count` means at the end. */
export function insertionIndex(layout: GridLayout, x: number, y: number): number {
  const row = clamp(Math.floor((y - GAP / 2) / (layout.cellHeight + GAP)), 0, Math.max(layout.rows - 1, 0));
  const column = clamp(Math.round((x - GAP / 2) / (layout.cellWidth + GAP)), 0, layout.columns);
  return Math.min(row * layout.columns + column, layout.count);
}

/** Top left corner of the line that marks an insertion; at a row's end it stays in that row. */
export function markerPosition(layout: GridLayout, index: number, x: number): { x: number; y: number } {
  const atRowStart = index > 0 && index % layout.columns === 0;
  const endsRow = atRowStart && (index === layout.count || x > (layout.columns * (layout.cellWidth + GAP)) / 2);
  const position = cellPosition(layout, endsRow ? index - 1 : index);
  const left = endsRow ? position.x + layout.cellWidth + GAP : position.x;
  return { x: left - GAP / 2, y: position.y };
}

/** Pixels to scroll per frame while something is dragged near an edge; 0 away from both. */
export function edgeScroll(y: number, height: number): number {
  const zone = Math.min(40, height / 4);
  if (y < zone) return -Math.ceil(((zone - y) / zone) * 14);
  if (y > height - zone) return Math.ceil(((y - height + zone) / zone) * 14);
  return 0;
}

/** The largest size with the picture's proportions inside a square box. */
export function fitted(width: number, height: number, box: number): { width: number; height: number } {
  if (width <= 0 || height <= 0) return { width: box, height: box };
  const scale = box / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Keeps a number between two others. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
