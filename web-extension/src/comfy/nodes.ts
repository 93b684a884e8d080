import type { Node, Widget } from "./types";

/** Class names of Tidepool's nodes, as the server declares them. */
export const PROFILE_NODE = "PoolProfile";
export const POOL_NODE = "GridImagePool";

/** A widget of a node by its name. */
export function widgetOf(node: { widgets?: readonly Widget[] }, name: string): Widget | undefined {
  return node.widgets?.find(widget => widget.name === name);
}

/** The text in a widget; empty when there is none. */
export function textOf(node: { widgets?: readonly { name: string; value?: unknown }[] }, name: string): string {
  const value = node.widgets?.find(widget => widget.name === name)?.value;
  return typeof value === "string" ? value : "";
}

/** Keeps widgets out of sight in the classic canvas and in Nodes 2.0; they are saved and queued all the same. */
export function hideWidgets(node: Node, ...names: readonly string[]): void {
  for (const name of names) {
    const widget = widgetOf(node, name);
    if (!widget) continue;
    widget.hidden = true;
    widget.options = Object.assign(widget.options ?? {}, { hidden: true });
  }
}

/** Sets texts of a node's widgets as one step of undo; nothing happens where they have those values already. */
export function setTexts(node: Node, values: Readonly<Record<string, string>>): void {
  const changes = Object.entries(values).filter(
    ([name, value]) => widgetOf(node, name) && textOf(node, name) !== value,
  );
  if (changes.length === 0) return;
  node.graph?.canvasAction?.(canvas => canvas.emitBeforeChange?.());
  for (const [name, value] of changes) {
    const widget = widgetOf(node, name);
    if (!widget) continue;
    widget.value = value;
    widget.callback?.(value);
  }
  node.graph?.canvasAction?.(canvas => canvas.emitAfterChange?.());
}

type Callback = "onAdded" | "onRemoved" | "onConfigure" | "onConnectionsChange";

/** Runs `then` after whatever a node's callback does already. */
export function after(node: Node, name: Callback, then: () => void): void {
  const before = node[name] as ((...values: unknown[]) => unknown) | undefined;
  node[name] = function (this: Node, ...values: unknown[]) {
    before?.apply(this, values);
    then();
  };
}

let widgets = 0;

/**
 * Puts an element into a node, below its other widgets. Its type is new each time: Nodes 2.0 keeps the element of a node that undo has replaced on
 * screen when the types are the same.
 */
export function addElement(
  node: Node,
  name: string,
  element: HTMLElement,
  minHeight: number,
  maxHeight?: number,
): Widget {
  widgets += 1;
  const widget = node.addDOMWidget(name, `tidepool-${name}-${widgets}`, element, {
    serialize: false,
    hideOnZoom: false,
    margin: 6,
    getMinHeight: () => minHeight,
    ...(maxHeight === undefined ? {} : { getMaxHeight: () => maxHeight }),
  });
  widget.serialize = false;
  return widget;
}

/**
 * Marks the element that is a node in Nodes 2.0, for styles, whenever a part of the node comes on screen in it.
 *
 * @returns ends that
 */
export function markNodeElement(part: HTMLElement): () => void {
  const observer = new ResizeObserver(() => part.closest(".lg-node")?.setAttribute("data-tidepool", ""));
  observer.observe(part);
  return () => observer.disconnect();
}
