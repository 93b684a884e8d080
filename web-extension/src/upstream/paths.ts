import type { Graph, GraphNode } from "./graph";
import type { InstancePath } from "./resolve";

/** Remembers through which instance each subgraph was last opened, to know whose inside is on screen. */
export class OpenedInstances {
  private readonly openedFrom = new WeakMap<Graph, GraphNode>();

  /** The user entered a subgraph through one of its instances. */
  opened(subgraph: Graph, instance: GraphNode): void {
    this.openedFrom.set(subgraph, instance);
  }

  /** The path on which the user sees the nodes of `graph`; a subgraph never opened is seen through its first instance. */
  pathTo(graph: Graph, root: Graph): InstancePath {
    const path: GraphNode[] = [];
    const passed = new Set<Graph>();
    for (let current: Graph = graph; current !== root; ) {
      if (passed.has(current)) return [];
      passed.add(current);
      const instance = this.instanceOf(current, root);
      if (!instance?.graph) return [];
      path.unshift(instance);
      current = instance.graph;
    }
    return path;
  }

  private instanceOf(subgraph: Graph, root: Graph): GraphNode | undefined {
    const remembered = this.openedFrom.get(subgraph);
    if (remembered && remembered.graph?.getNodeById(remembered.id) === remembered) return remembered;
    return [...allGraphs(root)].flatMap(graph => graph.nodes).find(node => node.subgraph === subgraph);
  }
}

/** The root graph and the inside of every subgraph in use, each once. */
export function allGraphs(root: Graph): Set<Graph> {
  const graphs = new Set<Graph>([root]);
  for (const graph of graphs) {
    for (const node of graph.nodes) if (node.subgraph) graphs.add(node.subgraph);
  }
  return graphs;
}

/**
 * The path in a prompt's node id, such as `5:2:9`: the instances `5` and `2`. Undefined when the ids lead nowhere.
 */
export function pathOfExecutionId(id: string, root: Graph): InstancePath | undefined {
  const path: GraphNode[] = [];
  let graph = root;
  for (const key of id.split(":").slice(0, -1)) {
    const instance = graph.getNodeById(key) ?? graph.nodes.find(node => String(node.id) === key);
    if (!instance?.subgraph) return undefined;
    path.push(instance);
    graph = instance.subgraph;
  }
  return path;
}
