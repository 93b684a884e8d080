import { element } from "../ui/elements";
import { carriesFiles } from "./files";
import { edgeScroll, insertionIndex, markerPosition } from "./layout";
import type { GridView } from "./view";

/** What dragging asks its grid. */
export interface DragEvents {
  /** Which slots move when this one is dragged. */
  dragged(name: string): readonly string[];
  started(name: string, names: readonly string[]): void;
  ended(): void;
  /** Put the dragged slots before the slot that is now at `index`. */
  moved(names: readonly string[], index: number): void;
  /** Files were dropped; called while the event is being handled. */
  files(data: DataTransfer): void;
  acceptsFiles(): boolean;
}

const TYPE = "application/x-tidepool-slots";

/** Dragging images to another place, and files into the pool. */
export class GridDrag {
  readonly #marker = element("div", "tidepool-marker");
  #names: readonly string[] | null = null;
  #index = 0;
  #pointerY = 0;
  #frame = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly view: GridView,
    private readonly events: DragEvents,
  ) {
    this.#marker.hidden = true;
    view.canvas.append(this.#marker);
    view.list.addEventListener("dragstart", event => this.#start(event));
    view.list.addEventListener("dragend", () => this.#end());
    root.addEventListener("dragenter", event => this.#over(event));
    root.addEventListener("dragover", event => this.#over(event));
    root.addEventListener("dragleave", event => this.#leave(event));
    root.addEventListener("drop", event => this.#drop(event));
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
  }

  #start(event: DragEvent): void {
    const name = this.view.cellAt(event.target)?.name;
    if (name == null || event.dataTransfer === null) return;
    event.stopPropagation();
    const names = this.events.dragged(name);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData(TYPE, JSON.stringify(names));
    if (names.length > 1) this.#showMany(event.dataTransfer, name, names.length);
    this.#names = names;
    // The browser takes its picture of the dragged cell after this event: only then may the cell be dimmed.
    requestAnimationFrame(() => this.#names === names && this.events.started(name, names));
  }

  /** Drags a picture of the cell with the number of images on it. */
  #showMany(data: DataTransfer, name: string, count: number): void {
    const picture = this.view.cell(name)?.element.querySelector(".tidepool-cell-box")?.cloneNode(true);
    if (!(picture instanceof HTMLElement)) return;
    const edge = this.view.layout.cellWidth;
    picture.classList.add("tidepool-drag-picture");
    picture.style.width = `${edge}px`;
    picture.style.height = `${edge}px`;
    picture.append(element("span", "tidepool-drag-count", String(count)));
    document.body.append(picture);
    data.setDragImage(picture, edge / 2, edge / 2);
    requestAnimationFrame(() => picture.remove());
  }

  #over(event: DragEvent): void {
    if (event.dataTransfer === null) return;
    if (this.#names !== null) {
      event.dataTransfer.dropEffect = "move";
      this.#mark(event);
    } else if (carriesFiles(event.dataTransfer)) {
      const accepts = this.events.acceptsFiles();
      event.dataTransfer.dropEffect = accepts ? "copy" : "none";
      this.root.classList.toggle("tidepool-dropping", accepts);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #mark(event: DragEvent): void {
    const list = this.view.list.getBoundingClientRect();
    // ComfyUI zooms its canvas by a CSS transform: the pointer moves in screen pixels, the layout does not.
    const scale = list.width / this.view.list.offsetWidth || 1;
    const x = (event.clientX - list.left) / scale;
    this.#pointerY = (event.clientY - list.top) / scale;
    this.#index = insertionIndex(this.view.layout, x, this.#pointerY + this.view.list.scrollTop);
    const position = markerPosition(this.view.layout, this.#index, x);
    this.#marker.style.transform = `translate(${position.x}px, ${position.y}px)`;
    this.#marker.style.height = `${this.view.layout.cellWidth}px`;
    this.#marker.hidden = false;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** Scrolls as long as the pointer stays near an edge. */
  #scroll(): void {
    this.#frame = 0;
    if (this.#marker.hidden) return;
    const by = edgeScroll(this.#pointerY, this.view.list.clientHeight);
    if (by === 0) return;
    this.view.list.scrollTop += by;
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  #leave(event: DragEvent): void {
    if (event.relatedTarget instanceof Node && this.root.contains(event.relatedTarget)) return;
    this.#unmark();
  }

  #drop(event: DragEvent): void {
    const data = event.dataTransfer;
    const names = this.#names;
    const files = carriesFiles(data);
    if (data === null || (names === null && !files)) return;
    event.preventDefault();
    event.stopPropagation();
    const inList = !this.#marker.hidden;
    this.#unmark();
    if (names !== null) {
      this.#end();
      if (inList) this.events.moved(names, this.#index);
    } else if (this.events.acceptsFiles()) {
      this.events.files(data);
    }
  }

  #unmark(): void {
    this.#marker.hidden = true;
    this.root.classList.remove("tidepool-dropping");
  }

  #end(): void {
    this.#unmark();
    if (this.#names === null) return;
    this.#names = null;
    this.events.ended();
  }
}
