import { type TestId, testId } from "../../testids";
import { textsFor } from "../../ui/texts";
import { PoolGrid } from "../grid";
import { MemoryPools, settled } from "./memory-pools";

/** Size of every element, because a page without layout has none: four columns and three rows of images. */
const SIZE = { width: 420, height: 360 };

/** A grid in a page, with what a user sees and does there. */
export class GridPage {
  readonly server = new MemoryPools();
  detached = 0;
  readonly grid: PoolGrid;

  constructor(locale = "en") {
    for (const [property, size] of [
      ["clientWidth", SIZE.width],
      ["clientHeight", SIZE.height],
      ["offsetWidth", SIZE.width],
    ] as const) {
      Object.defineProperty(HTMLElement.prototype, property, { configurable: true, get: () => size });
    }
    localStorage.clear();
    this.grid = new PoolGrid(this.server, textsFor(locale), () => {
      this.detached += 1;
    });
    document.body.replaceChildren(this.grid.element);
  }

  /** Shows a pool and waits until it is there. */
  async show(id: string): Promise<void> {
    this.grid.show(id, { kind: "own" });
    await settled();
  }

  get list(): HTMLElement {
    return this.find("[role=listbox]");
  }

  /** `data-` attribute of the grid. */
  data(name: string): string | undefined {
    return this.grid.element.dataset[name];
  }

  find(selector: string): HTMLElement {
    const found = document.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`nothing matches ${selector}`);
    return found;
  }

  control<E extends HTMLElement = HTMLElement>(name: TestId): E {
    return this.find(`[data-testid=${testId(name)}]`) as E;
  }

  has(name: TestId): boolean {
    return document.querySelector(`[data-testid=${testId(name)}]`) !== null;
  }

  cell(name: string): HTMLElement {
    return this.find(`[role=option][data-name="${name}"]`);
  }

  /** Names of the cells in the page, in the order in which they are shown. */
  shown(): string[] {
    const cells = [...document.querySelectorAll<HTMLElement>("[role=option]")];
    const place = (cell: HTMLElement) => Number(cell.getAttribute("aria-posinset"));
    return cells.toSorted((a, b) => place(a) - place(b)).map(cell => cell.dataset["name"] ?? "");
  }

  selected(): string[] {
    return this.shown().filter(name => this.cell(name).getAttribute("aria-selected") === "true");
  }

  number(name: string): string | null | undefined {
    return this.cell(name).querySelector(`[data-testid=${testId("pool-slot-number")}]`)?.textContent;
  }

  async click(name: string, init: MouseEventInit = {}): Promise<void> {
    this.cell(name).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
    await settled();
  }

  async press(name: TestId): Promise<void> {
    this.control(name).click();
    await settled();
  }

  /** Presses a key; answers whether it reached the page around the grid. */
  async key(key: string, init: KeyboardEventInit = {}, target: HTMLElement = this.list): Promise<boolean> {
    let reached = false;
    const listener = () => {
      reached = true;
    };
    document.addEventListener("keydown", listener);
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
    document.removeEventListener("keydown", listener);
    await settled();
    return reached;
  }
}
