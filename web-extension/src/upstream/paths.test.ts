import { describe, expect, it } from "vitest";
import { allGraphs, OpenedInstances, pathOfExecutionId } from "./paths";
import { TestGraph } from "./testing";

describe("the path on screen", () => {
  const root = new TestGraph();
  const [middle, inner] = [new TestGraph(), new TestGraph()];
  const [first, second] = [root.instance(middle), root.instance(middle)];
  const deep = middle.instance(inner);

  it("is empty in the root graph", () => {
    expect(new OpenedInstances().pathTo(root, root)).toEqual([]);
  });

  it("goes through the instance that was opened", () => {
    const opened = new OpenedInstances();
    expect(opened.pathTo(inner, root)).toEqual([first, deep]);
    opened.opened(middle, second);
    opened.opened(inner, deep);
    expect(opened.pathTo(inner, root)).toEqual([second, deep]);
  });

  it("forgets an instance that was deleted", () => {
    const graph = new TestGraph();
    const [kept, deleted] = [graph.instance(middle), graph.instance(middle)];
    const opened = new OpenedInstances();
    opened.opened(middle, deleted);
    graph.nodes.pop();
    expect(opened.pathTo(middle, graph)).toEqual([kept]);
  });

  it("is empty for a subgraph that is used nowhere", () => {
    expect(new OpenedInstances().pathTo(new TestGraph(), root)).toEqual([]);
  });

  it("is read from a prompt's node id", () => {
    expect(pathOfExecutionId("7", root)).toEqual([]);
    expect(pathOfExecutionId(`${second.id}:${deep.id}:9`, root)).toEqual([second, deep]);
    expect(pathOfExecutionId("99:1", root)).toBeUndefined();
  });

  it("knows every graph once", () => {
    expect([...allGraphs(root)]).toEqual([root, middle, inner]);
  });
});
