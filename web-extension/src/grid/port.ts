/** One image of a pool. */
export interface Slot {
  /** File name inside the pool; unique there. */
  name: string;
  /** What the user calls it; empty when never named. */
  label: string;
  width: number;
  height: number;
  bytes: number;
  /** Last change of the file, milliseconds since 1970. */
  modified: number;
  /** Whether `index` and `count` of the node include it. */
  enabled: boolean;
  /** Whether a mask lies beside it. */
  mask: boolean;
}

/** A pool as the server describes it. */
export interface Pool {
  id: string;
  /** Changes with every change of the pool. */
  revision: string;
  /** Name of the active slot; null in an empty pool. */
  active: string | null;
  slots: readonly Slot[];
}

/** A file that the server would not take, and why. */
export interface Refusal {
  name: string;
  message: string;
  hints: readonly string[];
}

/** The answer to an upload: files are judged one by one. */
export interface Addition {
  pool: Pool;
  added: readonly string[];
  refused: readonly Refusal[];
}

/** Edge of a thumbnail in device pixels. */
export type ThumbnailSize = 128 | 256 | 512;

/** Everything the grid asks of the world. A rejected promise means that nothing was changed. */
export interface GridPort {
  /** Reads a pool; an unused id answers with an empty pool. */
  read(id: string, signal: AbortSignal): Promise<Pool>;
  /** Uploads files; `progress` counts files that the server has answered for. */
  add(id: string, files: readonly File[], progress: (done: number, total: number) => void): Promise<Addition>;
  /** Moves slots into the trash. */
  remove(id: string, names: readonly string[]): Promise<Pool>;
  /** Brings slots back from the trash. */
  restore(id: string, names: readonly string[]): Promise<Pool>;
  /** Sets the order; `names` holds every slot once. */
  reorder(id: string, names: readonly string[]): Promise<Pool>;
  /** Makes one slot the active one. */
  activate(id: string, name: string): Promise<Pool>;
  label(id: string, name: string, label: string): Promise<Pool>;
  enable(id: string, names: readonly string[], enabled: boolean): Promise<Pool>;
  removeMask(id: string, name: string): Promise<Pool>;
  /** Opens ComfyUI's mask editor on one slot; the pool changes when the user saves there. */
  editMask(id: string, name: string): void;
  /** Address of a small picture of the slot. */
  thumbnail(id: string, slot: Slot, size: ThumbnailSize): string;
  /** Address of the image itself. */
  image(id: string, slot: Slot): string;
  /** Shows an error with its hints to the user. */
  failed(error: unknown): void;
  /** Tells what was done and offers to take it back; an undo that answers false has failed, which was shown. */
  undoable(message: string, undo: () => Promise<unknown>): void;
}
