import type { Graph, GraphNode } from "./graph";
import type { InstancePath } from "./resolve";

/** Whether a node is the reading end of a Set/Get pair. */
export function isGetter(node: GraphNode): boolean {
  return node.type === "GetNode";
}

/**
 * The Set node that a Get node names: in its own graph first, then outwards along the path.
 *
 * It is looked for here, because some Get nodes raise an alert in `getInputLink` when there is none.
 */
export function findSetter(getter: GraphNode, path: InstancePath): { node: GraphNode; path: InstancePath } | undefined {
  const name = tunnelName(getter);
  if (name === undefined) return undefined;
  for (let depth = path.length; depth >= 0; depth--) {
    const graph: Graph | null | undefined = depth === path.length ? getter.graph : path[depth]?.graph;
    const node = graph?.nodes.find(candidate => candidate.type === "SetNode" && tunnelName(candidate) === name);
    if (node) return { node, path: path.slice(0, depth) };
  }
  return undefined;
}

function tunnelName(node: GraphNode): string | undefined {
  const value = node.widgets?.[0]?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}
