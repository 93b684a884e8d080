/** What a key does in the grid. */
export type Command =
  | { kind: "move"; by: Step; mode: "only" | "extend" | "cursor" }
  | { kind: "shift"; by: Step }
  | { kind: "activate" | "preview" | "remove" | "rename" | "all" | "toggle" | "clear" };

/** A way to another cell. */
export type Step = "left" | "right" | "up" | "down" | "pageUp" | "pageDown" | "home" | "end";

/** The part of a keyboard event that counts. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Home: "home",
  End: "end",
};

/** The command of a key, or null for keys that belong to ComfyUI. */
export function commandOf(press: KeyPress): Command | null {
  const control = press.ctrlKey || press.metaKey;
  const by = STEPS[press.key];
  if (by !== undefined) return stepCommand(by, press, control);
  if (press.altKey) return null;
  if (control) {
    if (press.shiftKey) return null;
    if (press.key === "a" || press.key === "A") return { kind: "all" };
    return press.key === " " ? { kind: "toggle" } : null;
  }
  switch (press.key) {
    case "Enter":
      return { kind: "activate" };
    case " ":
      return { kind: "preview" };
    case "Delete":
    case "Backspace":
      return { kind: "remove" };
    case "F2":
      return { kind: "rename" };
    case "Escape":
      return { kind: "clear" };
    default:
      return null;
  }
}

function stepCommand(by: Step, press: KeyPress, control: boolean): Command | null {
  if (press.altKey) return control || press.shiftKey ? null : { kind: "shift", by };
  if (press.shiftKey) return { kind: "move", by, mode: "extend" };
  return { kind: "move", by, mode: control ? "cursor" : "only" };
}

/** The index that a step leads to; it stays where there is nothing further that way. */
export function stepped(index: number, by: Step, count: number, columns: number, rowsPerPage: number): number {
  const last = count - 1;
  if (index < 0) return by === "end" ? last : 0;
  switch (by) {
    case "left":
      return Math.max(0, index - 1);
    case "right":
      return Math.min(last, index + 1);
    case "up":
      return index < columns ? index : index - columns;
    case "down":
      return down(index, columns, columns, last);
    case "pageUp":
      return index < columns ? index : Math.max(index % columns, index - columns * rowsPerPage);
    case "pageDown":
      return down(index, columns * rowsPerPage, columns, last);
    case "home":
      return 0;
    case "end":
      return last;
  }
}

/** Goes down at most `distance` in the same column; onto the last cell where the last row is shorter. */
function down(index: number, distance: number, columns: number, last: number): number {
  if (index + distance <= last) return index + distance;
  const row = Math.floor(index / columns);
  const lastRow = Math.floor(last / columns);
  if (row === lastRow) return index;
  return Math.min(last, lastRow * columns + (index % columns));
}
