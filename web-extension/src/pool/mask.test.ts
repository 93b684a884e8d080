import { describe, expect, it } from "vitest";
import { openMaskEditor, savedImage } from "./mask";

describe("the mask editor", () => {
  it("is told which image to open, and tells what it saved", () => {
    const saved: unknown[] = [];
    const image = { filename: "a.png", subfolder: "grid_pool/p1", type: "input" };
    // What the editor does with its node, from ComfyUI's useMaskEditorSaver.
    const host = {
      clipspace_return_node: null as unknown,
      open_maskeditor() {
        const node = this.clipspace_return_node as { images: unknown[]; widgets: { name: string; value: unknown }[] };
        expect(node.images[0]).toEqual(image);
        const widget = node.widgets.find(candidate => candidate.name === "image");
        if (widget) widget.value = "clipspace-painted-masked-17.png [input]";
      },
    };
    expect(openMaskEditor(host, image, "about:blank", mask => saved.push(mask))).toBe(true);
    expect(saved).toEqual([{ filename: "clipspace-painted-masked-17.png", subfolder: "", type: "input" }]);
  });

  it("may be absent", () => {
    const image = { filename: "a.png", subfolder: "", type: "input" };
    expect(openMaskEditor({ clipspace_return_node: null }, image, "", () => {})).toBe(false);
  });

  it("names what it saved with or without a folder", () => {
    expect(savedImage("clipspace/m.png [temp]")).toEqual({ filename: "m.png", subfolder: "clipspace", type: "temp" });
    expect(savedImage("m (1).png")).toEqual({ filename: "m (1).png", subfolder: "", type: "input" });
    expect(savedImage("")).toBeUndefined();
    expect(savedImage(undefined)).toBeUndefined();
  });
});
