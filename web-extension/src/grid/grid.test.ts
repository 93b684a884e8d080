import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { activated, labelled } from "./changes";
import { pool, settled } from "./testing/memory-pools";
import { GridPage } from "./testing/page";

const NAMES = ["a", "b", "c", "d", "e", "f"];

let page: GridPage;

beforeEach(async () => {
  page = new GridPage();
  page.server.put(pool("p", NAMES), pool("q", ["x", "y"]));
  await page.show("p");
});

afterEach(() => page.grid.dispose());

describe("showing a pool", () => {
  it("describes it to tests and screen readers", () => {
    expect(page.data("poolId")).toBe("p");
    expect(page.data("state")).toBe("ready");
    expect(page.data("count")).toBe("6");
    expect(page.data("source")).toBe("own");
    expect(page.shown()).toEqual(NAMES);
    expect(page.cell("b").getAttribute("aria-label")).toBe("1, b, 640 by 480");
    expect(page.cell("a").dataset["active"]).toBe("true");
  });

  it("keeps only what is on screen in the page", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `${index}.png`);
    page.server.put(pool("many", many));
    await page.show("many");
    expect(page.data("count")).toBe("10000");
    expect(page.shown().length).toBeLessThan(40);
  });

  it("shows the pool that it knows at once when it comes back, with its selection", async () => {
    await page.click("c", { ctrlKey: true });
    await page.show("q");
    expect(page.shown()).toEqual(["x", "y"]);
    page.server.held = true;
    page.grid.show("p", { kind: "own" });
    expect(page.shown()).toEqual(NAMES);
    expect(page.selected()).toEqual(["c"]);
  });

  it("never shows a late answer for another pool", async () => {
    page.server.held = true;
    page.grid.show("q", { kind: "own" });
    await settled();
    page.grid.show("p", { kind: "own" });
    await page.server.release();
    expect(page.data("poolId")).toBe("p");
    expect(page.shown()).toEqual(NAMES);
  });

  it("follows the server's events for this pool only", async () => {
    const { revision } = page.server.apply("p", labelled("a", "Sea"));
    page.server.asked.length = 0;
    page.grid.changed("q", revision);
    expect(page.server.asked).toEqual([]);
    page.grid.changed("p", revision);
    await settled();
    expect(page.cell("a").textContent).toContain("Sea");
    expect(page.data("revision")).toBe(revision);
  });

  it("says when it is empty, missing, or cannot be read, and reads again on request", async () => {
    await page.show("unused");
    expect(page.data("state")).toBe("empty");
    expect(page.control("pool-empty").textContent).toContain("No images yet");
    page.grid.show("gone", { kind: "missing", name: "Sea" });
    await settled();
    expect(page.control("pool-empty").textContent).toContain("This profile is gone");
    expect(page.control("pool-source").textContent).toBe("Sea (missing)");
    expect(page.control<HTMLButtonElement>("pool-add").disabled).toBe(true);
    page.server.refuse = Object.assign(new Error("No permission."), { hints: ["Check the owner."] });
    page.server.put(pool("r", ["z"]));
    await page.show("r");
    expect(page.data("state")).toBe("error");
    expect(page.control("pool-error").textContent).toContain("Check the owner.");
    await page.press("pool-retry");
    expect(page.shown()).toEqual(["z"]);
    expect(page.has("pool-error")).toBe(false);
  });

  it("keeps showing what it knows while the server does not answer", async () => {
    page.server.refuse = new TypeError("Failed to fetch");
    page.grid.changed("p", "newer");
    await settled();
    expect(page.data("state")).toBe("ready");
    expect(page.shown()).toEqual(NAMES);
    expect(page.control("pool-error").textContent).toContain("ComfyUI does not answer");
  });
});

describe("the active image", () => {
  it("is the one that was clicked, at once", async () => {
    page.server.held = true;
    await page.click("c");
    expect(page.cell("c").dataset["active"]).toBe("true");
    expect(page.cell("a").dataset["active"]).toBe("false");
    expect(page.grid.pool?.active).toBe("c");
  });

  it("goes back when the server refuses", async () => {
    page.server.refuse = new Error("no");
    await page.click("c");
    expect(page.cell("a").dataset["active"]).toBe("true");
    expect(page.server.errors.length).toBe(1);
  });

  it("is never a disabled one", async () => {
    await page.click("c", { ctrlKey: true });
    await page.press("pool-enable");
    await page.click("c");
    expect(page.grid.pool?.active).toBe("a");
    expect(page.server.asked).not.toContain("activate p c");
  });

  it("follows another tab", async () => {
    page.grid.changed("p", page.server.apply("p", activated("e")).revision);
    await settled();
    expect(page.cell("e").dataset["active"]).toBe("true");
  });
});

describe("selecting", () => {
  it("works with Ctrl, Shift and Ctrl-A without activating", async () => {
    await page.click("b");
    await page.click("d", { ctrlKey: true });
    expect(page.selected()).toEqual(["b", "d"]);
    await page.click("f", { shiftKey: true });
    expect(page.selected()).toEqual(["d", "e", "f"]);
    await page.key("a", { ctrlKey: true });
    expect(page.selected()).toEqual(NAMES);
    expect(page.grid.pool?.active).toBe("b");
  });

  it("works with arrows, and Enter activates", async () => {
    await page.key("Home");
    await page.key("ArrowRight");
    await page.key("ArrowDown");
    expect(page.selected()).toEqual(["f"]);
    expect(page.list.getAttribute("aria-activedescendant")).toBe(page.cell("f").id);
    await page.key("ArrowLeft", { shiftKey: true });
    expect(page.selected()).toEqual(["e", "f"]);
    expect(page.grid.pool?.active).toBe("a");
    await page.key("Enter");
    expect(page.grid.pool?.active).toBe("e");
  });
});

describe("keys", () => {
  it("that the grid uses never reach the page, so that no node is deleted", async () => {
    await page.click("b");
    for (const key of ["Delete", "Backspace", " ", "Escape", "Enter", "ArrowDown", "Home", "F2"]) {
      expect(await page.key(key), key).toBe(false);
      await page.key("Escape", {}, document.activeElement as HTMLElement);
      await page.click(page.shown()[0] ?? "");
    }
  });

  it("that the grid does not use go on to ComfyUI", async () => {
    expect(await page.key("Enter", { ctrlKey: true })).toBe(true);
    expect(await page.key("z", { ctrlKey: true })).toBe(true);
  });

  it("delete images also while a button has the focus", async () => {
    await page.click("b");
    expect(await page.key("Delete", {}, page.control("pool-enable"))).toBe(false);
    expect(page.shown()).toEqual(["a", "c", "d", "e", "f"]);
  });

  it("move images with Alt", async () => {
    await page.click("b");
    await page.key("ArrowRight", { altKey: true });
    expect(page.server.names("p")).toEqual(["a", "c", "b", "d", "e", "f"]);
    await page.key("Home", { altKey: true });
    expect(page.server.names("p")).toEqual(["b", "a", "c", "d", "e", "f"]);
  });
});

describe("removing", () => {
  it("shows it at once, moves on to the next image, and can be undone", async () => {
    await page.click("b");
    await page.click("c", { ctrlKey: true });
    page.server.held = true;
    await page.key("Delete");
    expect(page.shown()).toEqual(["a", "d", "e", "f"]);
    page.server.held = false;
    await page.server.release();
    await page.server.release();
    expect(page.server.undos.map(one => one.message)).toEqual(["2 images removed"]);
    await page.server.undos[0]?.undo();
    expect(page.shown().toSorted()).toEqual(NAMES);
  });

  it("undoes in its own pool, also when another one is shown", async () => {
    await page.click("b");
    await page.key("Delete");
    await page.show("q");
    await page.server.undos[0]?.undo();
    expect(page.server.names("p")).toContain("b");
    expect(page.shown()).toEqual(["x", "y"]);
  });
});
