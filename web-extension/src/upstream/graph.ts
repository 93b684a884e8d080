/**
 * The little of ComfyUI's graph that is needed to walk from an input to what feeds it. LiteGraph's own objects fit these shapes; tests build their own.
 *
 * @module
 */

/** Ids are text in today's frontend and were numbers in older ones. */
export type NodeKey = string | number;
export type LinkKey = string | number;

/** A type name, several with commas between, `*` or 0 for any. */
export type SlotType = string | number;

/** `mode` of a node that never runs. */
export const MUTED = 2;
/** `mode` of a node that hands its input through. */
export const BYPASSED = 4;
/** `origin_id` of a link that comes from outside the subgraph it lies in. */
export const OUTSIDE = -10;

export interface GraphLink {
  origin_id: NodeKey;
  origin_slot: number;
  target_id?: NodeKey;
  target_slot?: number;
}

export interface GraphInput {
  name: string;
  type: SlotType;
  link?: LinkKey | null;
  /** The widget whose value the input takes the place of. */
  widget?: { name: string };
}

export interface GraphOutput {
  type: SlotType;
  links?: readonly LinkKey[] | null;
}

export interface GraphWidget {
  name: string;
  value?: unknown;
}

export interface GraphNode {
  id: NodeKey;
  type?: string;
  title?: string;
  mode?: number;
  comfyClass?: string;
  /** True for nodes that exist in the browser alone: reroutes, Set and Get nodes, notes. */
  isVirtualNode?: boolean;
  graph?: Graph | null;
  /** Set when the node is an instance of a subgraph. */
  subgraph?: Graph;
  inputs?: readonly GraphInput[];
  outputs?: readonly GraphOutput[];
  widgets?: readonly GraphWidget[];
  /** A virtual node's answer to "which link feeds your output?". */
  getInputLink?(slot: number): GraphLink | null | undefined;
  /** A virtual node's answer where the source lies in another graph. */
  resolveVirtualOutput?(slot: number): { node: GraphNode; slot: number } | undefined;
}

/** The root graph, or the inside of a subgraph. */
export interface Graph {
  id?: string;
  nodes: readonly GraphNode[];
  /** Of a subgraph: what its inputs feed, in the order in which its instances have inputs. */
  inputs?: readonly { linkIds: readonly LinkKey[] }[];
  /** Of a subgraph: what its outputs are fed by. */
  outputs?: readonly { linkIds: readonly LinkKey[] }[];
  getNodeById(id: NodeKey): GraphNode | null | undefined;
  getLink(id: LinkKey): GraphLink | undefined;
}
