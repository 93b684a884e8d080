import { BYPASSED, type Graph, type GraphLink, type GraphNode, MUTED, OUTSIDE, type SlotType } from "./graph";
import { findSetter, isGetter } from "./tunnel";

/** What feeds an input when the graph runs. */
export type Upstream =
  /** Nothing: unconnected, muted, or bypassed without a way through. */
  | { kind: "none" }
  /** A node of the class that was looked for. */
  | { kind: "found"; node: GraphNode }
  /** Another node, which decides only when it runs. */
  | { kind: "unknown"; node: GraphNode };

/** The instances of subgraphs, outermost first, through which a node is looked at; empty in the root graph. */
export type InstancePath = readonly GraphNode[];

const NONE: Upstream = { kind: "none" };

/**
 * Finds the node of class `wanted` that feeds an input, in the way ComfyUI compiles a graph into a prompt: out of and into subgraphs, along
 * reroutes and Set/Get nodes, past bypassed nodes. Two instances of one subgraph share their inner nodes, so the path says which is meant.
 */
export function resolveUpstream(node: GraphNode, inputName: string, path: InstancePath, wanted: string): Upstream {
  const slot = node.inputs?.findIndex(input => input.name === inputName) ?? -1;
  return slot < 0 ? NONE : new Walk(wanted).input(node, slot, path);
}

/** One walk upstream; remembers where it was, since Set/Get nodes and hand-made workflows can form circles. */
class Walk {
  private readonly visited = new Set<string>();

  constructor(private readonly wanted: string) {}

  input(node: GraphNode, slot: number, path: InstancePath, type?: SlotType): Upstream {
    const input = node.inputs?.[slot];
    if (!input || this.seen("I", node, slot, path) || input.link == null) return NONE;
    return this.link(node.graph?.getLink(input.link), node.graph, path, type ?? input.type);
  }

  private link(
    link: GraphLink | null | undefined,
    graph: Graph | null | undefined,
    path: InstancePath,
    type: SlotType,
  ): Upstream {
    if (!link || !graph) return NONE;
    if (Number(link.origin_id) === OUTSIDE) {
      const instance = path.at(-1);
      return instance ? this.input(instance, link.origin_slot, path.slice(0, -1), type) : NONE;
    }
    const origin = graph.getNodeById(link.origin_id);
    return origin ? this.output(origin, link.origin_slot, path, type) : NONE;
  }

  private output(node: GraphNode, slot: number, path: InstancePath, type: SlotType): Upstream {
    if (node.mode === MUTED || this.seen("O", node, slot, path)) return NONE;
    if (node.mode === BYPASSED) {
      const through = bypassInput(node, slot, type);
      return through < 0 ? NONE : this.input(node, through, path, type);
    }
    if (node.subgraph) {
      const link = node.subgraph.outputs?.[slot]?.linkIds[0];
      if (link === undefined) return NONE;
      return this.link(node.subgraph.getLink(link), node.subgraph, [...path, node], type);
    }
    if (node.isVirtualNode) return this.virtual(node, slot, path, type);
    if (node.comfyClass === this.wanted) return { kind: "found", node };
    return this.other(node, path, type);
  }

  private virtual(node: GraphNode, slot: number, path: InstancePath, type: SlotType): Upstream {
    if (isGetter(node)) {
      const setter = findSetter(node, path);
      return setter ? this.input(setter.node, slot, setter.path, type) : NONE;
    }
    const source = node.resolveVirtualOutput?.(slot);
    if (source) {
      const inside = path.findIndex(instance => instance.graph === source.node.graph);
      return this.output(source.node, source.slot, inside < 0 ? path : path.slice(0, inside), type);
    }
    return this.link(node.getInputLink?.(slot), node.graph, path, type);
  }

  /** A node that hands one value through can be seen through; one that chooses between several cannot. */
  private other(node: GraphNode, path: InstancePath, type: SlotType): Upstream {
    const candidates = (node.inputs ?? []).flatMap((input, slot) =>
      input.link != null && (input.type === type || isAny(input.type)) ? [slot] : [],
    );
    const [only] = candidates;
    if (candidates.length !== 1 || only === undefined) return { kind: "unknown", node };
    const further = this.input(node, only, path, type);
    return further.kind === "found" ? further : { kind: "unknown", node };
  }

  private seen(side: "I" | "O", node: GraphNode, slot: number, path: InstancePath): boolean {
    const key = `${[...path.map(instance => instance.id), node.id].join(":")}${side}${slot}`;
    const before = this.visited.has(key);
    this.visited.add(key);
    return before;
  }
}

/** Which input a bypassed node hands through to `slot`; -1 if none. The order of preference is ComfyUI's. */
function bypassInput(node: GraphNode, slot: number, type: SlotType): number {
  const inputs = node.inputs ?? [];
  if (isAny(type)) return inputs.length > slot ? slot : inputs.length - 1;
  const outputType = node.outputs?.[slot]?.type ?? type;
  const fits = (candidate: SlotType) => compatible(candidate, outputType) && compatible(candidate, type);
  const opposite = inputs[slot];
  if (opposite && fits(opposite.type)) return slot;
  const exact = inputs.findIndex(input => input.type === type);
  return exact >= 0 ? exact : inputs.findIndex(input => fits(input.type));
}

function isAny(type: SlotType): boolean {
  return type === "*" || type === "" || type === 0;
}

function compatible(left: SlotType, right: SlotType): boolean {
  if (isAny(left) || isAny(right)) return true;
  const names = (type: SlotType) => String(type).toLowerCase().split(",");
  return names(left).some(name => names(right).includes(name));
}
