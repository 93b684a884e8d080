import { tag } from "../testids";
import { element } from "../ui/elements";
import type { Texts } from "../ui/texts";
import { PoolActions } from "./actions";
import { GridCommands } from "./commands";
import { GridDrag } from "./drag";
import { failureOf, isOffline } from "./failure";
import { droppedFiles } from "./files";
import { GridInput } from "./input";
import type { GridPort, Pool } from "./port";
import { prune } from "./selection";
import type { PoolSession } from "./session";
import { Sessions } from "./sessions";
import { rememberedSize, rememberSize } from "./settings";
import { type PoolSource, sameSource } from "./source";
import { type PanelState, StatePanel } from "./states";
import { Toolbar } from "./toolbar";
import { Uploads } from "./uploads";
import { GridView } from "./view";

/** Pause between attempts to reach a server that does not answer. */
const RETRY_AFTER = 3000;

const NONE: ReadonlySet<string> = new Set();

/**
 * The images of a pool, to look at, choose and arrange: what the Image Pool node shows. Put {@link element} into a box
 * of any size and call {@link show}.
 */
export class PoolGrid {
  readonly element = tag(element("div", "tidepool-grid"), "pool-grid");
  readonly #view: GridView;
  readonly #toolbar: Toolbar;
  readonly #panel: StatePanel;
  readonly #uploads: Uploads;
  readonly #input: GridInput;
  readonly #drag: GridDrag;
  readonly #commands: GridCommands;
  readonly #sessions: Sessions;
  readonly #status = element("div", "tidepool-status");
  #session: PoolSession | null = null;
  #source: PoolSource = { kind: "own" };
  #size = rememberedSize();
  #dragged = NONE;
  #held: string | null = null;
  #pool: Pool | null = null;
  #detachable = false;
  #retry = 0;

  /** @param detach gives the node a pool of its own */
  constructor(
    port: GridPort,
    private readonly texts: Texts,
    detach: () => void,
  ) {
    this.#sessions = new Sessions(port, session => this.#changed(session));
    this.#view = new GridView(texts, this.#size, (pool, slot, size) => port.thumbnail(pool.id, slot, size));
    const actions = new PoolActions(port, texts, text => this.#say(text));
    this.#commands = new GridCommands(port, texts, actions, this.#view, {
      session: () => this.#session,
      refresh: () => this.#refresh(),
      hold: name => this.#hold(name),
    });
    this.#uploads = new Uploads(port, texts, (session, names) => this.#added(session, names));
    this.#toolbar = new Toolbar(
      texts,
      {
        ...this.#commands.toolbar(),
        add: files => this.#add(files),
        resize: size => this.#resize(size),
        detach,
      },
      this.#size,
    );
    this.#panel = new StatePanel(texts, {
      add: () => this.#toolbar.chooseFiles(),
      retry: () => this.#session?.read(),
    });
    this.#input = new GridInput(this.element, this.#view, {
      ...this.#commands.input(),
      paste: files => this.#add(files),
    });
    this.#drag = new GridDrag(this.element, this.#view, {
      dragged: name => this.#commands.draggedWith(name),
      started: (name, names) => this.#setDragged(name, new Set(names)),
      ended: () => this.#setDragged(null, NONE),
      moved: (names, index) => this.#commands.move(names, index),
      files: data => void this.#addDropped(data),
      acceptsFiles: () => this.#accepts(),
    });
    this.#build();
  }

  /** What is shown now; null while nothing is known of it. */
  get pool(): Pool | null {
    return this.#pool;
  }

  /** Shows a pool: what is known of it at once, then what the server says. Scroll position and selection are the pool's. */
  show(id: string, source: PoolSource): void {
    const before = this.#session;
    if (before?.id === id && sameSource(this.#source, source)) return;
    this.#source = source;
    if (before?.id === id) {
      this.#refresh();
      return;
    }
    if (before !== null) {
      before.scrollTop = this.#view.list.scrollTop;
      before.stop();
    }
    this.#commands.closeOverlays();
    this.#held = null;
    this.#dragged = NONE;
    this.#session = this.#sessions.open(id);
    this.#uploads.show(id);
    this.element.dataset["poolId"] = id;
    this.#view.clear();
    void this.#session.read();
    this.#refresh(this.#session.scrollTop);
  }

  /** The server says that a pool has changed. */
  changed(id: string, revision: string): void {
    if (this.#session?.id === id) this.#session.announce(revision);
  }

  /** Whether the button that gives the node its own pool is there. */
  offerDetach(offered: boolean): void {
    if (offered === this.#detachable) return;
    this.#detachable = offered;
    this.#refresh();
  }

  /** Adds images as if they had been dropped. */
  add(files: readonly File[]): void {
    this.#add(files);
  }

  /** Adds what was dropped: files, and the images in folders. */
  drop(data: DataTransfer): void {
    if (this.#accepts()) void this.#addDropped(data);
  }

  dispose(): void {
    window.clearTimeout(this.#retry);
    this.#commands.closeOverlays();
    this.#sessions.stop();
    this.#session = null;
    this.#view.dispose();
    this.#panel.dispose();
    this.#input.dispose();
    this.#drag.dispose();
    this.element.remove();
  }

  #build(): void {
    this.element.dataset["captureWheel"] = "true";
    this.element.dataset["state"] = "loading";
    this.#status.setAttribute("role", "status");
    const body = element("div", "tidepool-body", this.#view.list, this.#panel.element);
    const drop = element("div", "tidepool-drop-hint", this.texts.grid.dropHere);
    this.element.append(this.#toolbar.element, this.#uploads.element, body, drop, this.#status);
  }

  #changed(session: PoolSession): void {
    if (session === this.#session) this.#refresh();
  }

  /** Shows everything as the session has it now. */
  #refresh(scrollTop: number | null = null): void {
    const session = this.#session;
    if (session === null) return;
    const before = this.#pool;
    const pool = this.#source.kind === "missing" ? null : session.view;
    this.#pool = pool;
    if (before !== null && before.id === pool?.id && before.slots !== pool.slots) {
      session.selection = prune(session.selection, names(before), names(pool));
    }
    const state = this.#panelState(session);
    this.#describe(state);
    if (pool === null) this.#view.clear();
    else this.#view.show({ pool, selection: session.selection, dragged: this.#dragged, held: this.#held }, scrollTop);
    this.#panel.show(state, this.#size);
    this.#toolbar.update({
      pool,
      source: this.#source,
      targets: this.#commands.targets(),
      selected: session.selection.names.size,
      detachable: this.#detachable,
    });
    this.#commands.update(pool);
    this.#scheduleRetry(session);
  }

  #panelState(session: PoolSession): PanelState {
    if (this.#source.kind === "missing") return { kind: "missing", name: this.#source.name };
    const failure = session.failure === null ? null : failureOf(session.failure, this.texts);
    if (failure !== null) return { kind: session.view === null ? "error" : "stale", failure };
    if (session.view === null) return { kind: "loading" };
    if (session.view.slots.length > 0) return { kind: "none" };
    return { kind: "empty" };
  }

  #describe(state: PanelState): void {
    const { dataset } = this.element;
    const pool = this.#pool;
    const states = {
      loading: "loading",
      error: "error",
      none: "ready",
      stale: "ready",
      empty: "empty",
      missing: "empty",
    } as const;
    dataset["state"] = states[state.kind];
    dataset["source"] = this.#source.kind;
    dataset["revision"] = pool?.revision ?? "";
    dataset["count"] = String(pool?.slots.length ?? 0);
    this.element.setAttribute("aria-busy", String(state.kind === "loading"));
  }

  #scheduleRetry(session: PoolSession): void {
    window.clearTimeout(this.#retry);
    if (session.failure === null || session.reading || !isOffline(session.failure)) return;
    this.#retry = window.setTimeout(() => {
      if (session === this.#session) void session.read().then(() => this.#view.retryPictures());
    }, RETRY_AFTER);
  }

  #accepts(): boolean {
    return this.#session !== null && this.#source.kind !== "missing";
  }

  #add(files: readonly File[]): void {
    if (this.#session !== null && this.#accepts()) void this.#uploads.start(this.#session, files);
  }

  async #addDropped(data: DataTransfer): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const files = await droppedFiles(data);
    await this.#uploads.start(session, files);
  }

  #added(session: PoolSession, added: readonly string[]): void {
    const first = added[0];
    if (first === undefined) return;
    session.selection = { names: new Set(added), anchor: first, cursor: first };
    if (session !== this.#session) return;
    this.#refresh();
    this.#view.reveal(first);
  }

  #resize(size: number): void {
    this.#size = size;
    rememberSize(size);
    this.#view.resize(size);
  }

  #setDragged(held: string | null, dragged: ReadonlySet<string>): void {
    this.#dragged = dragged;
    this.#hold(held);
  }

  #hold(name: string | null): void {
    this.#held = name;
    this.#refresh();
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}

function names(pool: Pool): string[] {
  return pool.slots.map(slot => slot.name);
}
