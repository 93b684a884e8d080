import type { Client } from "../api/client";
import { newId } from "../comfy/ids";
import { addElement, after, hideWidgets, markNodeElement, setTexts, textOf, widgetOf } from "../comfy/nodes";
import type { MenuItem, Node } from "../comfy/types";
import { PoolGrid } from "../grid/grid";
import type { GridPort } from "../grid/port";
import { element } from "../ui/elements";
import type { Texts } from "../ui/texts";
import type { Shown } from "./source";

/** Least height of the grid, in units of the canvas. */
const GRID_HEIGHT = 260;
const NODE_SIZE: [number, number] = [420, 520];

/** What a pool node needs. */
export interface PoolWorld {
  port: GridPort;
  client: Client;
  texts: Texts;
  /** Which pool a node shows, looked at through the instances of subgraphs in its id when it runs, else as on screen. */
  shown(node: PoolNode, executionId?: string): Shown;
  /** Has every node look again at what feeds it. */
  ask(): void;
}

/** One Image Pool node on a canvas: puts the grid into it and ties the grid to the graph and to the queue. */
export class PoolNode {
  private readonly host = element("div", "tidepool-pool");
  private grid: PoolGrid | undefined;
  private shared = false;
  private drawn = "";
  private unmark = () => {};

  constructor(
    readonly node: Node,
    private readonly world: PoolWorld,
    private readonly presence: { added(node: PoolNode): void; removed(node: PoolNode): void },
  ) {
    hideWidgets(node, "pool_id", "slot");
    this.giveId();
    this.fixSlotWhenQueued();
    addElement(node, "pool_grid", this.host, GRID_HEIGHT);
    node.setSize(NODE_SIZE);
    after(node, "onAdded", () => this.added());
    after(node, "onRemoved", () => this.removed());
    after(node, "onConfigure", () => world.ask());
    after(node, "onConnectionsChange", () => world.ask());
    this.acceptDropsOnNode();
  }

  /** The pool of the node itself, used while no profile feeds it. */
  get ownPool(): string {
    return textOf(this.node, "pool_id");
  }

  /** The id of the pool on screen. */
  get shownPool(): string | undefined {
    return this.grid?.element.dataset["poolId"] ?? undefined;
  }

  /** Looks again at what feeds the node. `shared`: another node has the same pool of its own. */
  update(shared: boolean): void {
    if (!this.grid) return;
    if (this.ownPool === "") this.giveId();
    const { id, source } = this.world.shown(this);
    this.shared = shared && source.kind === "own";
    const drawn = JSON.stringify([id, source, this.shared]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.grid.offerDetach(this.shared);
    this.grid.show(id, source);
  }

  /** The server changed a pool. */
  poolChanged(id: string, revision: string): void {
    this.grid?.changed(id, revision);
  }

  /** The connection to the server is back: whatever is on screen is read again. */
  refresh(): void {
    const { shownPool } = this;
    if (shownPool) this.grid?.changed(shownPool, "");
  }

  /** Adds files to the pool on screen. */
  add(files: readonly File[]): void {
    this.grid?.add(files);
  }

  /** Entries of the node's context menu. */
  menu(): MenuItem[] {
    if (!this.shared) return [];
    return [{ content: this.world.texts.detach, callback: () => this.detach() }];
  }

  private added(): void {
    if (!this.grid) {
      this.grid = new PoolGrid(this.world.port, this.world.texts, () => this.detach());
      this.host.replaceChildren(this.grid.element);
      this.unmark = markNodeElement(this.host);
    }
    this.presence.added(this);
    this.world.ask();
  }

  /** The node left the graph; it may come back. */
  removed(): void {
    this.presence.removed(this);
    this.unmark();
    this.grid?.dispose();
    this.grid = undefined;
    this.drawn = "";
    this.host.replaceChildren();
  }

  private detach(): void {
    setTexts(this.node, { pool_id: newId() });
    this.world.ask();
  }

  /** Only the id is made here: the server makes the pool when the first image comes. */
  private giveId(): void {
    const widget = widgetOf(this.node, "pool_id");
    if (widget && this.ownPool === "") widget.value = newId();
  }

  /** Writes the slot that is active now into each prompt, so that prompts that wait in the queue keep what they were queued with. */
  private fixSlotWhenQueued(): void {
    const slot = widgetOf(this.node, "slot");
    if (slot) slot.serializeValue = node => this.slotToRun(String(node.id));
  }

  private async slotToRun(executionId: string): Promise<string> {
    if (this.choosesByIndex()) return "";
    const { id, source } = this.world.shown(this, executionId);
    // Which pool it will be is not known here; its active slot is looked up when the node runs.
    if (source.kind === "missing") return "";
    const known = this.grid?.pool;
    if (known?.id === id) return known.active ?? "";
    // Another instance of the subgraph is on screen. Where the pool cannot be read, running the node says why.
    return this.world.client.pool(id).then(
      pool => pool.active ?? "",
      () => "",
    );
  }

  /** Whether a number typed into the node decides which image it gives. */
  private choosesByIndex(): boolean {
    const linked = this.node.inputs?.some(input => input.name === "index" && input.link != null) ?? false;
    return !linked && Number(widgetOf(this.node, "index")?.value ?? -1) >= 0;
  }

  private acceptDropsOnNode(): void {
    this.node.onDragOver = event => event.dataTransfer?.types.includes("Files") ?? false;
    this.node.onDragDrop = event => {
      const data = event.dataTransfer;
      if (!data || data.files.length === 0) return false;
      this.grid?.drop(data);
      return true;
    };
  }
}
