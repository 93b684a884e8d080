import type { Texts } from "../ui/texts";
import { activated, enabled, labelled, removed, reordered, unmasked } from "./changes";
import { type Sort, sameOrder, shownLabel, sorted } from "./order";
import type { GridPort, Pool, Slot } from "./port";
import type { PoolSession } from "./session";

/** Longest label, in characters, as the server has it. */
export const LABEL_LIMIT = 120;

/** What the user can do to a pool: shown at once, then sent. */
export class PoolActions {
  constructor(
    private readonly port: GridPort,
    private readonly texts: Texts,
    /** Tells a screen reader what happened. */
    private readonly say: (text: string) => void,
  ) {}

  activate(session: PoolSession, name: string): void {
    const pool = session.view;
    const slot = pool?.slots.find(one => one.name === name);
    if (slot === undefined || pool?.active === name) return;
    if (!slot.enabled) {
      this.say(this.texts.grid.neverActive(shownLabel(slot)));
      return;
    }
    this.say(this.texts.grid.nowActive(shownLabel(slot)));
    void session.change(activated(name), () => this.port.activate(session.id, name), "activate");
  }

  label(session: PoolSession, slot: Slot, text: string): void {
    const label = text.trim();
    if (label === shownLabel(slot)) return;
    void session.change(labelled(slot.name, label), () => this.port.label(session.id, slot.name, label));
  }

  /** Disables the slots if one of them is enabled, else enables them. */
  toggleEnabled(session: PoolSession, names: readonly string[]): void {
    if (names.length === 0 || session.view === null) return;
    const on = !anyEnabled(session.view.slots, names);
    const { nowEnabled, nowDisabled } = this.texts.grid;
    this.say(on ? nowEnabled(names.length) : nowDisabled(names.length));
    void session.change(enabled(names, on), () => this.port.enable(session.id, names, on));
  }

  /** Removes slots and offers to bring them back. */
  async remove(session: PoolSession, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const active = session.view?.active ?? null;
    const done = await session.change(removed(names), () => this.port.remove(session.id, names));
    if (!done) return;
    const message = this.texts.grid.removed(names.length);
    this.say(message);
    this.port.undoable(message, () =>
      session.change(
        pool => pool,
        () => this.#restore(session.id, names, active),
      ),
    );
  }

  /** Brings slots back, and makes the active one active again if it was among them. */
  async #restore(id: string, names: readonly string[], active: string | null): Promise<Pool> {
    const pool = await this.port.restore(id, names);
    const back =
      active !== null && names.includes(active) && pool.slots.some(one => one.name === active && one.enabled);
    return back ? await this.port.activate(id, active) : pool;
  }

  /** Puts the slots in the given order. */
  async reorder(session: PoolSession, names: readonly string[]): Promise<boolean> {
    const before = session.view?.slots.map(slot => slot.name) ?? [];
    if (sameOrder(before, names)) return false;
    return await session.change(reordered(names), () => this.port.reorder(session.id, names));
  }

  /** Sorts the whole pool and offers to take it back. */
  async sort(session: PoolSession, sort: Sort): Promise<void> {
    const before = session.view?.slots ?? [];
    if (!(await this.reorder(session, sorted(before, sort)))) return;
    const message = this.texts.grid.sorted[sort];
    this.say(message);
    this.port.undoable(message, async () => {
      // Slots added since then are not named and so stay at the end.
      const there = new Set(session.view?.slots.map(slot => slot.name));
      const names = before.map(slot => slot.name).filter(name => there.has(name));
      const added = [...there].filter(name => !names.includes(name));
      return await this.reorder(session, [...names, ...added]);
    });
  }

  unmask(session: PoolSession, names: readonly string[]): void {
    for (const name of names) {
      void session.change(unmasked(name), () => this.port.removeMask(session.id, name));
    }
  }
}

/** Whether at least one of the named slots is enabled. */
export function anyEnabled(slots: readonly Slot[], names: readonly string[]): boolean {
  const chosen = new Set(names);
  return slots.some(slot => chosen.has(slot.name) && slot.enabled);
}
