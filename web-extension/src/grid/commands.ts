import type { Texts } from "../ui/texts";
import { anyEnabled, type PoolActions } from "./actions";
import type { InputEvents } from "./input";
import { type Command, type Step, stepped } from "./keyboard";
import { editLabel } from "./label-editor";
import { Menu, type MenuEntry, type Point } from "./menu";
import { moved, shownLabel, steppedIndex } from "./order";
import type { GridPort, Pool, Slot } from "./port";
import { Preview } from "./preview";
import { moveCursor, type Selection, type SelectMode, select, selectAll, selectNone, targets } from "./selection";
import type { PoolSession } from "./session";
import type { ToolbarEvents } from "./toolbar";
import type { GridView } from "./view";

/** What the commands need of their grid. */
export interface CommandHost {
  session(): PoolSession | null;
  /** The session's selection has changed. */
  refresh(): void;
  /** Keeps a slot's cell, or none, although it may be scrolled away. */
  hold(name: string | null): void;
}

/** What keys, clicks and buttons do to the shown pool and its selection. */
export class GridCommands {
  readonly #preview: Preview;
  readonly #menu: Menu;
  /** What the menu that is open is about. */
  #menuNames: readonly string[] = [];

  constructor(
    private readonly port: GridPort,
    private readonly texts: Texts,
    private readonly actions: PoolActions,
    private readonly view: GridView,
    private readonly host: CommandHost,
  ) {
    const focus = () => view.list.focus({ preventScroll: true });
    this.#preview = new Preview(port, texts, {
      moved: name => this.#select(name, "only"),
      activate: name => this.#withSession(session => actions.activate(session, name)),
      closed: focus,
    });
    this.#menu = new Menu(texts.grid.menu, focus);
  }

  /** What pointer and keyboard may do. */
  input(): Omit<InputEvents, "paste"> {
    return {
      click: (name, mode) => this.#click(name, mode),
      clickBeside: () => this.#setSelection(selectNone),
      open: name => this.#openPreview(name),
      rename: name => this.#rename(name),
      menu: (name, at) => this.#openMenu(name, at),
      command: command => this.#run(command),
    };
  }

  /** What the toolbar may do. */
  toolbar(): Pick<ToolbarEvents, "toggleEnabled" | "remove" | "editMask" | "removeMask" | "sort"> {
    return {
      toggleEnabled: () => this.#withSession(session => this.actions.toggleEnabled(session, this.targets())),
      remove: () => this.#withSession(session => void this.actions.remove(session, this.targets())),
      editMask: () => this.#withSession(session => this.targets().map(name => this.port.editMask(session.id, name))),
      removeMask: () => this.#withSession(session => this.actions.unmask(session, this.#maskedTargets())),
      sort: sort => this.#withSession(session => void this.actions.sort(session, sort)),
    };
  }

  /** The names that a command acts on. */
  targets(): string[] {
    const session = this.host.session();
    return session === null ? [] : targets(session.selection, this.#order());
  }

  /** The names that move when one is dragged: the selected ones if it is among them, else it alone. */
  draggedWith(name: string): readonly string[] {
    const selected = this.host.session()?.selection.names;
    return selected?.has(name) ? this.targets() : [name];
  }

  /** Puts slots before the one that is now at `index`. */
  move(names: readonly string[], index: number): void {
    this.#withSession(session => void this.actions.reorder(session, moved(this.#order(), new Set(names), index)));
  }

  /** Brings what lies over the page up to date. A menu about images that are gone would be about others now. */
  update(pool: Pool | null): void {
    this.#preview.update(pool);
    const there = new Set(pool?.slots.map(slot => slot.name));
    if (this.#menuNames.some(name => !there.has(name))) this.#menu.close();
  }

  /** Closes what lies over the page. */
  closeOverlays(): void {
    this.#menu.close();
    if (this.#preview.open) this.#preview.close();
  }

  #run(command: Command): boolean {
    const session = this.host.session();
    const order = this.#order();
    if (session === null) return false;
    const { cursor } = session.selection;
    switch (command.kind) {
      case "move":
        this.#move(session, order, command.by, command.mode);
        break;
      case "shift":
        this.#shift(session, order, command.by);
        break;
      case "all":
        this.#setSelection(selection => selectAll(selection, order));
        break;
      case "clear":
        if (session.selection.names.size === 0) return false;
        this.#setSelection(selectNone);
        break;
      case "remove":
        void this.actions.remove(session, this.targets());
        break;
      default:
        if (cursor !== null) this.#atCursor(session, command.kind, cursor);
    }
    return true;
  }

  #atCursor(session: PoolSession, kind: "activate" | "preview" | "rename" | "toggle", cursor: string): void {
    if (kind === "activate") this.actions.activate(session, cursor);
    else if (kind === "preview") this.#openPreview(cursor);
    else if (kind === "rename") this.#rename(cursor);
    else this.#select(cursor, "toggle");
  }

  #click(name: string, mode: SelectMode): void {
    this.view.list.focus({ preventScroll: true });
    this.#select(name, mode);
    if (mode === "only") this.#withSession(session => this.actions.activate(session, name));
  }

  #move(session: PoolSession, order: readonly string[], by: Step, mode: "only" | "extend" | "cursor"): void {
    const index = this.view.indexOf(session.selection.cursor ?? session.view?.active ?? null);
    const wanted = stepped(index, by, order.length, this.view.layout.columns, this.view.rowsPerPage);
    const name = order[wanted];
    if (name === undefined) return;
    if (mode === "cursor") this.#setSelection(selection => moveCursor(selection, name));
    else this.#select(name, mode === "extend" ? "range" : "only");
    this.view.reveal(name);
  }

  /** Moves the selected slots by a place or a row; Home and End move them to the ends. */
  #shift(session: PoolSession, order: readonly string[], by: Step): void {
    const moving = new Set(this.targets());
    if (moving.size === 0) return;
    const { columns } = this.view.layout;
    const row = columns * this.view.rowsPerPage;
    const far = order.length;
    const steps = {
      left: -1,
      right: 1,
      up: -columns,
      down: columns,
      pageUp: -row,
      pageDown: row,
      home: -far,
      end: far,
    };
    void this.actions.reorder(session, moved(order, moving, steppedIndex(order, moving, steps[by])));
    if (session.selection.cursor !== null) this.view.reveal(session.selection.cursor);
  }

  #openPreview(name: string): void {
    const pool = this.host.session()?.view;
    if (pool) this.#preview.show(pool, name);
  }

  #openMenu(under: string | null, at: Point | null): boolean {
    const session = this.host.session();
    const name = under ?? session?.selection.cursor ?? null;
    const slot = session?.view?.slots.find(one => one.name === name);
    if (session === null || slot === undefined) return false;
    if (!session.selection.names.has(slot.name)) this.#select(slot.name, "only");
    this.#menuNames = this.targets();
    this.view.reveal(slot.name);
    const { left = 0, top = 0 } = this.view.cell(slot.name)?.element.getBoundingClientRect() ?? {};
    this.#menu.show(this.#menuEntries(session, slot), at ?? { x: left + 8, y: top + 8 });
    return true;
  }

  /** What can be done with the slot that was pointed at, then what with all that are selected. */
  #menuEntries(session: PoolSession, slot: Slot): MenuEntry[] {
    const { grid } = this.texts;
    const { name } = slot;
    const chosen = this.targets();
    const masked = this.#maskedTargets().length;
    const act = this.toolbar();
    const off = anyEnabled(session.view?.slots ?? [], chosen);
    const activate = () => this.actions.activate(session, name);
    const unmask: MenuEntry = { icon: "eraser", text: grid.removeMasks(masked), on: true, choose: act.removeMask };
    const toggle = off ? grid.disable(chosen.length) : grid.enable(chosen.length);
    return [
      {
        icon: "picture",
        text: grid.makeActive,
        on: slot.enabled && session.view?.active !== name,
        choose: activate,
      },
      { icon: "enlarge", text: grid.showLarge, on: true, choose: () => this.#openPreview(name) },
      { icon: "label", text: grid.editLabel, on: true, choose: () => this.#rename(name) },
      { icon: "brush", text: grid.editMask, on: chosen.length === 1, choose: act.editMask },
      ...(masked > 0 ? [unmask] : []),
      { icon: off ? "eyeCrossed" : "eye", text: toggle, on: true, choose: act.toggleEnabled },
      { icon: "trash", text: grid.remove(chosen.length), on: true, choose: act.remove },
    ];
  }

  #rename(name: string): void {
    const session = this.host.session();
    const slot = session?.view?.slots.find(one => one.name === name);
    if (session == null || slot === undefined) return;
    this.view.reveal(name);
    const cell = this.view.cell(name);
    if (cell === undefined) return;
    this.host.hold(name);
    editLabel(cell, this.texts.grid.label, shownLabel(slot), (text, keyboard) => {
      this.host.hold(null);
      if (text !== null) this.actions.label(session, slot, text);
      if (keyboard) this.view.list.focus({ preventScroll: true });
    });
  }

  #select(name: string, mode: SelectMode): void {
    const order = this.#order();
    this.#setSelection(selection => select(selection, order, name, mode));
    if (this.#preview.open) this.view.reveal(name);
  }

  #setSelection(change: (selection: Selection) => Selection): void {
    this.#withSession(session => {
      session.selection = change(session.selection);
      this.host.refresh();
    });
  }

  #maskedTargets(): string[] {
    const chosen = new Set(this.targets());
    const slots = this.host.session()?.view?.slots ?? [];
    return slots.filter(slot => slot.mask && chosen.has(slot.name)).map(slot => slot.name);
  }

  #withSession(act: (session: PoolSession) => unknown): void {
    const session = this.host.session();
    if (session !== null) act(session);
  }

  #order(): string[] {
    return this.host.session()?.view?.slots.map(slot => slot.name) ?? [];
  }
}
