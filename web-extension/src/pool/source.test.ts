import { describe, expect, it } from "vitest";
import type { Choice } from "../profile/choice";
import { textsFor } from "../ui/texts";
import type { GraphNode } from "../upstream/graph";
import { shownPool } from "./source";

const node: GraphNode = { id: 1, title: "Switch" };
const shown = (choice: Choice | undefined) => shownPool({ kind: "found", node }, "own", () => choice, textsFor("en"));

describe("the pool that a node shows", () => {
  it("is its own when no profile feeds it", () => {
    const none = shownPool({ kind: "none" }, "own", () => undefined, textsFor("en"));
    expect(none).toEqual({ id: "own", source: { kind: "own" } });
  });

  it("is the profile's, also before the profiles are known", () => {
    for (const kind of ["profile", "unread"] as const) {
      expect(shown({ kind, id: "p1", name: "Sea" })).toEqual({ id: "p1", source: { kind: "profile", name: "Sea" } });
    }
  });

  it("is the shared one of a profile node without a choice", () => {
    expect(shown({ kind: "default" })).toEqual({ id: "default", source: { kind: "profile", name: "Default pool" } });
  });

  it("is that of the missing profile, never another's", () => {
    expect(shown({ kind: "missing", id: "gone", name: "Sea" })).toEqual({
      id: "gone",
      source: { kind: "missing", name: "Sea" },
    });
  });

  it("cannot be told where another node chooses", () => {
    const source = shownPool({ kind: "unknown", node }, "own", () => undefined, textsFor("en")).source;
    expect(source).toEqual({ kind: "missing", name: "what “Switch” chooses when it runs" });
  });
});
