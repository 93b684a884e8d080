import { expect, it } from "vitest";
import { FramePass } from "./watch";

it("a pass runs once per frame, and again when asked while it runs", () => {
  const frames: (() => void)[] = [];
  let runs = 0;
  const pass = new FramePass(
    () => {
      runs += 1;
      if (runs === 1) pass.ask();
    },
    run => frames.push(run),
  );
  pass.ask();
  pass.ask();
  expect(frames).toHaveLength(1);
  frames.shift()?.();
  expect(runs).toBe(1);
  frames.shift()?.();
  expect(runs).toBe(2);
  expect(frames).toHaveLength(0);
});
