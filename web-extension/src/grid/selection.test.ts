import { describe, expect, it } from "vitest";
import { NOTHING, prune, select, selectAll, selectNone, targets } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const list = (names: ReadonlySet<string>) => [...names].join("");

describe("select", () => {
  it("selects one alone", () => {
    const selection = select(select(NOTHING, order, "a", "only"), order, "c", "only");
    expect(list(selection.names)).toBe("c");
    expect(selection.cursor).toBe("c");
  });

  it("adds and takes away one by one", () => {
    const two = select(select(NOTHING, order, "a", "only"), order, "c", "toggle");
    expect(list(two.names)).toBe("ac");
    expect(list(select(two, order, "a", "toggle").names)).toBe("c");
  });

  it("selects a range from the anchor, in both directions, and lets it shrink again", () => {
    const anchored = select(NOTHING, order, "c", "only");
    const far = select(anchored, order, "e", "range");
    expect(list(far.names)).toBe("cde");
    const back = select(far, order, "b", "range");
    expect(list(back.names)).toBe("bc");
    expect(back.anchor).toBe("c");
  });

  it("starts a range at the slot itself when nothing was selected", () => {
    expect(list(select(NOTHING, order, "d", "range").names)).toBe("d");
  });

  it("selects everything and nothing", () => {
    expect(selectAll(NOTHING, order).names.size).toBe(5);
    const none = selectNone(select(NOTHING, order, "b", "only"));
    expect(none.names.size).toBe(0);
    expect(none.cursor).toBe("b");
  });
});

describe("prune", () => {
  it("moves the cursor to the slot that followed the vanished one", () => {
    const pruned = prune(select(NOTHING, order, "c", "only"), order, ["a", "b", "d", "e"]);
    expect(pruned.cursor).toBe("d");
    expect(pruned.names.size).toBe(0);
  });

  it("moves it back when the last one vanished, and nowhere in an empty pool", () => {
    const last = select(NOTHING, order, "e", "only");
    expect(prune(last, order, ["a", "b"]).cursor).toBe("b");
    expect(prune(last, order, []).cursor).toBeNull();
  });

  it("leaves a selection alone that lost nothing", () => {
    const selection = select(NOTHING, order, "a", "only");
    expect(prune(selection, order, ["b", "a"])).toBe(selection);
  });
});

describe("targets", () => {
  it("names the selected slots in the pool's order, else the one under the cursor", () => {
    const selection = select(select(NOTHING, order, "d", "only"), order, "b", "toggle");
    expect(targets(selection, order)).toEqual(["b", "d"]);
    expect(targets(selectNone(selection), order)).toEqual(["b"]);
    expect(targets(NOTHING, order)).toEqual([]);
  });
});
