import { describe, expect, it } from "vitest";
import { optionsFor, optionValue, poolOf, readChoice } from "./choice";

const sea = { id: "p1", name: "Sea", created: 1 };
const land = { id: "p2", name: "Land", created: 2 };
const profiles = [sea, land];

describe("the chosen profile", () => {
  it("is decided by the id, whatever the name says", () => {
    expect(readChoice({ id: "p1", name: "Land" }, profiles)).toEqual({ kind: "profile", id: "p1", name: "Sea" });
  });

  it("is looked up by name without an id, ignoring case", () => {
    expect(readChoice({ id: "", name: " sea " }, profiles)).toEqual({ kind: "profile", id: "p1", name: "Sea" });
  });

  it("is missing when the id is gone, even where another has its name", () => {
    const choice = readChoice({ id: "gone", name: "Sea" }, profiles);
    expect(choice).toEqual({ kind: "missing", id: "gone", name: "Sea" });
    expect(poolOf(choice)).toBe("gone");
  });

  it("is missing when no profile has the name, and then has no pool", () => {
    const choice = readChoice({ id: "", name: "Sky" }, profiles);
    expect(choice).toMatchObject({ kind: "missing", name: "Sky" });
    expect(poolOf(choice)).toBeUndefined();
  });

  it("is not called missing before the profiles are known", () => {
    expect(readChoice({ id: "p1", name: "Sea" }, undefined)).toEqual({ kind: "unread", id: "p1", name: "Sea" });
  });

  it("is the default pool when nothing was chosen", () => {
    expect(poolOf(readChoice({ id: "", name: "" }, undefined))).toBe("default");
  });
});

describe("the dropdown", () => {
  it("lists names in order", () => {
    const choice = readChoice({ id: "p1", name: "" }, profiles);
    expect(optionsFor(choice, profiles).map(option => option.name)).toEqual(["Land", "Sea"]);
    expect(optionValue(choice)).toBe("p1");
  });

  it("keeps a missing profile, selected", () => {
    for (const chosen of [
      { id: "gone", name: "Sky" },
      { id: "", name: "Sky" },
    ]) {
      const choice = readChoice(chosen, profiles);
      const options = optionsFor(choice, profiles);
      expect(options.find(option => option.value === optionValue(choice))).toMatchObject({
        name: "Sky",
        missing: true,
      });
    }
  });
});
