import type { Slot } from "./port";

/** What the sort menu offers. */
export const SORTS = ["name", "label", "newest", "oldest", "size", "reverse"] as const;
export type Sort = (typeof SORTS)[number];

/** Puts `moving` (kept in their order) before the slot that is now at `index`. */
export function moved(order: readonly string[], moving: ReadonlySet<string>, index: number): string[] {
  const before = order.slice(0, index).filter(name => !moving.has(name));
  const block = order.filter(name => moving.has(name));
  const after = order.slice(index).filter(name => !moving.has(name));
  return [...before, ...block, ...after];
}

/** Where a block moved by `step` places goes: the index for {@link moved}. */
export function steppedIndex(order: readonly string[], moving: ReadonlySet<string>, step: number): number {
  if (step < 0) {
    const first = order.findIndex(name => moving.has(name));
    return Math.max(0, first + step);
  }
  const last = order.findLastIndex(name => moving.has(name));
  return Math.min(order.length, last + 1 + step);
}

/** The order that a sort leads to; equal slots keep theirs. Numbers in names count as numbers. */
export function sorted(slots: readonly Slot[], sort: Sort): string[] {
  const names = (list: readonly Slot[]) => list.map(slot => slot.name);
  if (sort === "reverse") return names(slots.toReversed());
  return names(slots.toSorted(COMPARISONS[sort]));
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/** What the user sees as a slot's name. */
export function shownLabel(slot: Slot): string {
  return slot.label === "" ? slot.name : slot.label;
}

/** The number of each slot as the node's `index` counts: enabled slots only, from 0. */
export function slotNumbers(slots: readonly Slot[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const slot of slots) if (slot.enabled) numbers.set(slot.name, numbers.size);
  return numbers;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const COMPARISONS: Record<Exclude<Sort, "reverse">, (a: Slot, b: Slot) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  label: (a, b) => collator.compare(shownLabel(a), shownLabel(b)),
  newest: (a, b) => b.modified - a.modified,
  oldest: (a, b) => a.modified - b.modified,
  size: (a, b) => b.width * b.height - a.width * a.height || b.bytes - a.bytes,
};
