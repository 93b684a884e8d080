import { describe, expect, it } from "vitest";
import {
  cellPosition,
  edgeScroll,
  fitted,
  GAP,
  gridLayout,
  insertionIndex,
  LABEL_HEIGHT,
  markerPosition,
  rowsPerPage,
  scrollToKeep,
  scrollToShow,
  visibleRange,
} from "./layout";

const layout = gridLayout({ width: 400, size: 96, count: 10 });

describe("gridLayout", () => {
  it("takes the number of columns that comes closest to the wished size", () => {
    expect(layout.columns).toBe(4);
    expect(gridLayout({ width: 186, size: 96, count: 3 }).columns).toBe(2);
  });

  it("has one column where not even one fits", () => {
    const narrow = gridLayout({ width: 20, size: 96, count: 3 });
    expect(narrow.columns).toBe(1);
    expect(narrow.rows).toBe(3);
    expect(narrow.cellWidth).toBeGreaterThan(0);
  });

  it("leaves room for the label below each picture", () => {
    expect(layout.cellHeight).toBe(layout.cellWidth + LABEL_HEIGHT);
    expect(layout.height).toBe(GAP + 3 * (layout.cellHeight + GAP));
  });

  it("has no height without images", () => {
    expect(gridLayout({ width: 400, size: 96, count: 0 }).height).toBe(0);
  });

  it("keeps every cell inside the width, whatever the sizes", () => {
    for (let width = 30; width < 900; width += 7) {
      const one = gridLayout({ width, size: 56 + (width % 200), count: 50 });
      const right = cellPosition(one, one.columns - 1).x + one.cellWidth;
      expect(right, `width ${width}`).toBeLessThanOrEqual(Math.max(width, GAP + 1));
    }
  });
});

describe("visibleRange", () => {
  it("covers what is on screen and the overscan", () => {
    const large = gridLayout({ width: 400, size: 96, count: 10_000 });
    const range = visibleRange(large, 5000, 300, 1);
    const pitch = large.cellHeight + GAP;
    expect(range.first).toBe((Math.floor((5000 - GAP) / pitch) - 1) * 4);
    expect(range.end - range.first).toBeLessThanOrEqual(6 * 4);
    expect(cellPosition(large, range.first).y).toBeLessThan(5000);
    expect(cellPosition(large, range.end).y).toBeGreaterThan(5300);
  });

  it("covers a row of which only the top is on screen", () => {
    const pitch = layout.cellHeight + GAP;
    expect(visibleRange(layout, 0, GAP + pitch, 0).end).toBe(4);
    expect(visibleRange(layout, 0, GAP + pitch + 1, 0).end).toBe(8);
  });

  it("never leaves the pool", () => {
    expect(visibleRange(layout, 0, 10_000, 5)).toEqual({ first: 0, end: 10 });
    expect(visibleRange(layout, 9_000, 300, 1)).toEqual({ first: 10, end: 10 });
    expect(visibleRange(gridLayout({ width: 400, size: 96, count: 0 }), 0, 300, 1)).toEqual({ first: 0, end: 0 });
  });
});

describe("scrolling", () => {
  it("moves only as far as a cell needs to be seen", () => {
    expect(scrollToShow(layout, 0, 0, 200)).toBe(0);
    expect(scrollToShow(layout, 8, 0, 200)).toBe(layout.height - 200);
    expect(scrollToShow(layout, 0, 100, 200)).toBe(0);
  });

  it("keeps the first row on screen when the columns change", () => {
    const before = gridLayout({ width: 400, size: 96, count: 1000 });
    const after = gridLayout({ width: 800, size: 96, count: 1000 });
    const scrollTop = 20 * (before.cellHeight + GAP);
    const kept = scrollToKeep(before, after, scrollTop, 300);
    expect(visibleRange(after, kept, 300, 0).first).toBeLessThanOrEqual(80);
    expect(visibleRange(after, kept, 300, 0).end).toBeGreaterThan(80);
  });

  it("counts whole rows for a page, at least one", () => {
    expect(rowsPerPage(layout, 300)).toBe(2);
    expect(rowsPerPage(layout, 10)).toBe(1);
  });

  it("scrolls faster the nearer the pointer is to an edge, and not at all between", () => {
    expect(edgeScroll(0, 400)).toBeLessThan(edgeScroll(30, 400));
    expect(edgeScroll(30, 400)).toBeLessThan(0);
    expect(edgeScroll(200, 400)).toBe(0);
    expect(edgeScroll(399, 400)).toBeGreaterThan(0);
  });
});

describe("insertionIndex", () => {
  it("chooses the nearer side of the cell under the pointer", () => {
    const { x, y } = cellPosition(layout, 5);
    expect(insertionIndex(layout, x + 5, y + 10)).toBe(5);
    expect(insertionIndex(layout, x + layout.cellWidth - 5, y + 10)).toBe(6);
  });

  it("means the end beyond the last cell", () => {
    expect(insertionIndex(layout, 395, layout.height + 500)).toBe(10);
    expect(insertionIndex(gridLayout({ width: 400, size: 96, count: 0 }), 5, 5)).toBe(0);
  });

  it("marks the end of a row in that row", () => {
    const right = markerPosition(layout, 4, 390);
    const left = markerPosition(layout, 4, 10);
    expect(right.y).toBe(cellPosition(layout, 3).y);
    expect(left.y).toBe(cellPosition(layout, 4).y);
    expect(left.x).toBeLessThan(right.x);
  });
});

describe("fitted", () => {
  it("keeps proportions inside the box", () => {
    expect(fitted(1000, 500, 100)).toEqual({ width: 100, height: 50 });
    expect(fitted(10, 4000, 100)).toEqual({ width: 1, height: 100 });
  });

  it("fills the box while the size is unknown", () => {
    expect(fitted(0, 0, 100)).toEqual({ width: 100, height: 100 });
  });
});
