import { Client } from "./api/client";
import { readPoolChange, readProgress } from "./api/shape";
import { Transport } from "./api/transport";
import { POOL_NODE, PROFILE_NODE } from "./comfy/nodes";
import type { ComfyApi, ComfyApp, MenuItem, Node } from "./comfy/types";
import { ModelFinder } from "./models/finder";
import { shownImages } from "./pool/images";
import type { MaskEditorHost } from "./pool/mask";
import { PoolNode } from "./pool/node";
import { gridPort } from "./pool/port";
import { destinations, SendMenu } from "./pool/send";
import { type Shown, shownPool } from "./pool/source";
import { ProfileActions, type Tools } from "./profile/actions";
import { ProfileList } from "./profile/list";
import { ProfileNode } from "./profile/node";
import { Progress } from "./ui/progress";
import { textsFor } from "./ui/texts";
import { Toasts } from "./ui/toasts";
import type { Graph, GraphNode } from "./upstream/graph";
import { allGraphs, OpenedInstances, pathOfExecutionId } from "./upstream/paths";
import { resolveUpstream } from "./upstream/resolve";
import { FramePass } from "./upstream/watch";

/** Everything of Tidepool in one page of ComfyUI: its nodes, and the ways by which changes reach them. */
export class Page {
  readonly models: ModelFinder;
  private readonly tools: Tools;
  private readonly actions: ProfileActions;
  private readonly sending: SendMenu;
  private readonly pools = new Set<PoolNode>();
  private readonly poolOf = new WeakMap<object, PoolNode>();
  private readonly profileOf = new WeakMap<object, ProfileNode>();
  private readonly opened = new OpenedInstances();
  private readonly pass = new FramePass(() => this.lookUpstream());
  private readonly profiles = new Set<ProfileNode>();

  constructor(
    private readonly app: ComfyApp,
    private readonly api: ComfyApi,
  ) {
    const texts = textsFor(String(app.extensionManager.setting.get("Comfy.Locale") ?? "en"));
    const client = new Client(new Transport(api));
    const { dialog, toast } = app.extensionManager;
    const toasts = new Toasts(message => toast.add(message), texts);
    const list = new ProfileList(() => client.profiles());
    const progress = new Progress(toasts);
    this.tools = { client, list, dialogs: dialog, toasts, progress, texts };
    this.actions = new ProfileActions(this.tools);
    this.sending = new SendMenu(client, toasts, texts);
    this.models = new ModelFinder({ client, toasts, texts, root: () => this.app.rootGraph });
    list.listen(() => this.pass.ask());
  }

  /** Starts to follow what happens on the server and on the canvas. */
  follow(): void {
    this.followServer();
    this.followCanvas();
  }

  /** A node was made: by the user, by loading a workflow, by undo, or for a moment while copying. */
  nodeCreated(node: Node): void {
    if (node.comfyClass === PROFILE_NODE) this.makeProfileNode(node);
    if (node.comfyClass === POOL_NODE) this.makePoolNode(node);
  }

  /** A workflow is on the canvas now. */
  graphLoaded(): void {
    this.ask();
    void this.models.opened();
  }

  /** The graph changed in some way that may matter. */
  ask(): void {
    this.pass.ask();
  }

  /** Entries for a node's context menu, set off from those above them. */
  menuOf(node: Node): (MenuItem | null)[] {
    const items = this.itemsOf(node);
    return items.length > 0 ? [null, ...items] : [];
  }

  private itemsOf(node: Node): MenuItem[] {
    const profile = this.profileOf.get(node);
    if (profile) return profile.menu();
    const pool = this.poolOf.get(node);
    if (pool) return pool.menu();
    return this.sending.items(shownImages(node, this.app), destinations([...this.pools]));
  }

  /** The pool node that is selected alone. */
  get selectedPool(): PoolNode | undefined {
    const [selected, ...others] = Object.values(this.app.canvas.selected_nodes ?? {});
    return selected && others.length === 0 ? this.poolOf.get(selected) : undefined;
  }

  private makeProfileNode(node: Node): void {
    const presence = {
      added: (added: ProfileNode) => this.profiles.add(added),
      removed: (removed: ProfileNode) => this.profiles.delete(removed),
    };
    this.profileOf.set(node, new ProfileNode(node, this.tools, this.actions, presence, () => this.pass.ask()));
  }

  private makePoolNode(node: Node): void {
    const { client, toasts, texts } = this.tools;
    const editor = this.app.constructor as unknown as MaskEditorHost;
    const world = {
      port: gridPort(client, toasts, texts, editor),
      client,
      texts,
      shown: (pool: PoolNode, executionId?: string) => this.shown(pool, executionId),
      ask: () => this.pass.ask(),
    };
    const presence = {
      added: (added: PoolNode) => this.pools.add(added),
      removed: (removed: PoolNode) => this.pools.delete(removed),
    };
    this.poolOf.set(node, new PoolNode(node, world, presence));
  }

  private shown(pool: PoolNode, executionId?: string): Shown {
    const root: Graph = this.app.rootGraph;
    const path = executionId === undefined ? undefined : pathOfExecutionId(executionId, root);
    const node = pool.node as GraphNode;
    const seen = path ?? this.opened.pathTo(node.graph ?? root, root);
    const upstream = resolveUpstream(node, "profile", seen, PROFILE_NODE);
    return shownPool<GraphNode>(upstream, pool.ownPool, found => this.profileOf.get(found)?.choice, this.tools.texts);
  }

  private lookUpstream(): void {
    this.forgetUnreachable();
    const owners = new Map<string, number>();
    for (const pool of this.pools) owners.set(pool.ownPool, (owners.get(pool.ownPool) ?? 0) + 1);
    for (const pool of this.pools) pool.update((owners.get(pool.ownPool) ?? 0) > 1);
  }

  /** Clearing a graph does not tell the nodes inside its subgraphs that they are gone. */
  private forgetUnreachable(): void {
    const graphs: ReadonlySet<unknown> = allGraphs(this.app.rootGraph);
    for (const shown of [...this.pools, ...this.profiles]) {
      if (!graphs.has(shown.node.graph)) shown.removed();
    }
  }

  private followServer(): void {
    this.api.addEventListener("tidepool.pool.changed", event => {
      const { id, revision, images } = readPoolChange(event.detail);
      for (const pool of this.pools) pool.poolChanged(id, revision);
      for (const profile of this.profiles) profile.poolChanged(id, images);
    });
    this.api.addEventListener("tidepool.profiles.changed", () => void this.tools.list.refresh());
    this.api.addEventListener("tidepool.progress", event => {
      const { token, done, total } = readProgress(event.detail);
      this.tools.progress.told(token, done, total);
    });
    this.api.addEventListener("reconnecting", () => {
      // Reading fails, and that says on screen that the server is away.
      for (const pool of this.pools) pool.refresh();
    });
    this.api.addEventListener("reconnected", () => {
      void this.tools.list.refresh();
      for (const pool of this.pools) pool.refresh();
      for (const profile of this.profiles) profile.recount();
    });
  }

  private followCanvas(): void {
    const { canvas } = this.app.canvas;
    canvas.addEventListener("subgraph-opened", event => {
      const { subgraph, fromNode } = (event as CustomEvent<{ subgraph: Graph; fromNode: GraphNode }>).detail;
      this.opened.opened(subgraph, fromNode);
      this.pass.ask();
    });
    canvas.addEventListener("litegraph:set-graph", () => this.pass.ask());
    this.app.rootGraph.events?.addEventListener("node:property:changed", () => this.pass.ask());
    this.api.addEventListener("graphChanged", () => this.pass.ask());
  }
}
