import { tag } from "../testids";
import { button, element, keepFromCanvas } from "../ui/elements";
import type { IconName } from "../ui/icons";

/** One thing that a menu offers. */
export interface MenuEntry {
  icon: IconName;
  text: string;
  /** Whether it can be chosen now. */
  on: boolean;
  choose(): void;
}

/** A point of the page, in CSS pixels from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

/** Least distance from the edges of the page, in CSS pixels. */
const MARGIN = 4;

/** A menu over the whole page, for mouse and keyboard. It goes as soon as something is chosen or something else is pressed. */
export class Menu {
  readonly #dialog = tag(element("dialog", "tidepool-menu"), "pool-menu");
  readonly #list = element("div", "tidepool-menu-list");

  /** @param closed hears that the menu is gone, before what was chosen happens */
  constructor(
    label: string,
    private readonly closed: () => void,
  ) {
    this.#list.setAttribute("role", "menu");
    this.#list.setAttribute("aria-label", label);
    this.#dialog.append(this.#list);
    for (const type of ["click", "contextmenu"]) {
      this.#dialog.addEventListener(type, event => {
        event.preventDefault();
        if (event.target === this.#dialog) this.close();
      });
    }
    this.#dialog.addEventListener("keydown", event => this.#key(event));
    keepFromCanvas(this.#dialog, "click", "contextmenu", "pointerup");
  }

  /** Shows it with its corner at a point, or nearer to the middle where it would not fit. */
  show(entries: readonly MenuEntry[], { x, y }: Point): void {
    this.#list.replaceChildren(...entries.map(entry => this.#item(entry)));
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    const { width, height } = this.#dialog.getBoundingClientRect();
    const within = (value: number, size: number, all: number) =>
      `${Math.max(MARGIN, Math.min(value, all - size - MARGIN))}px`;
    this.#dialog.style.left = within(x, width, window.innerWidth);
    this.#dialog.style.top = within(y, height, window.innerHeight);
    this.#items()[0]?.focus();
  }

  close(): void {
    if (!this.#dialog.isConnected) return;
    this.#dialog.close();
    this.#dialog.remove();
    this.closed();
  }

  #item(entry: MenuEntry): HTMLButtonElement {
    const item = button({
      icon: entry.icon,
      text: entry.text,
      className: "tidepool-button tidepool-menu-item",
      press: () => {
        this.close();
        entry.choose();
      },
    });
    item.setAttribute("role", "menuitem");
    item.disabled = !entry.on;
    return item;
  }

  #items(): HTMLButtonElement[] {
    return [...this.#list.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    const items = this.#items();
    const index = items.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index < 0 ? -1 : index - 1,
      Home: 0,
      End: -1,
    };
    const step = steps[event.key];
    if (step !== undefined) items.at(step % items.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
  }
}
