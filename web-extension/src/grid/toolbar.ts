import { type TestId, tag } from "../testids";
import { button, element, name, option, replaceIcon } from "../ui/elements";
import { type IconName, icon } from "../ui/icons";
import type { Texts } from "../ui/texts";
import { anyEnabled } from "./actions";
import { ACCEPTED } from "./files";
import { SORTS, type Sort } from "./order";
import type { Pool } from "./port";
import type { PoolSource } from "./source";
import { countText } from "./text";

/** What the toolbar asks its grid to do. */
export interface ToolbarEvents {
  add(files: readonly File[]): void;
  toggleEnabled(): void;
  remove(): void;
  editMask(): void;
  removeMask(): void;
  sort(sort: Sort): void;
  resize(size: number): void;
  detach(): void;
}

/** What the toolbar shows. */
export interface ToolbarState {
  pool: Pool | null;
  source: PoolSource;
  /** What a command would act on. */
  targets: readonly string[];
  selected: number;
  detachable: boolean;
}

/** Range of the thumbnail slider, in CSS pixels. */
export const SIZES = { smallest: 56, largest: 256, step: 8 } as const;

const SOURCE_ICONS = { own: "picture", profile: "person", missing: "warning" } as const;

/** The two groups above the images: whose images they are, and what can be done with them. */
export class Toolbar {
  readonly element = element("div", "tidepool-toolbar");
  readonly #source = tag(element("span", "tidepool-source"), "pool-source");
  readonly #sourceText = element("span", "tidepool-source-text");
  readonly #count = element("span", "tidepool-count");
  readonly #input = tag(element("input", "tidepool-hidden"), "pool-file-input");
  readonly #add: HTMLButtonElement;
  readonly #enable: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  readonly #mask: HTMLButtonElement;
  readonly #unmask: HTMLButtonElement;
  readonly #detach: HTMLButtonElement;
  readonly #sort = tag(element("select", "tidepool-sort-select"), "pool-sort");
  readonly #size = tag(element("input", "tidepool-size"), "pool-size");

  constructor(
    private readonly texts: Texts,
    private readonly events: ToolbarEvents,
    size: number,
  ) {
    const { grid } = texts;
    const tool = (glyph: IconName, testId: TestId | undefined, title: string, press: () => void) =>
      button({ icon: glyph, title, testId, press });
    this.#add = button({
      icon: "plus",
      text: grid.add,
      title: grid.addTitle,
      testId: "pool-add",
      className: "tidepool-button tidepool-add",
      press: () => this.chooseFiles(),
    });
    this.#enable = tool("eyeCrossed", "pool-enable", grid.disable(0), () => events.toggleEnabled());
    this.#remove = tool("trash", "pool-remove", grid.remove(0), () => events.remove());
    this.#mask = tool("brush", "pool-mask", grid.editMaskLater, () => events.editMask());
    this.#unmask = tool("eraser", undefined, grid.removeMasks(1), () => events.removeMask());
    this.#detach = tool("brokenLink", "pool-detach", grid.detach, () => events.detach());
    this.#source.append(this.#sourceText);
    this.#prepareInput();
    const head = element("div", "tidepool-toolbar-head", this.#source, this.#count, this.#detach);
    const commands = element("div", "tidepool-toolbar-group", this.#enable, this.#remove, this.#mask, this.#unmask);
    const view = element("div", "tidepool-toolbar-group tidepool-toolbar-view", this.#makeSize(size), this.#makeSort());
    const tools = element("div", "tidepool-toolbar-tools", this.#add, commands, view);
    this.element.append(head, tools, this.#input);
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", grid.toolbar);
  }

  /** Opens the browser's file dialog. */
  chooseFiles(): void {
    this.#input.click();
  }

  update({ pool, source, targets, selected, detachable }: ToolbarState): void {
    const slots = pool?.slots ?? [];
    const { grid } = this.texts;
    const some = targets.length > 0;
    this.#showSource(source);
    this.#count.textContent = pool === null ? "" : countText(slots.length, selected, this.texts);
    this.#add.disabled = pool === null || source.kind === "missing";
    this.#enable.disabled = !some;
    this.#remove.disabled = !some;
    this.#mask.disabled = targets.length !== 1;
    this.#sort.disabled = slots.length < 2;
    this.#sort.parentElement?.setAttribute("data-off", String(slots.length < 2));
    this.#detach.hidden = !detachable || source.kind !== "own";
    const masked = slots.filter(slot => slot.mask && targets.includes(slot.name)).length;
    this.#unmask.hidden = masked === 0;
    name(this.#unmask, grid.removeMasks(masked));
    const on = anyEnabled(slots, targets) || !some;
    replaceIcon(this.#enable, on ? "eyeCrossed" : "eye");
    name(this.#enable, on ? grid.disable(targets.length) : grid.enable(targets.length));
    name(this.#remove, grid.remove(targets.length));
    name(this.#mask, targets.length === 1 ? grid.editMask : grid.editMaskLater);
  }

  #showSource(source: PoolSource): void {
    const { text, title } = this.#sourceTexts(source);
    if (this.#sourceText.textContent === text && this.#source.dataset["kind"] === source.kind) return;
    this.#source.dataset["kind"] = source.kind;
    this.#sourceText.textContent = text;
    this.#source.replaceChildren(icon(SOURCE_ICONS[source.kind]), this.#sourceText);
    this.#source.title = title;
  }

  #sourceTexts(source: PoolSource): { text: string; title: string } {
    const { grid, missing } = this.texts;
    switch (source.kind) {
      case "own":
        return { text: grid.own, title: grid.ownTitle };
      case "profile":
        return { text: source.name, title: grid.profileTitle(source.name) };
      case "missing":
        return { text: missing(source.name), title: grid.missingTitle(source.name) };
    }
  }

  #prepareInput(): void {
    this.#input.type = "file";
    this.#input.multiple = true;
    this.#input.accept = ACCEPTED;
    this.#input.tabIndex = -1;
    this.#input.setAttribute("aria-label", this.texts.grid.files);
    this.#input.addEventListener("change", () => {
      const files = [...(this.#input.files ?? [])];
      this.#input.value = "";
      this.events.add(files);
    });
  }

  #makeSize(size: number): HTMLElement {
    this.#size.type = "range";
    this.#size.min = String(SIZES.smallest);
    this.#size.max = String(SIZES.largest);
    this.#size.step = String(SIZES.step);
    this.#size.value = String(size);
    name(this.#size, this.texts.grid.size);
    this.#size.addEventListener("input", () => this.events.resize(Number(this.#size.value)));
    return this.#size;
  }

  /** A native menu under an icon: it works with keyboard and screen reader, and no node's border cuts it off. */
  #makeSort(): HTMLElement {
    const { sortBy, sorts, sort: title } = this.texts.grid;
    const heading = option("", sortBy);
    heading.disabled = true;
    heading.hidden = true;
    this.#sort.append(heading, ...SORTS.map(sort => option(sort, sorts[sort])));
    this.#sort.value = "";
    name(this.#sort, title);
    this.#sort.addEventListener("change", () => {
      const sort = SORTS.find(one => one === this.#sort.value);
      this.#sort.value = "";
      if (sort !== undefined) this.events.sort(sort);
    });
    return element("span", "tidepool-sort", this.#sort, icon("sort"));
  }
}
