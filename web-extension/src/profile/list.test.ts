import { describe, expect, it } from "vitest";
import type { Profile } from "../api/shape";
import { ProfileList } from "./list";

const named = (name: string): Profile => ({ id: name, name, created: 1 });

describe("the list of profiles", () => {
  it("is read once for everybody who needs it", async () => {
    let reads = 0;
    const list = new ProfileList(async () => [named(`${++reads}`)]);
    await Promise.all([list.ensure(), list.ensure()]);
    await list.ensure();
    expect(reads).toBe(1);
  });

  it("is read again when a change comes while it is being read", async () => {
    const answers = [[named("old")], [named("new")]];
    const list = new ProfileList(async () => answers.shift() ?? []);
    const told: unknown[] = [];
    list.listen(() => told.push(list.profiles?.[0]?.name));
    await Promise.all([list.refresh(), list.refresh()]);
    expect(told).toEqual(["new"]);
  });

  it("keeps what it knew when a reading fails, and says why", async () => {
    let fail = false;
    const list = new ProfileList(async () => {
      if (fail) throw new Error("away");
      return [named("A")];
    });
    await list.refresh();
    fail = true;
    await list.refresh();
    expect(list.profiles?.[0]?.name).toBe("A");
    expect(list.error).toEqual(new Error("away"));
  });

  it("tells nobody who left", async () => {
    const list = new ProfileList(async () => []);
    let told = 0;
    list.listen(() => told++)();
    await list.refresh();
    expect(told).toBe(0);
  });
});
