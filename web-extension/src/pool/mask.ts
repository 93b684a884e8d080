import type { KeptImage } from "./images";

/** Where ComfyUI's mask editor looks for what to open; reached through the class of `app`. */
export interface MaskEditorHost {
  clipspace_return_node: unknown;
  open_maskeditor?(): void;
}

/** How the editor names what it saved, such as `clipspace-painted-masked-17.png [input]`. */
const SAVED = /^(.+?)(?: \[(\w+)\])?$/;

let stubs = 0;

/**
 * Opens ComfyUI's mask editor on an image of the server.
 *
 * The editor works on nodes: it reads a node's `images`, and when the user saves it uploads a PNG and sets the node's widget `image` to its name. So
 * it is given a node that is in no graph and only passes that name on. The PNG's alpha channel is the inverse of the mask.
 *
 * @returns whether this ComfyUI has such an editor
 */
export function openMaskEditor(
  host: MaskEditorHost,
  image: KeptImage,
  address: string,
  saved: (mask: KeptImage) => void,
): boolean {
  if (!host.open_maskeditor) return false;
  const picture = new Image();
  picture.src = address;
  stubs += 1;
  const widget = {
    name: "image",
    type: "hidden",
    get value(): string {
      return "";
    },
    set value(name: unknown) {
      const mask = savedImage(name);
      if (mask) saved(mask);
    },
  };
  host.clipspace_return_node = {
    // An id of its own: the editor files what it shows under the node's id.
    id: `tidepool-mask-${stubs}`,
    imgs: [picture],
    images: [image],
    widgets: [widget],
    properties: {},
    graph: null,
    isUploading: false,
  };
  host.open_maskeditor();
  return true;
}

/** Reads the name of a saved mask. */
export function savedImage(name: unknown): KeptImage | undefined {
  const [, path, type = "input"] = typeof name === "string" ? (SAVED.exec(name) ?? []) : [];
  if (!path) return undefined;
  const cut = path.lastIndexOf("/");
  return { filename: path.slice(cut + 1), subfolder: cut < 0 ? "" : path.slice(0, cut), type };
}
