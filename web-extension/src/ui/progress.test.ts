import { describe, expect, it } from "vitest";
import { Progress } from "./progress";

function setUp() {
  const seen: string[] = [];
  const clock = { now: 0 };
  const toasts = {
    progress: (message: string) => {
      seen.push(message);
      return { show: (share: number) => seen.push(String(share)), end: () => seen.push("end") };
    },
  };
  return { seen, clock, progress: new Progress(toasts, () => clock.now) };
}

describe("progress", () => {
  it("shows work that takes longer than a moment, until its last byte", () => {
    const { seen, clock, progress } = setUp();
    const { token } = progress.begin("Packing");
    progress.told(token, 1, 4);
    clock.now = 600;
    progress.told(token, 2, 4);
    progress.told(token, 3, 4);
    progress.told(token, 4, 4);
    progress.told(token, 4, 4);
    expect(seen).toEqual(["Packing", "0.5", "0.75", "end"]);
  });

  it("tells of the end once, by the last byte or by a call", () => {
    const { progress } = setUp();
    const ends: string[] = [];
    const first = progress.begin("Packing", () => ends.push("first"));
    progress.told(first.token, 4, 4);
    progress.told(first.token, 4, 4);
    first.end();
    progress.begin("Packing", () => ends.push("second")).end();
    expect(ends).toEqual(["first", "second"]);
  });

  it("shows nothing for short work, and nothing of other pages' work", async () => {
    const { seen, progress } = setUp();
    expect(await progress.during("Importing", async token => token.length)).toBe(36);
    progress.told("another", 1, 2);
    expect(seen).toEqual([]);
  });

  it("ends with work that fails", async () => {
    const { seen, clock, progress } = setUp();
    const work = progress.during("Importing", async token => {
      clock.now = 600;
      progress.told(token, 1, 2);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(seen).toEqual(["Importing", "0.5", "end"]);
  });
});
