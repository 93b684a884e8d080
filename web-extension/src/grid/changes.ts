import type { Pool, Slot } from "./port";

/** A change shown before the server confirms it. */
export type Change = (pool: Pool) => Pool;

/** Makes an enabled slot the active one. */
export function activated(name: string): Change {
  return pool => (pool.slots.some(slot => slot.name === name && slot.enabled) ? { ...pool, active: name } : pool);
}

export function labelled(name: string, label: string): Change {
  return pool => ({ ...pool, slots: pool.slots.map(slot => (slot.name === name ? { ...slot, label } : slot)) });
}

/** Enables or disables slots; a disabled active slot gives way to its neighbour. */
export function enabled(names: readonly string[], on: boolean): Change {
  const chosen = new Set(names);
  return pool => {
    const slots = pool.slots.map(slot => (chosen.has(slot.name) ? { ...slot, enabled: on } : slot));
    return { ...pool, slots, active: activeAmong(slots, pool.active, slot => slot.enabled) };
  };
}

/** Takes slots away; the active one gives way to its neighbour. */
export function removed(names: readonly string[]): Change {
  const gone = new Set(names);
  return pool => ({
    ...pool,
    active: activeAmong(pool.slots, pool.active, slot => slot.enabled && !gone.has(slot.name)),
    slots: pool.slots.filter(slot => !gone.has(slot.name)),
  });
}

/** Orders slots as named; slots that are not named stay at the end. */
export function reordered(names: readonly string[]): Change {
  const place = new Map(names.map((name, index) => [name, index]));
  const rank = (slot: Slot) => place.get(slot.name) ?? names.length;
  return pool => ({ ...pool, slots: pool.slots.toSorted((a, b) => rank(a) - rank(b)) });
}

export function unmasked(name: string): Change {
  return pool => ({ ...pool, slots: pool.slots.map(slot => (slot.name === name ? { ...slot, mask: false } : slot)) });
}

/** The active slot while it can be, else the next that can, else the one before: the server's rule. */
function activeAmong(slots: readonly Slot[], active: string | null, usable: (slot: Slot) => boolean): string | null {
  const from = slots.findIndex(slot => slot.name === active);
  const found = slots.slice(Math.max(from, 0)).find(usable) ?? slots.slice(0, Math.max(from, 0)).findLast(usable);
  return found?.name ?? null;
}
