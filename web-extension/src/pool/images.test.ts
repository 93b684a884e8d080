import { describe, expect, it } from "vitest";
import type { LiveGraph, Node } from "../comfy/types";
import { shownImages } from "./images";

const root = {} as LiveGraph;
const inside = { id: "sub" } as LiveGraph;
const image = { filename: "a.png", subfolder: "x", type: "temp" };
const nodeIn = (graph: LiveGraph, ...sources: string[]) =>
  ({ id: "7", graph, imgs: sources.map(src => Object.assign(new Image(), { src })) }) as unknown as Node;

describe("the images that a node shows", () => {
  it("are those it made last", () => {
    const app = { rootGraph: root, nodeOutputs: { "7": { images: [image, { subfolder: "no name" }] } } };
    expect(shownImages(nodeIn(root), app)).toEqual([image]);
  });

  it("are kept apart in subgraphs", () => {
    const app = { rootGraph: root, nodeOutputs: { "sub:7": { images: [image] } } };
    expect(shownImages(nodeIn(inside), app)).toEqual([image]);
    expect(shownImages(nodeIn(root), app)).toEqual([]);
  });

  it("are those drawn on it otherwise", () => {
    const node = nodeIn(root, "http://host/api/view?filename=b.png&type=input&subfolder=", "data:image/png;base64,");
    expect(shownImages(node, { rootGraph: root, nodeOutputs: {} })).toEqual([
      { filename: "b.png", subfolder: "", type: "input" },
    ]);
  });
});
