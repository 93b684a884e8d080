import type { ComfyApp, Node } from "../comfy/types";

/** A picture that ComfyUI keeps in one of its folders. */
export interface KeptImage {
  filename: string;
  subfolder: string;
  type: string;
}

/** The pictures that a node shows: what it made last, or what it loads. */
export function shownImages(node: Node, app: Pick<ComfyApp, "nodeOutputs" | "rootGraph">): KeptImage[] {
  const made = app.nodeOutputs[locator(node, app)]?.images ?? [];
  const kept = made.flatMap(({ filename, subfolder = "", type = "output" }) =>
    filename ? [{ filename, subfolder, type }] : [],
  );
  return kept.length > 0 ? kept : drawnImages(node);
}

/** The key of a node's outputs: its id, with the subgraph's before it inside one. */
function locator(node: Node, app: Pick<ComfyApp, "rootGraph">): string {
  const inside = node.graph && node.graph !== app.rootGraph ? node.graph.id : undefined;
  return inside === undefined ? String(node.id) : `${inside}:${node.id}`;
}

/** Reads the addresses of pictures drawn on a node. */
function drawnImages(node: Node): KeptImage[] {
  return (node.imgs ?? []).flatMap(image => {
    const values = URL.canParse(image.src) ? new URL(image.src).searchParams : new URLSearchParams();
    const filename = values.get("filename");
    return filename
      ? [{ filename, subfolder: values.get("subfolder") ?? "", type: values.get("type") ?? "output" }]
      : [];
  });
}
