import { pastedImages } from "./files";
import { type Command, commandOf } from "./keyboard";
import type { Point } from "./menu";
import type { SelectMode } from "./selection";
import type { GridView } from "./view";

/** What pointer and keyboard ask their grid to do. */
export interface InputEvents {
  click(name: string, mode: SelectMode): void;
  clickBeside(): void;
  open(name: string): void;
  rename(name: string): void;
  /**
   * Opens the menu of a slot, or of the one that the keyboard acts on.
   *
   * @param at where in the page; null for beside the slot
   * @returns whether there is one; if not, the event stays ComfyUI's
   */
  menu(name: string | null, at: Point | null): boolean;
  /** @returns whether the grid had a use for it; if not, the key stays ComfyUI's */
  command(command: Command): boolean;
  paste(files: readonly File[]): void;
}

/** Commands that also work while a button of the toolbar has the focus. */
const ANYWHERE: ReadonlySet<Command["kind"]> = new Set(["remove", "all", "clear"]);

/** The right button of a mouse, as events number it. A key that asks for a menu, a long press, or Ctrl and a click come with another number. */
const RIGHT = 2;

/**
 * Turns events into commands. What the grid uses never reaches ComfyUI, which would delete, copy or move the node;
 * everything else does.
 */
export class GridInput {
  readonly #stop = new AbortController();

  constructor(
    private readonly root: HTMLElement,
    private readonly view: GridView,
    private readonly events: InputEvents,
  ) {
    const { signal } = this.#stop;
    view.list.addEventListener("click", event => this.#click(event));
    view.list.addEventListener("dblclick", event => this.#doubleClick(event));
    view.list.addEventListener("contextmenu", event => this.#contextMenu(event));
    view.list.addEventListener("wheel", event => this.#wheel(event), { passive: true });
    root.addEventListener("keydown", event => this.#key(event));
    root.addEventListener("keyup", event => event.key === " " && event.stopPropagation());
    root.addEventListener("pointerdown", event => this.#pointerDown(event));
    // An element that is no text field is not the target of a paste: the page is. So is whatever lies outside.
    window.addEventListener("paste", event => this.#paste(event), { capture: true, signal });
    window.addEventListener("pointerdown", event => this.#pressedOutside(event), { capture: true, signal });
  }

  dispose(): void {
    this.#stop.abort();
  }

  #click(event: MouseEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const name = this.view.cellAt(event.target)?.name;
    if (name == null) this.events.clickBeside();
    else this.events.click(name, event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "only");
  }

  #doubleClick(event: MouseEvent): void {
    const cell = this.view.cellAt(event.target);
    if (cell?.name == null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.stopPropagation();
    if (event.target instanceof Node && cell.label.contains(event.target)) this.events.rename(cell.name);
    else this.events.open(cell.name);
  }

  /** The menu of an image goes before that of the node, whose "Remove" means the node. */
  #contextMenu(event: MouseEvent): void {
    if (isField(event.target)) return;
    const name = this.view.cellAt(event.target)?.name ?? null;
    const byPointer = name !== null || event.button === RIGHT;
    if (byPointer && name === null) return;
    const at = byPointer ? { x: event.clientX, y: event.clientY } : null;
    if (!this.events.menu(byPointer ? name : null, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Scrolls the images while there is something to scroll; otherwise, and with Ctrl, the canvas may zoom. */
  #wheel(event: WheelEvent): void {
    const { scrollHeight, clientHeight } = this.view.list;
    if (scrollHeight > clientHeight && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  }

  #pointerDown(event: PointerEvent): void {
    this.root.classList.remove("tidepool-keyboard");
    // The middle button moves the canvas also above the images.
    if (event.button === 0) event.stopPropagation();
  }

  #key(event: KeyboardEvent): void {
    if (isField(event.target)) {
      event.stopPropagation();
      return;
    }
    const command = commandOf(event);
    const onControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement;
    if (onControl && (command === null || !ANYWHERE.has(command.kind))) {
      if (isControlKey(event)) event.stopPropagation();
      return;
    }
    if (command === null || !this.events.command(command)) return;
    this.root.classList.add("tidepool-keyboard");
    event.preventDefault();
    event.stopPropagation();
  }

  #paste(event: ClipboardEvent): void {
    if (!this.root.contains(document.activeElement) || isField(document.activeElement)) return;
    const files = pastedImages(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.events.paste(files);
  }

  /** ComfyUI's canvas does not take the focus away by itself; keys would go on acting on images. */
  #pressedOutside(event: PointerEvent): void {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !this.root.contains(focused)) return;
    if (event.target instanceof HTMLCanvasElement) focused.blur();
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}

/** Keys that a button or menu uses itself and that must not reach the canvas. */
function isControlKey({ key }: KeyboardEvent): boolean {
  return key === "Enter" || key === " " || key === "Delete" || key.startsWith("Arrow");
}
