import { describe, expect, it } from "vitest";
import type { LiveGraph, Node } from "../comfy/types";
import { TestGraph } from "../upstream/testing";
import { strays } from "./strays";

const CHOICES = ["sea.safetensors", "sd15/sand.safetensors"];

function loader(graph: TestGraph, value: unknown, more: Partial<Node> = {}): Node {
  const widget = { name: "ckpt_name", type: "combo", value, options: { values: CHOICES } };
  return graph.add({ comfyClass: "CheckpointLoaderSimple", widgets: [widget], ...more }) as Node;
}

const found = (graph: TestGraph) => strays(graph as unknown as LiveGraph);

describe("strays", () => {
  it("are combos whose value cannot be chosen", () => {
    const graph = new TestGraph();
    loader(graph, "sea.safetensors");
    const lost = loader(graph, "gone.safetensors");
    const [stray, ...others] = found(graph);
    expect(others).toEqual([]);
    expect(stray).toMatchObject({ value: "gone.safetensors", type: "CheckpointLoaderSimple", input: "ckpt_name" });
    expect(stray?.node).toBe(lost);
  });

  it.each([
    ["a number", 3],
    ["nothing", ""],
    ["undefined", undefined],
  ])("are not widgets with %s", (_, value) => {
    const graph = new TestGraph();
    loader(graph, value);
    expect(found(graph)).toEqual([]);
  });

  it("are found whatever form the choices have", () => {
    const graph = new TestGraph();
    for (const values of [CHOICES, () => CHOICES, Object.fromEntries(CHOICES.map(name => [name, name]))]) {
      loader(graph, "sea.safetensors", { widgets: [{ name: "a", value: "sea.safetensors", options: { values } }] });
      loader(graph, "x", { widgets: [{ name: "b", value: "gone.safetensors", options: { values } }] });
    }
    expect(found(graph).map(({ widget }) => widget.name)).toEqual(["b", "b", "b"]);
  });

  it("are not what a link decides", () => {
    const graph = new TestGraph();
    const input = { name: "ckpt_name", type: "COMBO", link: 7, widget: { name: "ckpt_name" } };
    loader(graph, "gone.safetensors", { inputs: [input] });
    expect(found(graph)).toEqual([]);
  });

  it("carry the hash that the workflow names for the file", () => {
    const graph = new TestGraph();
    const models = [
      { name: "gone.safetensors", hash: "ab", hash_type: "SHA256", url: "https://example.org/gone" },
      { name: "other.safetensors", hash: "cd" },
      "nonsense",
    ];
    loader(graph, "sd15\\gone.safetensors", { properties: { models } });
    expect(found(graph)[0]?.hashes).toEqual([{ type: "SHA256", hash: "ab" }]);
  });

  it("are found inside subgraphs, and on an instance name the node inside that uses the value", () => {
    const inside = new TestGraph();
    const input = { name: "ckpt_name", type: "COMBO", link: 1, widget: { name: "ckpt_name" } };
    loader(inside, "old.safetensors", { id: 5, inputs: [input] });
    loader(inside, "inner.safetensors", { id: 6 });
    const subgraph = Object.assign(inside, {
      inputs: [{ linkIds: [1] }],
      getLink: () => ({ origin_id: -10, origin_slot: 0, target_id: 5, target_slot: 0 }),
    });
    const graph = new TestGraph();
    const outer = { name: "model", type: "COMBO", widget: { name: "model" } };
    const widgets = [{ name: "model", value: "gone.safetensors", options: { values: CHOICES } }];
    graph.add({ subgraph, inputs: [outer], widgets } as Partial<Node>);
    expect(found(graph)).toMatchObject([
      { value: "gone.safetensors", type: "CheckpointLoaderSimple", input: "ckpt_name" },
      { value: "inner.safetensors", type: "CheckpointLoaderSimple", input: "ckpt_name" },
    ]);
  });
});
