import type { LiveGraph, Node, Widget } from "../comfy/types";
import type { Graph, GraphNode, LinkKey } from "../upstream/graph";
import { allGraphs } from "../upstream/paths";

/** The type of ComfyUI's node that holds a value for the inputs that it is linked to. */
const PRIMITIVE = "PrimitiveNode";

/** What the hash of a model is, as a workflow names it. */
export interface ModelHash {
  type: string;
  hash: string;
}

/** The class of a node that uses a value, and the name of its input: of a subgraph's instance, those inside. */
export interface StrayUser {
  type: string;
  input: string;
}

/** A widget whose value is none of the choices that it offers, and that no link decides. */
export interface Stray {
  node: Node;
  widget: Widget;
  value: string;
  /** Who uses the value, each kind once; never empty. */
  users: readonly StrayUser[];
  hashes: readonly ModelHash[];
}

/** Finds the widgets in a graph and its subgraphs whose values cannot be chosen here. */
export function strays(root: LiveGraph): Stray[] {
  const found: Stray[] = [];
  for (const graph of allGraphs(root)) {
    for (const node of graph.nodes as readonly Node[]) {
      for (const widget of node.widgets ?? []) {
        const stray = strayIn(node, widget);
        if (stray) found.push(stray);
      }
    }
  }
  return found;
}

function strayIn(node: Node, widget: Widget): Stray | undefined {
  const { value } = widget;
  if (typeof value !== "string" || value === "") return undefined;
  const choices = choicesOf(node, widget);
  if (choices === undefined || choices.includes(value) || isLinked(node, widget)) return undefined;
  const using = usersOf(node, widget.name);
  if (using.length === 0) return undefined;
  const users = new Map(using.map(({ type, input }) => [JSON.stringify([type, input]), { type, input }]));
  const hashes = [...new Set([...using.map(user => user.inner), node])].flatMap(each => hashesOf(each, value));
  return { node, widget, value, users: [...users.values()], hashes };
}

/** The choices of a combo; undefined for other widgets. */
function choicesOf(node: Node, widget: Widget): readonly unknown[] | undefined {
  let values = widget.options?.values;
  if (typeof values === "function") values = made(values as (widget: Widget, node: Node) => unknown, widget, node);
  if (Array.isArray(values)) return values;
  return typeof values === "object" && values !== null ? Object.keys(values) : undefined;
}

/** The function is another pack's code: where it fails, nothing is known of the choices. */
function made(choices: (widget: Widget, node: Node) => unknown, widget: Widget, node: Node): unknown {
  try {
    return choices(widget, node);
  } catch {
    return undefined;
  }
}

function isLinked(node: GraphNode, widget: Widget): boolean {
  return (node.inputs ?? []).some(input => input.widget?.name === widget.name && input.link != null);
}

interface User extends StrayUser {
  inner: GraphNode;
}

/**
 * The nodes that use the value of a widget: the node itself; of a subgraph's instance those inside that the input feeds; of a primitive
 * node those that it is linked to.
 */
function usersOf(node: GraphNode, widget: string, passed: ReadonlySet<GraphNode> = new Set()): User[] {
  if (passed.has(node)) return [];
  const further = new Set(passed).add(node);
  if (node.subgraph) {
    const place = (node.inputs ?? []).findIndex(each => each.widget?.name === widget || each.name === widget);
    return targets(node.subgraph, node.subgraph.inputs?.[place]?.linkIds, further);
  }
  if (node.isVirtualNode) {
    return node.type === PRIMITIVE && node.graph ? targets(node.graph, node.outputs?.[0]?.links, further) : [];
  }
  const type = node.comfyClass ?? node.type;
  return type === undefined ? [] : [{ inner: node, type, input: widget }];
}

function targets(graph: Graph, links: readonly LinkKey[] | null | undefined, passed: ReadonlySet<GraphNode>): User[] {
  return (links ?? []).flatMap(key => {
    const link = graph.getLink(key);
    const target = link?.target_id === undefined ? undefined : graph.getNodeById(link.target_id);
    const slot = target?.inputs?.[link?.target_slot ?? -1];
    return target && slot ? usersOf(target, slot.widget?.name ?? slot.name, passed) : [];
  });
}

/** The hashes in a node's `properties.models` for the file of a value. */
function hashesOf(node: Pick<Node, "properties"> | GraphNode, value: string): ModelHash[] {
  const models = "properties" in node ? node.properties?.["models"] : undefined;
  if (!Array.isArray(models)) return [];
  const file = fileName(value);
  return models.flatMap((model: unknown) => {
    if (typeof model !== "object" || model === null) return [];
    const { name, hash, hash_type: type } = model as Record<string, unknown>;
    const fits = typeof name === "string" && fileName(name) === file;
    return fits && typeof hash === "string" ? [{ type: typeof type === "string" ? type : "SHA256", hash }] : [];
  });
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
