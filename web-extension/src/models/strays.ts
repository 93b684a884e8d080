import type { LiveGraph, Node, Widget } from "../comfy/types";
import type { GraphNode } from "../upstream/graph";
import { allGraphs } from "../upstream/paths";

/** What the hash of a model is, as a workflow names it. */
export interface ModelHash {
  type: string;
  hash: string;
}

/** A widget whose value is none of the choices that it offers, and that no link decides. */
export interface Stray {
  node: Node;
  widget: Widget;
  value: string;
  /** The class of the node that uses the value, and the name of its input: of a subgraph's instance, those inside. */
  type: string;
  input: string;
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
  const user = userOf(node, widget.name);
  if (user === undefined) return undefined;
  const { type, input } = user;
  const hashes = [...new Set([user.inner, node])].flatMap(each => hashesOf(each, value));
  return { node, widget, value, type, input, hashes };
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

interface User {
  inner: GraphNode;
  type: string;
  input: string;
}

/** Follows an input of a subgraph's instance to the node inside that uses it; a node's own input is used by itself. */
function userOf(node: GraphNode, widget: string): User | undefined {
  const passed = new Set<GraphNode>();
  let inner = node;
  let input = widget;
  while (inner.subgraph) {
    if (passed.has(inner)) return undefined;
    passed.add(inner);
    const place = (inner.inputs ?? []).findIndex(each => each.widget?.name === input || each.name === input);
    const [first] = inner.subgraph.inputs?.[place]?.linkIds ?? [];
    const link = first === undefined ? undefined : inner.subgraph.getLink(first);
    const target = link?.target_id === undefined ? undefined : inner.subgraph.getNodeById(link.target_id);
    const slot = target?.inputs?.[link?.target_slot ?? -1];
    if (!target || !slot) return undefined;
    inner = target;
    input = slot.widget?.name ?? slot.name;
  }
  const type = inner.comfyClass ?? inner.type;
  return type === undefined || inner.isVirtualNode ? undefined : { inner, type, input };
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
