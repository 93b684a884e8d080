import { describe, expect, it } from "vitest";
import type { LiveGraph, Node } from "../comfy/types";
import { TestGraph } from "../upstream/testing";
import { strays } from "./strays";

const CHOICES = ["sea.safetensors", "sd15/sand.safetensors"];

function loader(graph: TestGraph, value: unknown, more: Partial<Node> = {}): Node {
  const widget = { name: "ckpt_name", type: "combo", value, options: { values: CHOICES } };
  return graph.add({ comfyClass: "CheckpointLoaderSimple", widgets: [widget], ...more }) as Node;
}

const USER = { type: "CheckpointLoaderSimple", input: "ckpt_name" };

const found = (graph: TestGraph) => strays(graph as unknown as LiveGraph);

describe("strays", () => {
  it("are combos whose value cannot be chosen", () => {
    const graph = new TestGraph();
    loader(graph, "sea.safetensors");
    const lost = loader(graph, "gone.safetensors");
    const [stray, ...others] = found(graph);
    expect(others).toEqual([]);
    expect(stray).toMatchObject({ value: "gone.safetensors", users: [USER] });
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
      { value: "gone.safetensors", users: [USER] },
      { value: "inner.safetensors", users: [USER] },
    ]);
  });

  it("name every node that an input of a subgraph feeds", () => {
    const inside = new TestGraph();
    const input = (link: number) => ({ name: "ckpt_name", type: "COMBO", link, widget: { name: "ckpt_name" } });
    loader(inside, "", { id: 5, inputs: [input(1)] });
    loader(inside, "", { id: 6, inputs: [input(2)], comfyClass: "LTXVAudioVAELoader" });
    const subgraph = Object.assign(inside, {
      inputs: [{ linkIds: [1, 2] }],
      getLink: (link: number) => ({ origin_id: -10, origin_slot: 0, target_id: link + 4, target_slot: 0 }),
    });
    const graph = new TestGraph();
    const widgets = [{ name: "model", value: "gone.safetensors", options: { values: CHOICES } }];
    graph.add({ subgraph, inputs: [{ name: "model", type: "COMBO" }], widgets } as Partial<Node>);
    expect(found(graph)).toMatchObject([{ users: [USER, { type: "LTXVAudioVAELoader", input: "ckpt_name" }] }]);
  });

  it("are found in a primitive node, which names who it is linked to", () => {
    const graph = new TestGraph();
    const input = { name: "ckpt_name", type: "COMBO", link: 1, widget: { name: "ckpt_name" } };
    loader(graph, "gone.safetensors", { id: 5, inputs: [input] });
    const primitive = {
      type: "PrimitiveNode",
      isVirtualNode: true,
      graph: Object.assign(graph, {
        getLink: () => ({ origin_id: 6, origin_slot: 0, target_id: 5, target_slot: 0 }),
      }),
      outputs: [{ type: "COMBO", links: [1] }],
      widgets: [{ name: "value", value: "gone.safetensors", options: { values: CHOICES } }],
    };
    const holder = graph.add(primitive as unknown as Partial<Node>);
    expect(found(graph)).toMatchObject([{ node: holder, users: [USER] }]);
  });
});
