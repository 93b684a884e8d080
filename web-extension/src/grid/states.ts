import { tag } from "../testids";
import { button, element } from "../ui/elements";
import { type IconName, icon } from "../ui/icons";
import type { Texts } from "../ui/texts";
import type { Failure } from "./failure";
import { cellPosition, gridLayout, LABEL_HEIGHT } from "./layout";

/** What lies in the place of images, or above them as a `stale` notice while they are the last ones known. */
export type PanelState =
  | { kind: "none" }
  | { kind: "loading" }
  | { kind: "empty" }
  | { kind: "missing"; name: string }
  | { kind: "error"; failure: Failure }
  | { kind: "stale"; failure: Failure };

/** What the panels offer. */
export interface PanelEvents {
  add(): void;
  retry(): void;
}

/** Loading that is over sooner shows nothing, so that quick answers do not flicker. */
const SKELETON_AFTER = 150;
const SKELETON_CELLS = 24;

/** The panel for everything that is not a grid of images. */
export class StatePanel {
  readonly element = element("div", "tidepool-panel");
  #kind = "none";
  #text = "";
  #timer = 0;

  constructor(
    private readonly texts: Texts,
    private readonly events: PanelEvents,
  ) {
    this.element.hidden = true;
  }

  /** Shows a state; `size` is the edge of a thumbnail. */
  show(state: PanelState, size: number): void {
    const text =
      "failure" in state ? `${state.failure.title}${state.failure.message}` : "name" in state ? state.name : "";
    if (state.kind === this.#kind && text === this.#text) return;
    this.#kind = state.kind;
    this.#text = text;
    window.clearTimeout(this.#timer);
    this.element.replaceChildren();
    this.element.hidden = state.kind === "none";
    this.element.dataset["kind"] = state.kind;
    if (state.kind === "loading") this.#timer = window.setTimeout(() => this.#skeleton(size), SKELETON_AFTER);
    else this.element.append(...this.#content(state));
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }

  #content(state: PanelState): HTMLElement[] {
    switch (state.kind) {
      case "empty":
        return [this.#empty()];
      case "missing":
        return [this.#gone(state.name)];
      case "error":
      case "stale":
        return [this.#failed(state.failure)];
      default:
        return [];
    }
  }

  #gone(name: string): HTMLElement {
    const { gone, goneReason, goneHint } = this.texts.grid;
    return tag(message("warning", gone, goneReason(name), goneHint), "pool-empty");
  }

  #empty(): HTMLElement {
    const { addImages, chooseFiles, empty, emptyHint } = this.texts.grid;
    const add = button({
      icon: "plus",
      text: addImages,
      title: chooseFiles,
      className: "tidepool-button tidepool-primary",
      press: () => this.events.add(),
    });
    const panel = message("download", empty, emptyHint);
    panel.append(add);
    return tag(panel, "pool-empty");
  }

  #failed(failure: Failure): HTMLElement {
    const retry = button({
      text: this.texts.retry,
      title: this.texts.grid.readAgain,
      testId: "pool-retry",
      press: () => this.events.retry(),
    });
    const glyph = failure.offline ? "wavesCrossed" : "warning";
    const panel = message(glyph, failure.title, failure.message, ...failure.hints);
    panel.setAttribute("role", "alert");
    panel.append(retry);
    return tag(panel, "pool-error");
  }

  #skeleton(size: number): void {
    const width = this.element.clientWidth;
    const layout = gridLayout({ width, size, count: SKELETON_CELLS });
    for (let index = 0; index < SKELETON_CELLS; index += 1) {
      const { x, y } = cellPosition(layout, index);
      if (y > this.element.clientHeight) break;
      const cell = element("div", "tidepool-skeleton");
      cell.style.transform = `translate(${x}px, ${y}px)`;
      cell.style.width = `${layout.cellWidth}px`;
      cell.style.height = `${layout.cellHeight - LABEL_HEIGHT}px`;
      this.element.append(cell);
    }
  }
}

function message(glyph: IconName, title: string, ...lines: string[]): HTMLElement {
  const panel = element("div", "tidepool-message", icon(glyph), element("div", "tidepool-message-title", title));
  const told = lines.map(line => element("div", "", line));
  panel.append(element("div", "tidepool-message-lines", ...told));
  return panel;
}
