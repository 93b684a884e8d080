import { tag } from "../testids";
import { element } from "../ui/elements";
import { icon } from "../ui/icons";
import type { Texts } from "../ui/texts";
import { fitted, LABEL_HEIGHT } from "./layout";
import { shownLabel } from "./order";
import type { Slot } from "./port";
import { spokenName, tooltip } from "./text";
import type { ThumbnailLoader } from "./thumbnails";

/** Everything that a cell shows. */
export interface CellState {
  slot: Slot;
  index: number;
  count: number;
  /** Undefined for a disabled slot. */
  number: number | undefined;
  active: boolean;
  selected: boolean;
  cursor: boolean;
  dragged: boolean;
  edge: number;
  x: number;
  y: number;
  url: string;
}

/** A picture that took no longer appears without fading, so that what is cached is simply there. */
const FADE_FROM = 80;

/** One element of the grid; it shows one slot after another as the user scrolls. */
export class Cell {
  readonly element: HTMLDivElement;
  readonly label: HTMLDivElement;
  readonly #picture = element("div", "tidepool-cell-picture");
  readonly #image = element("img", "tidepool-cell-image");
  /** Both are written into, not replaced: ComfyUI's page recalculates much of its style when a child comes or goes. */
  readonly #numberText = document.createTextNode("");
  readonly #labelText = document.createTextNode("");
  /** Called once when the cell is given up, so that what was put into it goes. */
  onRelease: (() => void) | null = null;
  #shown: CellState | null = null;

  constructor(
    id: string,
    private readonly loader: ThumbnailLoader,
    private readonly texts: Texts,
  ) {
    this.#image.alt = "";
    this.#image.decoding = "async";
    this.#image.draggable = false;
    this.#picture.append(this.#image);
    const off = element("span", "tidepool-cell-off", icon("eyeCrossed"));
    const mask = element("span", "tidepool-cell-mask", icon("brush"));
    const badges = element("span", "tidepool-cell-badges", off, mask);
    const broken = element("span", "tidepool-cell-broken", icon("brokenPicture"));
    const number = tag(element("span", "tidepool-cell-number", this.#numberText), "pool-slot-number");
    const box = element("div", "tidepool-cell-box", this.#picture, broken, number, badges);
    this.label = tag(element("div", "tidepool-cell-label", this.#labelText), "pool-slot-label");
    this.element = tag(element("div", "tidepool-cell", box, this.label), "pool-slot");
    this.element.id = id;
    this.element.draggable = true;
    this.element.setAttribute("role", "option");
  }

  get name(): string | null {
    return this.#shown?.slot.name ?? null;
  }

  /** Shows a state, touching only what differs from the one before. */
  show(state: CellState): void {
    const before = this.#shown;
    this.#shown = state;
    this.#place(before, state);
    if (before?.slot !== state.slot || before.number !== state.number || before.active !== state.active) {
      this.#describe(state);
    }
    this.#mark(before, state);
    if (before?.slot.name !== state.slot.name) delete this.element.dataset["picture"];
    if (before?.url !== state.url || before.slot.name !== state.slot.name) this.#load(state);
  }

  /** Empties the cell for its next use. */
  release(): void {
    this.#shown = null;
    this.onRelease?.();
    this.onRelease = null;
    this.loader.cancel(this.#image);
    delete this.element.dataset["picture"];
    delete this.element.dataset["name"];
  }

  /** Asks again for a picture that did not come. */
  retry(): void {
    if (this.#shown !== null && this.element.dataset["picture"] === "broken") this.#load(this.#shown);
  }

  #place(before: CellState | null, { x, y, edge, slot }: CellState): void {
    const { style } = this.element;
    if (before?.x !== x || before.y !== y) style.transform = `translate(${x}px, ${y}px)`;
    if (before?.edge !== edge) {
      style.width = `${edge}px`;
      style.height = `${edge + LABEL_HEIGHT}px`;
    }
    if (before?.edge !== edge || before.slot !== slot) this.#fit(slot.width, slot.height, edge);
  }

  #fit(width: number, height: number, edge: number): void {
    const size = fitted(width, height, edge - 8);
    this.#picture.style.width = `${size.width}px`;
    this.#picture.style.height = `${size.height}px`;
  }

  #describe({ slot, number, active }: CellState): void {
    this.#data("name", slot.name);
    this.#data("active", String(active));
    this.#data("enabled", String(slot.enabled));
    this.#data("mask", String(slot.mask));
    this.element.setAttribute("aria-label", spokenName(slot, number, active, this.texts));
    this.element.title = tooltip(slot, this.texts);
    this.#numberText.data = number === undefined ? "" : String(number);
    const label = shownLabel(slot);
    this.#labelText.data = label;
    this.label.classList.toggle("tidepool-cell-unnamed", label === slot.name);
  }

  /** Writes what differs: styles hang on it. */
  #data(name: string, value: string): void {
    if (this.element.dataset[name] !== value) this.element.dataset[name] = value;
  }

  #mark(before: CellState | null, state: CellState): void {
    if (before?.selected !== state.selected) this.element.setAttribute("aria-selected", String(state.selected));
    if (before?.cursor !== state.cursor) this.element.classList.toggle("tidepool-cell-cursor", state.cursor);
    if (before?.dragged !== state.dragged) this.element.classList.toggle("tidepool-cell-dragged", state.dragged);
    if (before?.index !== state.index) this.element.setAttribute("aria-posinset", String(state.index + 1));
    if (before?.count !== state.count) this.element.setAttribute("aria-setsize", String(state.count));
  }

  /** Loads the picture; another one of the same slot stays until it is there. */
  #load(state: CellState): void {
    const { dataset } = this.element;
    this.loader.load(this.#image, state.url, ({ ok, took }) => {
      this.#correct();
      if (ok && dataset["picture"] === "there") return;
      dataset["picture"] = ok ? (took > FADE_FROM && !this.loader.hurrying ? "faded" : "there") : "broken";
    });
  }

  /** Turns the frame when the picture's own orientation differs from what the pool tells. */
  #correct(): void {
    const { naturalWidth, naturalHeight } = this.#image;
    const state = this.#shown;
    if (state === null || naturalWidth === 0) return;
    const told = Math.sign(state.slot.width - state.slot.height);
    const seen = Math.sign(naturalWidth - naturalHeight);
    if (told * seen < 0) this.#fit(naturalWidth, naturalHeight, state.edge);
  }
}
