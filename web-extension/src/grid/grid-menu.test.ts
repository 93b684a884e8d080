import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removed } from "./changes";
import { pool, settled, slot } from "./testing/memory-pools";
import { GridPage } from "./testing/page";

let page: GridPage;

beforeEach(async () => {
  page = new GridPage();
  page.server.put(pool("p", ["a", "b", "c"], { slots: [slot("a"), slot("b", { mask: true }), slot("c")] }));
  await page.show("p");
});

afterEach(() => page.grid.dispose());

/** Presses the right button; answers whether the node heard of it. */
async function rightClick(target: HTMLElement, init: MouseEventInit = { button: 2 }): Promise<boolean> {
  let heard = false;
  const listener = () => {
    heard = true;
  };
  document.addEventListener("contextmenu", listener);
  target.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...init }));
  document.removeEventListener("contextmenu", listener);
  await settled();
  return heard;
}

const items = () => [...page.control("pool-menu").querySelectorAll<HTMLButtonElement>("[role=menuitem]")];
const texts = () => items().map(item => item.textContent);

async function choose(text: string): Promise<void> {
  items()
    .find(item => item.textContent === text)
    ?.click();
  await settled();
}

describe("the menu of an image", () => {
  it("selects the image alone that is pointed at, activates nothing, and keeps the node's menu away", async () => {
    await page.click("a");
    expect(await rightClick(page.cell("c"))).toBe(false);
    expect(page.selected()).toEqual(["c"]);
    expect(page.server.pools.get("p")?.active).toBe("a");
    expect(texts()).toEqual([
      "Make it the active image (Enter)",
      "Show it large (Space)",
      "Edit the label (F2)",
      "Edit the mask",
      "Disable 1 image",
      "Remove 1 image (Delete)",
    ]);
  });

  it("acts on all that are selected when it is opened on one of them", async () => {
    await page.click("a");
    await page.click("b", { ctrlKey: true });
    await rightClick(page.cell("b"));
    expect(texts()).toContain("Remove the mask");
    expect(items().find(item => item.textContent === "Edit the mask")?.disabled).toBe(true);
    await choose("Remove 2 images (Delete)");
    expect(page.server.names("p")).toEqual(["c"]);
    expect(page.has("pool-menu")).toBe(false);
  });

  it("is about the image that is pointed at without a right button, too", async () => {
    await page.click("a");
    await rightClick(page.cell("c"), { button: 0, ctrlKey: true });
    expect(page.selected()).toEqual(["c"]);
    await choose("Remove 1 image (Delete)");
    expect(page.server.names("p")).toEqual(["a", "b"]);
  });

  it("goes when another page removes what it is about", async () => {
    const without = async (name: string) => {
      page.grid.changed("p", page.server.apply("p", removed([name])).revision);
      await settled();
    };
    await rightClick(page.cell("b"));
    await without("b");
    expect(page.has("pool-menu")).toBe(false);
    await rightClick(page.cell("c"));
    await without("a");
    expect(page.has("pool-menu")).toBe(true);
  });

  it("does what its entries say", async () => {
    await rightClick(page.cell("c"));
    await choose("Make it the active image (Enter)");
    expect(page.server.pools.get("p")?.active).toBe("c");
    await rightClick(page.cell("c"));
    expect(items()[0]?.disabled).toBe(true);
    await choose("Edit the mask");
    expect(page.server.edited).toEqual(["p/c"]);
    await rightClick(page.cell("c"));
    await choose("Disable 1 image");
    expect(page.cell("c").dataset["enabled"]).toBe("false");
    await rightClick(page.cell("c"));
    expect(texts()).toContain("Enable 1 image");
    await choose("Show it large (Space)");
    expect(page.has("pool-preview")).toBe(true);
  });

  it("begins to edit the label, with the focus in it", async () => {
    await rightClick(page.cell("b"));
    await choose("Edit the label (F2)");
    expect(document.activeElement).toBe(page.control("pool-slot-label-input"));
  });

  it("is had by the keyboard for the image that the keyboard is at", async () => {
    await page.click("b");
    expect(await rightClick(page.list, { button: 0 })).toBe(false);
    const focused = () => document.activeElement?.textContent;
    expect(focused()).toBe("Show it large (Space)");
    expect(await page.key("ArrowDown", {}, items()[1])).toBe(false);
    expect(focused()).toBe("Edit the label (F2)");
    await page.key("End", {}, items()[2]);
    expect(focused()).toBe("Remove 1 image (Delete)");
    await page.key("ArrowDown", {}, items()[5]);
    expect(focused()).toBe("Show it large (Space)");
    await page.key("Escape", {}, items()[1]);
    expect(page.has("pool-menu")).toBe(false);
    expect(document.activeElement).toBe(page.list);
  });

  it("goes when something beside it is pressed, and when the pool on screen changes", async () => {
    await rightClick(page.cell("a"));
    page.control("pool-menu").click();
    expect(page.has("pool-menu")).toBe(false);
    await rightClick(page.cell("a"));
    await page.show("q");
    expect(page.has("pool-menu")).toBe(false);
  });

  it("leaves the node its own menu beside the images", async () => {
    expect(await rightClick(page.list)).toBe(true);
    expect(page.has("pool-menu")).toBe(false);
  });
});
