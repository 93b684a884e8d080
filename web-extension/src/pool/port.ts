import type { Client } from "../api/client";
import type { GridPort, Slot } from "../grid/port";
import type { Texts } from "../ui/texts";
import type { Toasts } from "../ui/toasts";
import type { KeptImage } from "./images";
import { type MaskEditorHost, openMaskEditor } from "./mask";

/** What the grid asks of the world, answered by Tidepool's routes and ComfyUI's page. */
export function gridPort(client: Client, toasts: Toasts, texts: Texts, editor: MaskEditorHost): GridPort {
  const saveMask = async (id: string, name: string, mask: Promise<Blob>) => {
    try {
      await client.putMask(id, name, await mask);
      toasts.done(texts.maskSaved(name));
    } catch (error) {
      toasts.failed(error);
    }
  };
  const edit = async (id: string, name: string) => {
    const slot = (await client.pool(id)).slots.find(candidate => candidate.name === name);
    if (!slot) return;
    const opened = openMaskEditor(editor, await maskSource(client, id, slot), client.imageAddress(id, slot), saved => {
      void saveMask(id, name, client.view(saved));
    });
    if (!opened) toasts.warn(texts.maskFailed, "");
  };
  return {
    read: (id, signal) => client.pool(id, signal),
    add: (id, files, progress) => client.addImages(id, files, progress),
    remove: (id, names) => client.change(id, "remove", names),
    restore: (id, names) => client.change(id, "restore", names),
    reorder: (id, names) => client.change(id, "reorder", names),
    activate: (id, name) => client.activate(id, name),
    label: (id, name, label) => client.label(id, name, label),
    enable: (id, names, enabled) => client.enable(id, names, enabled),
    removeMask: (id, name) => client.removeMask(id, name),
    editMask: (id, name) => void edit(id, name).catch(error => toasts.failed(error)),
    thumbnail: (id, slot, size) => client.thumbnailAddress(id, slot, size),
    image: (id, slot) => client.imageAddress(id, slot),
    failed: error => toasts.failed(error),
    undoable: (message, undo) => toasts.undoable(message, undo),
  };
}

/**
 * What the editor opens. A mask that it saved before is a picture with the mask in its alpha channel and can be edited further; a mask of another
 * making is not, and then the editor starts from the image.
 */
async function maskSource(client: Client, id: string, slot: Slot): Promise<KeptImage> {
  const folder = `grid_pool/${id}`;
  const image = { filename: slot.name, subfolder: folder, type: "input" };
  if (!slot.mask) return image;
  const mask = { filename: `${slot.name}.png`, subfolder: `${folder}/masks`, type: "input" };
  return (await hasAlpha(await client.view(mask))) ? mask : image;
}

/** Whether a PNG holds colours with alpha: the colour type in its header (PNG specification, 11.2.2) is 6. */
async function hasAlpha(png: Blob): Promise<boolean> {
  const [colourType] = new Uint8Array(await png.slice(25, 26).arrayBuffer());
  return colourType === 6;
}
