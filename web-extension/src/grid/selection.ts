/** Which slots are selected, by name, so that a new order changes nothing. */
export interface Selection {
  readonly names: ReadonlySet<string>;
  /** Where a range starts. */
  readonly anchor: string | null;
  /** The slot that the keyboard acts on. */
  readonly cursor: string | null;
}

/** How a click or a key changes the selection. */
export type SelectMode = "only" | "toggle" | "range";

export const NOTHING: Selection = { names: new Set(), anchor: null, cursor: null };

/** Selects one slot alone, one more or less, or everything from the anchor to it. */
export function select(selection: Selection, order: readonly string[], name: string, mode: SelectMode): Selection {
  if (mode === "toggle") {
    const names = new Set(selection.names);
    if (!names.delete(name)) names.add(name);
    return { names, anchor: name, cursor: name };
  }
  if (mode === "range") {
    const anchor = selection.anchor ?? selection.cursor ?? name;
    return { names: new Set(between(order, anchor, name)), anchor, cursor: name };
  }
  return { names: new Set([name]), anchor: name, cursor: name };
}

/** Moves the cursor and leaves the selected slots as they are. */
export function moveCursor(selection: Selection, name: string): Selection {
  return { ...selection, cursor: name };
}

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return {
    names: new Set(order),
    anchor: selection.anchor ?? order[0] ?? null,
    cursor: selection.cursor ?? order[0] ?? null,
  };
}

/** Selects nothing but keeps the cursor. */
export function selectNone(selection: Selection): Selection {
  return { names: new Set(), anchor: selection.cursor, cursor: selection.cursor };
}

/**
 * Drops what is no longer there. A vanished cursor goes to the slot that followed it, else to the one before it.
 */
export function prune(selection: Selection, before: readonly string[], after: readonly string[]): Selection {
  const there = new Set(after);
  const gone = (name: string | null) => name !== null && !there.has(name);
  if (![...selection.names].some(gone) && !gone(selection.anchor) && !gone(selection.cursor)) return selection;
  const cursor = gone(selection.cursor) ? survivor(before, there, selection.cursor) : selection.cursor;
  const names = new Set([...selection.names].filter(name => there.has(name)));
  return { names, anchor: gone(selection.anchor) ? cursor : selection.anchor, cursor };
}

/** What a command acts on, in the pool's order: the selected slots, else the one under the cursor. */
export function targets(selection: Selection, order: readonly string[]): string[] {
  const selected = order.filter(name => selection.names.has(name));
  if (selected.length > 0) return selected;
  return selection.cursor !== null && order.includes(selection.cursor) ? [selection.cursor] : [];
}

function between(order: readonly string[], one: string, other: string): string[] {
  const start = order.indexOf(one);
  const end = order.indexOf(other);
  if (start < 0 || end < 0) return [other];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

function survivor(before: readonly string[], there: ReadonlySet<string>, name: string | null): string | null {
  const from = name === null ? -1 : before.indexOf(name);
  if (from < 0) return null;
  const next = before.slice(from).find(other => there.has(other));
  return next ?? before.slice(0, from).findLast(other => there.has(other)) ?? null;
}
