/**
 * The parts of ComfyUI's frontend that Tidepool uses, as frontend 1.47 has them. Written down here, because they are few, and because what is not
 * here must not be relied on.
 *
 * @module
 */

import type { Graph, GraphNode, GraphWidget } from "../upstream/graph";

/** A widget of a node. */
export interface Widget extends GraphWidget {
  type?: string;
  value?: unknown;
  /** Hides it in the classic canvas. */
  hidden?: boolean;
  /** False keeps it out of the saved workflow. */
  serialize?: boolean;
  /** `values` are the choices of a combo: a list, an object whose keys they are, or a function that makes one. */
  options?: { hidden?: boolean; serialize?: boolean; values?: unknown };
  callback?(value: unknown, canvas?: unknown, node?: Node): void;
  /** What goes into a queued prompt in place of the value. The node is the one that runs: its id leads through instances of subgraphs. */
  serializeValue?(node: { id: string | number }, index: number): unknown;
}

/** Options of a widget that shows an element of the page. */
export interface DomWidgetOptions {
  serialize?: boolean;
  hideOnZoom?: boolean;
  margin?: number;
  getMinHeight?(): number;
  getMaxHeight?(): number;
}

/** An entry of a context menu. */
export interface MenuItem {
  content: string;
  disabled?: boolean;
  has_submenu?: boolean;
  submenu?: { options: MenuItem[] };
  callback?(): void;
}

/** A node on the canvas. */
export interface Node extends Omit<GraphNode, "widgets" | "graph"> {
  graph?: LiveGraph | null;
  widgets?: Widget[];
  size: [number, number];
  /** What a workflow says of the node beside its widgets. */
  properties?: Readonly<Record<string, unknown>>;
  /** The pictures that the classic canvas draws on the node. */
  imgs?: HTMLImageElement[];
  addDOMWidget(name: string, type: string, element: HTMLElement, options: DomWidgetOptions): Widget;
  setSize(size: [number, number]): void;
  /** The least size that its slots and widgets need. */
  computeSize(): [number, number];
  onAdded?(graph: LiveGraph): void;
  onRemoved?(): void;
  onConfigure?(data: unknown): void;
  onConnectionsChange?(...change: unknown[]): void;
  onDragOver?(event: DragEvent): boolean;
  onDragDrop?(event: DragEvent): boolean | Promise<boolean>;
}

/** A graph that is being edited. */
export interface LiveGraph extends Graph {
  nodes: Node[];
  events?: EventTarget;
  /** Calls a function with each canvas that shows the graph. */
  canvasAction?(action: (canvas: Canvas) => void): void;
}

/** What shows a graph. */
export interface Canvas {
  canvas: HTMLCanvasElement;
  graph: LiveGraph | null;
  selected_nodes?: Record<string, Node>;
  /** Between these two calls a change becomes one step of undo. */
  emitBeforeChange?(): void;
  emitAfterChange?(): void;
  setDirty?(foreground: boolean, background: boolean): void;
}

/** A command that menus and key bindings can name. */
export interface Command {
  id: string;
  label: string;
  icon?: string;
  function(): void | Promise<void>;
}

/** What an extension hands to ComfyUI. */
export interface ComfyExtension {
  name: string;
  commands?: Command[];
  /** Places of commands in the menu at the top. */
  menuCommands?: { path: string[]; commands: string[] }[];
  setup?(): void;
  nodeCreated?(node: Node): void;
  afterConfigureGraph?(): void;
  getNodeMenuItems?(node: Node): (MenuItem | null)[];
}

/** What a node showed last, as the server reported it. */
export interface NodeOutput {
  images?: readonly { filename?: string; subfolder?: string; type?: string }[];
}

/** `app` of `/scripts/app.js`. */
export interface ComfyApp {
  registerExtension(extension: ComfyExtension): void;
  rootGraph: LiveGraph;
  canvas: Canvas;
  nodeOutputs: Record<string, NodeOutput>;
  extensionManager: {
    dialog: {
      prompt(options: { title: string; message: string; defaultValue?: string }): Promise<string | null>;
      confirm(options: { title: string; message: string; type?: string; itemList?: string[] }): Promise<boolean | null>;
    };
    toast: {
      add(message: { severity: string; summary: string; detail?: string; life?: number }): void;
    };
    setting: { get(id: string): unknown };
  };
}

/** `api` of `/scripts/api.js`. */
export interface ComfyApi {
  fetchApi(route: string, options?: RequestInit): Promise<Response>;
  apiURL(route: string): string;
  user?: string;
  addEventListener(name: string, listener: (event: CustomEvent<unknown>) => void): void;
}
