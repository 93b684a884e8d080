import { tag } from "../testids";
import { button, element } from "../ui/elements";
import type { Texts } from "../ui/texts";
import { readableFiles } from "./files";
import type { GridPort, Refusal } from "./port";
import type { PoolSession } from "./session";

/** The uploads into one pool. */
interface Progress {
  running: number;
  done: number;
  total: number;
  /** How many files the refusals were among. */
  finished: number;
  refused: Refusal[];
}

/** Uploads files and shows how far they are; refused ones stay listed with their reasons until they are put away. */
export class Uploads {
  readonly element = tag(element("div", "tidepool-progress"), "pool-progress");
  readonly #progress = new Map<string, Progress>();
  readonly #text = element("span", "tidepool-progress-text");
  readonly #bar = element("div", "tidepool-progress-bar");
  readonly #list = element("ul", "tidepool-progress-list");
  #shown: string | null = null;

  constructor(
    private readonly port: GridPort,
    private readonly texts: Texts,
    private readonly added: (session: PoolSession, names: readonly string[]) => void,
  ) {
    const close = button({
      icon: "cross",
      title: texts.grid.putAway,
      className: "tidepool-button tidepool-progress-close",
      press: () => this.#putAway(),
    });
    this.#bar.setAttribute("role", "progressbar");
    this.#bar.setAttribute("aria-label", texts.grid.adding);
    this.#text.setAttribute("role", "status");
    this.element.append(element("div", "tidepool-progress-head", this.#text, close), this.#bar, this.#list);
    this.element.hidden = true;
  }

  /** Shows the uploads of another pool. */
  show(id: string): void {
    this.#shown = id;
    this.#render();
  }

  /** Uploads into a pool, also when another one is shown meanwhile. */
  async start(session: PoolSession, files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const progress = this.#progress.get(session.id) ?? { running: 0, done: 0, total: 0, finished: 0, refused: [] };
    if (progress.running === 0) Object.assign(progress, { done: 0, total: 0, finished: 0, refused: [] });
    this.#progress.set(session.id, progress);
    progress.running += 1;
    progress.total += files.length;
    this.#render();
    let counted = 0;
    const count = (done: number) => {
      progress.done += done - counted;
      counted = done;
      this.#render();
    };
    try {
      const { readable, unreadable } = await readableFiles(files);
      const message = this.texts.grid.unreadable;
      progress.refused.push(...unreadable.map(({ name }) => ({ name, message, hints: [] })));
      const { added, refused } = await session.add(readable, done => count(done + unreadable.length));
      progress.refused.push(...refused);
      this.added(session, added);
    } catch (error) {
      this.port.failed(error);
      void session.read();
    }
    count(files.length);
    progress.running -= 1;
    progress.finished += files.length;
    if (progress.running === 0 && progress.refused.length === 0) this.#progress.delete(session.id);
    this.#render();
  }

  #putAway(): void {
    if (this.#shown !== null) this.#progress.delete(this.#shown);
    this.#render();
  }

  #render(): void {
    const progress = this.#shown === null ? undefined : this.#progress.get(this.#shown);
    this.element.hidden = progress === undefined;
    if (progress === undefined) return;
    const running = progress.running > 0;
    this.element.dataset["running"] = String(running);
    this.#bar.style.setProperty(
      "--tidepool-progress",
      String(progress.total === 0 ? 0 : progress.done / progress.total),
    );
    this.#bar.setAttribute("aria-valuemax", String(progress.total));
    this.#bar.setAttribute("aria-valuenow", String(progress.done));
    this.#text.textContent = running
      ? this.texts.grid.addingPlace(progress.done, progress.total)
      : this.texts.grid.refused(progress.refused.length, progress.finished);
    this.#list.replaceChildren(...progress.refused.map(refusalLine));
  }
}

function refusalLine({ name, message, hints }: Refusal): HTMLLIElement {
  const named = element("b", "tidepool-progress-name", name);
  // Most messages of the server begin with the name.
  const quoted = `"${name}" `;
  const reason = message.startsWith(quoted) ? message.slice(quoted.length) : message;
  const line = element("li", "tidepool-progress-refused", named, " ", reason);
  line.title = [message, ...hints].join("\n");
  return line;
}
