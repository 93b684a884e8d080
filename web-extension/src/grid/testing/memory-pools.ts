import { activated, type Change, enabled, labelled, removed, reordered, unmasked } from "../changes";
import type { Addition, GridPort, Pool, Refusal, Slot, ThumbnailSize } from "../port";

/** A slot of the given name; everything else has a default. */
export function slot(name: string, more: Partial<Slot> = {}): Slot {
  return { name, label: name, width: 640, height: 480, bytes: 1000, modified: 0, enabled: true, mask: false, ...more };
}

/** A pool with slots of the given names, the first one active. */
export function pool(id: string, names: readonly string[], more: Partial<Pool> = {}): Pool {
  return { id, revision: "0", active: names[0] ?? null, slots: names.map(name => slot(name)), ...more };
}

/** Pools kept in memory by the server's rules. A test may hold answers back, let them go one by one, or refuse. */
export class MemoryPools implements GridPort {
  readonly pools = new Map<string, Pool>();
  /** What was asked, in order: `read a`, `activate a`. */
  readonly asked: string[] = [];
  readonly errors: unknown[] = [];
  readonly undos: { message: string; undo: () => Promise<void> }[] = [];
  readonly edited: string[] = [];
  /** The next request fails with this. */
  refuse: unknown = null;
  /** While true, answers wait for {@link release}. */
  held = false;
  #waiting: (() => void)[] = [];
  #trash: Slot[] = [];
  #revision = 0;

  put(...pools: Pool[]): this {
    for (const one of pools) this.pools.set(one.id, one);
    return this;
  }

  names(id: string): string[] {
    return this.#of(id).slots.map(one => one.name);
  }

  /** Lets the oldest answer that is held back go. */
  async release(): Promise<void> {
    this.#waiting.shift()?.();
    await settled();
  }

  /** Lets the newest answer that is held back overtake the others. */
  async releaseNewest(): Promise<void> {
    this.#waiting.pop()?.();
    await settled();
  }

  /** Changes a pool as another program would. */
  apply(id: string, change: Change): Pool {
    this.#revision += 1;
    const changed = { ...change(this.#of(id)), revision: String(this.#revision) };
    this.pools.set(id, changed);
    return changed;
  }

  async read(id: string, signal: AbortSignal): Promise<Pool> {
    const now = await this.#answer(`read ${id}`, () => this.#of(id));
    signal.throwIfAborted();
    return now;
  }

  async add(id: string, files: readonly File[], progress: (done: number, total: number) => void): Promise<Addition> {
    const refused: Refusal[] = files
      .filter(file => !file.type.startsWith("image/"))
      .map(file => ({ name: file.name, message: `"${file.name}" is no image`, hints: ["Use a PNG."] }));
    const added = files.filter(file => file.type.startsWith("image/")).map(file => file.name);
    const grown: Change = old => ({ ...old, slots: [...old.slots, ...added.map(name => slot(name))] });
    const changed = await this.#answer(`add ${id}`, () => this.apply(id, grown));
    progress(files.length, files.length);
    return { pool: changed, added, refused };
  }

  remove(id: string, names: readonly string[]): Promise<Pool> {
    return this.#answer(`remove ${id}`, () => {
      this.#trash.push(...this.#of(id).slots.filter(one => names.includes(one.name)));
      return this.apply(id, removed(names));
    });
  }

  restore(id: string, names: readonly string[]): Promise<Pool> {
    const back = this.#trash.filter(one => names.includes(one.name));
    return this.#answer(`restore ${id}`, () => this.apply(id, old => ({ ...old, slots: [...old.slots, ...back] })));
  }

  reorder(id: string, names: readonly string[]): Promise<Pool> {
    return this.#answer(`reorder ${id}`, () => this.apply(id, reordered(names)));
  }

  activate(id: string, name: string): Promise<Pool> {
    return this.#answer(`activate ${id} ${name}`, () => this.apply(id, activated(name)));
  }

  label(id: string, name: string, label: string): Promise<Pool> {
    return this.#answer(`label ${id}`, () => this.apply(id, labelled(name, label)));
  }

  enable(id: string, names: readonly string[], on: boolean): Promise<Pool> {
    return this.#answer(`enable ${id}`, () => this.apply(id, enabled(names, on)));
  }

  removeMask(id: string, name: string): Promise<Pool> {
    return this.#answer(`unmask ${id}`, () => this.apply(id, unmasked(name)));
  }

  editMask(id: string, name: string): void {
    this.edited.push(`${id}/${name}`);
  }

  thumbnail(id: string, { name }: Slot, size: ThumbnailSize): string {
    return `/thumbnail/${id}/${name}/${size}`;
  }

  image(id: string, { name }: Slot): string {
    return `/image/${id}/${name}`;
  }

  failed(error: unknown): void {
    this.errors.push(error);
  }

  undoable(message: string, undo: () => Promise<void>): void {
    this.undos.push({ message, undo });
  }

  #of(id: string): Pool {
    return this.pools.get(id) ?? pool(id, []);
  }

  /** The server does its work at once; only the answer may be late. */
  async #answer(what: string, work: () => Pool): Promise<Pool> {
    this.asked.push(what);
    const refusal = this.refuse;
    this.refuse = null;
    const result = refusal === null ? work() : null;
    if (this.held) await new Promise<void>(done => this.#waiting.push(done));
    if (result === null) throw refusal;
    return result;
  }
}

/** Lets everything that waits for a promise go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
