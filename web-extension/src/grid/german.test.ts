import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pool, settled } from "./testing/memory-pools";
import { GridPage } from "./testing/page";

let page: GridPage;

beforeEach(() => {
  page = new GridPage("de-CH");
  page.server.put(pool("p", ["a", "b", "c"]));
});

afterEach(() => page.grid.dispose());

describe("a German grid", () => {
  it("names its tools in German", async () => {
    await page.show("p");
    await page.click("a");
    await page.click("b", { ctrlKey: true });
    expect(page.control("pool-source").textContent).toBe("Eigene Bilder");
    expect(page.control("pool-add").textContent).toBe("Hinzufügen");
    expect(page.control("pool-enable").title).toBe("2 Bilder ausschalten");
    expect(page.control("pool-remove").title).toBe("2 Bilder entfernen (Entf)");
    expect(page.control<HTMLSelectElement>("pool-sort").options[1]?.text).toBe("Dateiname");
    expect(page.find(".tidepool-count").textContent).toBe("2 von 3 ausgewählt");
    expect(page.list.getAttribute("aria-label")).toBe("Bilder des Vorrats");
  });

  it("says in German that it is empty, that its profile is gone, and that nobody answers", async () => {
    await page.show("unused");
    expect(page.control("pool-empty").textContent).toContain("Noch keine Bilder");
    expect(page.control("pool-empty").textContent).toContain("Bilder hinzufügen");
    page.grid.show("gone", { kind: "missing", name: "Meer" });
    expect(page.control("pool-empty").textContent).toContain("„Meer“ wurde gelöscht");
    expect(page.control("pool-source").textContent).toBe("Meer (fehlt)");
    page.server.refuse = new TypeError("Failed to fetch");
    await page.show("p");
    expect(page.control("pool-error").textContent).toContain("ComfyUI antwortet nicht");
  });

  it("tells in German what was done", async () => {
    await page.show("p");
    await page.click("b");
    await page.key("Delete");
    await settled();
    expect(page.server.undos.map(one => one.message)).toEqual(["1 Bild entfernt"]);
  });
});
