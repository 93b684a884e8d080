import { describe, expect, it } from "vitest";
import { commandOf, type KeyPress, stepped } from "./keyboard";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe("commandOf", () => {
  it("moves, extends, goes without selecting, and shifts images", () => {
    expect(commandOf(press("ArrowLeft"))).toEqual({ kind: "move", by: "left", mode: "only" });
    expect(commandOf(press("End", { shiftKey: true }))).toEqual({ kind: "move", by: "end", mode: "extend" });
    expect(commandOf(press("ArrowUp", { ctrlKey: true }))).toEqual({ kind: "move", by: "up", mode: "cursor" });
    expect(commandOf(press("ArrowDown", { altKey: true }))).toEqual({ kind: "shift", by: "down" });
  });

  it.each([
    ["Enter", "activate"],
    [" ", "preview"],
    ["Delete", "remove"],
    ["Backspace", "remove"],
    ["F2", "rename"],
    ["Escape", "clear"],
  ])("%s means %s", (key, kind) => {
    expect(commandOf(press(key))).toEqual({ kind });
  });

  it("takes Ctrl and the Mac's command key alike", () => {
    expect(commandOf(press("a", { ctrlKey: true }))).toEqual({ kind: "all" });
    expect(commandOf(press("a", { metaKey: true }))).toEqual({ kind: "all" });
  });

  it.each([
    press("Enter", { ctrlKey: true }),
    press("z", { ctrlKey: true }),
    press("s", { ctrlKey: true }),
    press("r"),
    press("Tab"),
    press("a"),
  ])("leaves $key to ComfyUI", key => {
    expect(commandOf(key)).toBeNull();
  });
});

describe("stepped", () => {
  // Eleven cells in four columns: rows of 4, 4 and 3.
  const step = (index: number, by: Parameters<typeof stepped>[1]) => stepped(index, by, 11, 4, 2);

  it("goes to neighbours and stays at the ends", () => {
    expect(step(0, "left")).toBe(0);
    expect(step(3, "right")).toBe(4);
    expect(step(10, "right")).toBe(10);
    expect(step(1, "up")).toBe(1);
    expect(step(5, "up")).toBe(1);
    expect(step(1, "down")).toBe(5);
  });

  it("lands on the last cell below where the last row is shorter", () => {
    expect(step(7, "down")).toBe(10);
    expect(step(10, "down")).toBe(10);
    expect(step(8, "down")).toBe(8);
  });

  it("goes by pages in the same column", () => {
    expect(step(2, "pageDown")).toBe(10);
    expect(step(3, "pageDown")).toBe(10);
    expect(step(9, "pageUp")).toBe(1);
    expect(step(5, "pageUp")).toBe(1);
  });

  it("goes to the ends, and begins at an end when nothing is chosen", () => {
    expect(step(5, "home")).toBe(0);
    expect(step(5, "end")).toBe(10);
    expect(step(-1, "right")).toBe(0);
    expect(step(-1, "end")).toBe(10);
  });
});
