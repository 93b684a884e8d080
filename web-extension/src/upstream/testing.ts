import type { Graph, GraphLink, GraphNode, LinkKey, NodeKey } from "./graph";

/** A graph for tests, with the behaviour of LiteGraph's that the walk relies on. */
export class TestGraph implements Graph {
  readonly nodes: GraphNode[] = [];
  readonly outputs: { linkIds: LinkKey[] }[] = [];
  private readonly links = new Map<LinkKey, GraphLink>();

  getNodeById(id: NodeKey): GraphNode | undefined {
    return this.nodes.find(node => node.id === id);
  }

  getLink(id: LinkKey): GraphLink | undefined {
    return this.links.get(id);
  }

  add(node: Partial<GraphNode> = {}): GraphNode {
    const added: GraphNode = { id: this.nodes.length + 1, ...node, graph: this };
    this.nodes.push(added);
    return added;
  }

  profile(): GraphNode {
    return this.add({ comfyClass: "PoolProfile", outputs: [{ type: "POOL_PROFILE" }] });
  }

  pool(): GraphNode {
    return this.add({ comfyClass: "GridImagePool", inputs: [{ name: "profile", type: "POOL_PROFILE" }] });
  }

  /** A node with one input and one output of the type. */
  through(node: Partial<GraphNode> = {}, type = "POOL_PROFILE"): GraphNode {
    return this.add({ inputs: [{ name: "in", type }], outputs: [{ type }], ...node });
  }

  /** A Reroute node of the old kind: a node of its own, in the browser only. */
  reroute(): GraphNode {
    const node = this.through({ isVirtualNode: true, type: "Reroute" }, "*");
    node.getInputLink = slot => {
      const link = node.inputs?.[slot]?.link;
      return link == null ? null : this.getLink(link);
    };
    return node;
  }

  setter(name: string): GraphNode {
    return this.through({ isVirtualNode: true, type: "SetNode", widgets: [{ name: "Constant", value: name }] }, "*");
  }

  getter(name: string): GraphNode {
    return this.add({
      isVirtualNode: true,
      type: "GetNode",
      widgets: [{ name: "Constant", value: name }],
      outputs: [{ type: "*" }],
      getInputLink: () => {
        throw new Error("shows an alert in the real node");
      },
    });
  }

  /** An instance of a subgraph with one input and one output. */
  instance(subgraph: Graph): GraphNode {
    return this.through({ subgraph });
  }

  connect(from: GraphNode, to: GraphNode, slot = 0): void {
    this.link(from.id, 0, to, slot);
  }

  /** Feeds a node from the subgraph's input. */
  connectInput(to: GraphNode, slot = 0): void {
    this.link("-10", 0, to, slot);
  }

  /** Feeds the subgraph's output from a node. */
  connectOutput(from: GraphNode): void {
    const id = this.links.size + 1;
    this.links.set(id, { origin_id: from.id, origin_slot: 0 });
    this.outputs.push({ linkIds: [id] });
  }

  disconnect(node: GraphNode, slot = 0): void {
    const input = node.inputs?.[slot];
    if (input) input.link = null;
  }

  private link(origin: NodeKey, originSlot: number, to: GraphNode, slot: number): void {
    const id = this.links.size + 1;
    this.links.set(id, { origin_id: origin, origin_slot: originSlot });
    const input = to.inputs?.[slot];
    if (!input) throw new Error(`node ${to.id} has no input ${slot}`);
    input.link = id;
  }
}
