import { tag } from "../testids";
import { button, element, keepFromCanvas, name as setName } from "../ui/elements";
import type { Texts } from "../ui/texts";
import { shownLabel, slotNumbers } from "./order";
import type { GridPort, Pool } from "./port";
import { dimensions } from "./text";

/** What a preview tells its grid. */
export interface PreviewEvents {
  /** Another image is shown. */
  moved(name: string): void;
  activate(name: string): void;
  closed(): void;
}

/** One image large over the whole page, with a way to the next and the previous. */
export class Preview {
  readonly #dialog = tag(element("dialog", "tidepool-preview"), "pool-preview");
  readonly #image = element("img", "tidepool-preview-image");
  readonly #caption = element("div", "tidepool-preview-caption");
  readonly #back: HTMLButtonElement;
  readonly #on: HTMLButtonElement;
  #pool: Pool | null = null;
  #name: string | null = null;
  #address = "";

  constructor(
    private readonly port: GridPort,
    private readonly texts: Texts,
    private readonly events: PreviewEvents,
  ) {
    const close = button({
      icon: "cross",
      title: texts.grid.previewClose,
      testId: "pool-preview-close",
      className: "tidepool-preview-button tidepool-preview-close",
      press: () => this.close(),
    });
    this.#back = button({
      icon: "left",
      title: texts.grid.previewPrevious,
      className: "tidepool-preview-button tidepool-preview-previous",
      press: () => this.#step(-1),
    });
    this.#on = button({
      icon: "right",
      title: texts.grid.previewNext,
      className: "tidepool-preview-button tidepool-preview-next",
      press: () => this.#step(1),
    });
    this.#dialog.setAttribute("aria-label", texts.grid.preview);
    this.#dialog.tabIndex = -1;
    this.#image.decoding = "async";
    this.#caption.setAttribute("role", "status");
    this.#image.addEventListener("load", () => this.#dialog.classList.remove("tidepool-preview-loading"));
    this.#image.addEventListener("error", () => this.#fallBack());
    const stage = element("div", "tidepool-preview-stage", this.#image);
    stage.addEventListener("click", event => event.target === stage && this.close());
    this.#dialog.append(stage, this.#caption, this.#back, this.#on, close);
    this.#dialog.addEventListener("keydown", event => this.#key(event));
    this.#dialog.addEventListener("close", () => this.#closed());
    keepFromCanvas(this.#dialog);
  }

  get open(): boolean {
    return this.#name !== null;
  }

  show(pool: Pool, name: string): void {
    this.#pool = pool;
    this.#name = name;
    if (!this.#dialog.isConnected) document.body.append(this.#dialog);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#render();
    this.#dialog.focus();
  }

  /** Follows the pool while it is open; closes when the image is gone. */
  update(pool: Pool | null): void {
    if (this.#name === null) return;
    this.#pool = pool;
    if (pool?.slots.some(slot => slot.name === this.#name)) this.#render();
    else this.close();
  }

  close(): void {
    if (this.#dialog.open) this.#dialog.close();
    this.#closed();
  }

  #closed(): void {
    if (this.#name === null) return;
    this.#name = null;
    this.#image.removeAttribute("src");
    this.#dialog.remove();
    this.events.closed();
  }

  #step(by: number): void {
    const slots = this.#pool?.slots ?? [];
    const next = slots[slots.findIndex(slot => slot.name === this.#name) + by];
    if (next === undefined) return;
    this.#name = next.name;
    this.#render();
    this.events.moved(next.name);
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    const onButton =
      event.target instanceof HTMLButtonElement && event.key !== "Escape" && !event.key.startsWith("Arrow");
    if (onButton && event.key === " ") return;
    const last = (this.#pool?.slots.length ?? 0) - 1;
    const index = this.#pool?.slots.findIndex(slot => slot.name === this.#name) ?? 0;
    if (event.key === "ArrowRight" || event.key === "ArrowDown") this.#step(1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") this.#step(-1);
    else if (event.key === "Home") this.#step(-index);
    else if (event.key === "End") this.#step(last - index);
    else if (event.key === "Escape" || event.key === " ") this.close();
    else if (event.key === "Enter" && !onButton && this.#name !== null) this.events.activate(this.#name);
    else return;
    event.preventDefault();
  }

  /** Not every image that a pool holds can be drawn by a browser (TIFF, say); its thumbnail can. */
  #fallBack(): void {
    const slot = this.#pool?.slots.find(one => one.name === this.#name);
    if (this.#pool === null || slot === undefined) return;
    const thumbnail = this.port.thumbnail(this.#pool.id, slot, 512);
    if (this.#image.getAttribute("src") !== thumbnail) {
      this.#image.src = thumbnail;
      return;
    }
    this.#dialog.classList.remove("tidepool-preview-loading");
    this.#caption.append(element("span", "tidepool-preview-facts", ` · ${this.texts.grid.previewFailed}`));
  }

  #render(): void {
    const pool = this.#pool;
    const index = pool?.slots.findIndex(one => one.name === this.#name) ?? -1;
    const slot = pool?.slots[index];
    if (pool === null || slot === undefined) return;
    const url = this.port.image(pool.id, slot);
    if (this.#address !== url || !this.#image.hasAttribute("src")) {
      this.#address = url;
      this.#dialog.classList.add("tidepool-preview-loading");
      this.#image.src = url;
      this.#image.alt = shownLabel(slot);
    }
    this.#back.disabled = index === 0;
    this.#on.disabled = index === pool.slots.length - 1;
    const said = this.texts.grid;
    const number = slotNumbers(pool.slots).get(slot.name);
    const label = element("b", "tidepool-preview-label", shownLabel(slot));
    const facts = [said.previewPlace(index + 1, pool.slots.length), dimensions(slot, this.texts)];
    // Last, since it is what may be cut off.
    if (label.textContent !== slot.name) facts.push(slot.name);
    const place = element("span", "tidepool-preview-facts", facts.join(" · "));
    const badge = element("span", "tidepool-preview-number", number === undefined ? said.disabled : String(number));
    badge.dataset["active"] = String(pool.active === slot.name);
    setName(badge, pool.active === slot.name ? said.previewActive : said.previewActivate);
    this.#caption.replaceChildren(badge, label, place);
  }
}
