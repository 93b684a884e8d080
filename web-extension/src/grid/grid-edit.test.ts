import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pool, settled, slot } from "./testing/memory-pools";
import { GridPage } from "./testing/page";

let page: GridPage;

beforeEach(async () => {
  page = new GridPage();
  page.server.put(pool("p", ["a", "b", "c"], { slots: [slot("a"), slot("b", { mask: true }), slot("c")] }));
  await page.show("p");
});

afterEach(() => page.grid.dispose());

const image = (name: string) => new File(["x"], name, { type: "image/png" });

describe("labels", () => {
  const type = (text: string) => {
    page.control<HTMLInputElement>("pool-slot-label-input").value = text;
  };

  it("are edited in place: F2 begins, Enter saves", async () => {
    await page.click("b");
    await page.key("F2");
    type("  Sea  ");
    await page.key("Enter", {}, page.control("pool-slot-label-input"));
    expect(page.server.pools.get("p")?.slots[1]?.label).toBe("Sea");
    expect(page.control("pool-slot-label").ownerDocument.activeElement).toBe(page.list);
    expect(page.has("pool-slot-label-input")).toBe(false);
  });

  it("stay as they are after Escape, and when nothing was changed", async () => {
    await page.click("b");
    await page.key("F2");
    type("Sea");
    await page.key("Escape", {}, page.control("pool-slot-label-input"));
    await page.key("F2");
    await page.key("Enter", {}, page.control("pool-slot-label-input"));
    expect(page.server.asked).not.toContain("label p");
  });

  it("are given up when another pool is shown, and leave nothing in the cell", async () => {
    await page.click("b");
    await page.key("F2");
    await page.show("q");
    await page.show("p");
    expect(page.has("pool-slot-label-input")).toBe(false);
    expect(page.cell("b").draggable).toBe(true);
    expect(page.server.asked).not.toContain("label p");
  });

  it("begin by a double click on them, and keep every key to themselves", async () => {
    const label = page.cell("c").querySelector("[data-testid=tidepool-pool-slot-label]");
    label?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    expect(await page.key("Delete", {}, page.control("pool-slot-label-input"))).toBe(false);
    expect(page.shown()).toEqual(["a", "b", "c"]);
  });
});

describe("disabled images", () => {
  it("have no number, and those after them count on", async () => {
    expect(page.number("b")).toBe("1");
    await page.click("b", { ctrlKey: true });
    await page.press("pool-enable");
    expect(page.cell("b").dataset["enabled"]).toBe("false");
    expect(page.number("b")).toBe("");
    expect(page.number("c")).toBe("1");
    await page.press("pool-enable");
    expect(page.number("c")).toBe("2");
  });
});

describe("the toolbar", () => {
  it("offers only what can be done", async () => {
    const off = (name: "pool-remove" | "pool-mask") => page.control<HTMLButtonElement>(name).disabled;
    expect([off("pool-remove"), off("pool-mask")]).toEqual([true, true]);
    await page.click("a");
    expect([off("pool-remove"), off("pool-mask")]).toEqual([false, false]);
    await page.key("a", { ctrlKey: true });
    expect([off("pool-remove"), off("pool-mask")]).toEqual([false, true]);
  });

  it("opens the mask editor on the selected image", async () => {
    await page.click("b");
    await page.press("pool-mask");
    expect(page.server.edited).toEqual(["p/b"]);
  });

  it("takes masks away", async () => {
    expect(page.find("[aria-label='Remove the mask']").hidden).toBe(true);
    await page.click("b");
    page.find("[aria-label='Remove the mask']").click();
    await settled();
    expect(page.cell("b").dataset["mask"]).toBe("false");
  });

  it("sorts on the server and takes it back", async () => {
    const sort = page.control<HTMLSelectElement>("pool-sort");
    sort.value = "reverse";
    sort.dispatchEvent(new Event("change"));
    await settled();
    expect(page.server.names("p")).toEqual(["c", "b", "a"]);
    expect(sort.value).toBe("");
    await page.server.undos[0]?.undo();
    expect(page.server.names("p")).toEqual(["a", "b", "c"]);
  });

  it("remembers the size of the thumbnails", () => {
    const size = page.control<HTMLInputElement>("pool-size");
    const before = page.cell("a").style.width;
    size.value = "200";
    size.dispatchEvent(new Event("input"));
    expect(page.cell("a").style.width).not.toBe(before);
    expect(localStorage.getItem("tidepool.thumbnailSize")).toBe("200");
  });

  it("offers to detach where it is told to, and only where the images are the node's own", async () => {
    const button = page.control("pool-detach");
    expect(button.hidden).toBe(true);
    page.grid.offerDetach(true);
    expect(button.hidden).toBe(false);
    await page.press("pool-detach");
    expect(page.detached).toBe(1);
    page.grid.show("p", { kind: "profile", name: "Sea" });
    expect(button.hidden).toBe(true);
    page.grid.show("p", { kind: "own" });
    page.grid.offerDetach(false);
    expect(button.hidden).toBe(true);
  });
});

describe("adding", () => {
  it("selects what came and names what was refused", async () => {
    page.grid.add([image("new.png"), new File(["x"], "notes.txt", { type: "text/plain" })]);
    await settled();
    expect(page.shown()).toEqual(["a", "b", "c", "new.png"]);
    expect(page.selected()).toEqual(["new.png"]);
    const strip = page.control("pool-progress");
    expect(strip.hidden).toBe(false);
    expect(strip.textContent).toContain("1 of 2 images could not be added");
    expect(strip.textContent).toContain("notes.txt is no image");
    strip.querySelector("button")?.click();
    expect(strip.hidden).toBe(true);
  });

  it("shows progress while it lasts and nothing when all went well", async () => {
    page.server.held = true;
    page.grid.add([image("new.png")]);
    await settled();
    const strip = page.control("pool-progress");
    expect(strip.textContent).toContain("Adding 0 of 1 image");
    await page.server.release();
    expect(strip.hidden).toBe(true);
  });

  it("goes on in its pool while another one is shown", async () => {
    page.server.held = true;
    page.grid.add([image("new.png")]);
    await settled();
    page.grid.show("q", { kind: "own" });
    expect(page.control("pool-progress").hidden).toBe(true);
    page.server.held = false;
    await page.server.release();
    await page.server.release();
    expect(page.data("poolId")).toBe("q");
    await page.show("p");
    expect(page.shown()).toContain("new.png");
  });

  it("takes pasted images while the focus is in the grid, and leaves other pastes alone", async () => {
    const paste = () => {
      const event = new Event("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: { files: [image("pasted.png")] } });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    page.list.blur();
    expect(paste()).toBe(false);
    page.list.focus();
    expect(paste()).toBe(true);
    await settled();
    expect(page.shown()).toContain("pasted.png");
  });
});

describe("the preview", () => {
  it("tells place and size before the file's name, whose end may be cut off", async () => {
    page.server.put(pool("r", [], { slots: [slot("a.png", { label: "Surf" })] }));
    await page.show("r");
    await page.click("a.png");
    await page.key(" ");
    expect(page.find(".tidepool-preview-facts").textContent).toBe("1 of 1 · 640 × 480 · 1 KB · a.png");
  });

  it("opens on Space, goes on with arrows, activates with Enter and closes on Escape", async () => {
    await page.click("a");
    await page.key(" ");
    const preview = page.control("pool-preview");
    expect(preview.querySelector("img")?.getAttribute("src")).toBe("/image/p/a");
    await page.key("ArrowRight", {}, preview);
    expect(preview.textContent).toContain("2 of 3");
    expect(page.selected()).toEqual(["b"]);
    expect(await page.key("Enter", {}, preview)).toBe(false);
    expect(page.grid.pool?.active).toBe("b");
    await page.key("Escape", {}, preview);
    expect(page.has("pool-preview")).toBe(false);
  });

  it("closes when its image is removed elsewhere", async () => {
    await page.click("a");
    await page.key(" ");
    const changed = page.server.apply("p", old => ({ ...old, slots: old.slots.slice(1), active: "b" }));
    page.grid.changed("p", changed.revision);
    await settled();
    expect(page.has("pool-preview")).toBe(false);
  });
});
