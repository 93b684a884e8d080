import { describe, expect, it } from "vitest";
import { activated, enabled, labelled, removed, reordered, unmasked } from "./changes";
import { pool, slot } from "./testing/memory-pools";

const before = pool("p", ["a", "b", "c", "d"], { active: "b" });
const names = (changed: { slots: readonly { name: string }[] }) => changed.slots.map(one => one.name).join("");

describe("changes", () => {
  it("activate only what is enabled and there", () => {
    expect(activated("c")(before).active).toBe("c");
    expect(activated("x")(before)).toBe(before);
    expect(activated("c")(enabled(["c"], false)(before)).active).toBe("b");
  });

  it("give the active place of a removed slot to the next, else to the one before", () => {
    expect(removed(["b"])(before).active).toBe("c");
    expect(removed(["b", "c", "d"])(before).active).toBe("a");
    expect(removed(["a", "b", "c", "d"])(before).active).toBeNull();
    expect(names(removed(["b"])(before))).toBe("acd");
  });

  it("pass disabled neighbours over", () => {
    const one = enabled(["c"], false)(before);
    expect(removed(["b"])(one).active).toBe("d");
    expect(enabled(["a", "b", "d"], false)(one).active).toBeNull();
  });

  it("order as named and leave unnamed slots at the end", () => {
    expect(names(reordered(["d", "b", "a", "c"])(before))).toBe("dbac");
    expect(names(reordered(["d", "c"])(before))).toBe("dcab");
    expect(names(reordered(["x", "d"])(before))).toBe("dabc");
  });

  it("label one slot and take one mask away", () => {
    expect(labelled("a", "Sea")(before).slots[0]?.label).toBe("Sea");
    const masked = { ...before, slots: [slot("a", { mask: true }), slot("b", { mask: true })] };
    expect(unmasked("a")(masked).slots.map(one => one.mask)).toEqual([false, true]);
  });
});
