import { describe, expect, it } from "vitest";
import { moved, shownLabel, slotNumbers, sorted, steppedIndex } from "./order";
import { slot } from "./testing/memory-pools";

const order = ["a", "b", "c", "d", "e"];

describe("moved", () => {
  it("puts one before another", () => {
    expect(moved(order, new Set(["a"]), 3).join("")).toBe("bcade");
    expect(moved(order, new Set(["e"]), 0).join("")).toBe("eabcd");
    expect(moved(order, new Set(["b"]), 5).join("")).toBe("acdeb");
  });

  it("brings several together and keeps their order", () => {
    expect(moved(order, new Set(["e", "a", "c"]), 2).join("")).toBe("baced");
  });

  it("changes nothing when a block is dropped onto itself", () => {
    expect(moved(order, new Set(["b", "c"]), 1)).toEqual(order);
    expect(moved(order, new Set(["b", "c"]), 2)).toEqual(order);
    expect(moved(order, new Set(["b", "c"]), 3)).toEqual(order);
  });

  it("steps a block by places and stops at the ends", () => {
    const step = (names: string[], by: number) =>
      moved(order, new Set(names), steppedIndex(order, new Set(names), by)).join("");
    expect(step(["b"], 1)).toBe("acbde");
    expect(step(["b"], -1)).toBe("bacde");
    expect(step(["a"], -1)).toBe("abcde");
    expect(step(["d", "e"], 3)).toBe("abcde");
    expect(step(["a", "b"], 2)).toBe("cdabe");
  });
});

describe("sorted", () => {
  const slots = [
    slot("img10.png", { modified: 3, width: 10, height: 10, label: "Zebra" }),
    slot("img2.png", { modified: 1, width: 20, height: 20 }),
    slot("IMG1.png", { modified: 2, width: 5, height: 5, label: "apple" }),
  ];

  it("counts numbers in names as numbers and ignores case", () => {
    expect(sorted(slots, "name")).toEqual(["IMG1.png", "img2.png", "img10.png"]);
  });

  it("sorts by what is shown, by time, by size, and turns the order round", () => {
    expect(sorted(slots, "label")).toEqual(["IMG1.png", "img2.png", "img10.png"]);
    expect(sorted(slots, "newest")).toEqual(["img10.png", "IMG1.png", "img2.png"]);
    expect(sorted(slots, "oldest")).toEqual(["img2.png", "IMG1.png", "img10.png"]);
    expect(sorted(slots, "size")).toEqual(["img2.png", "img10.png", "IMG1.png"]);
    expect(sorted(slots, "reverse")).toEqual(["IMG1.png", "img2.png", "img10.png"]);
  });

  it("keeps the order of equal slots", () => {
    expect(sorted([slot("b"), slot("a"), slot("c")], "newest")).toEqual(["b", "a", "c"]);
  });
});

describe("slots", () => {
  it("are numbered as the node's index counts: enabled ones, from 0", () => {
    const numbers = slotNumbers([slot("a", { enabled: false }), slot("b"), slot("c", { enabled: false }), slot("d")]);
    expect([...numbers]).toEqual([
      ["b", 0],
      ["d", 1],
    ]);
  });

  it("show their file's name while they have no label", () => {
    expect(shownLabel(slot("a.png", { label: "" }))).toBe("a.png");
    expect(shownLabel(slot("a.png", { label: "Sea" }))).toBe("Sea");
  });
});
