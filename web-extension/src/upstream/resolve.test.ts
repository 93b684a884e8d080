import { describe, expect, it } from "vitest";
import { BYPASSED, type GraphNode, MUTED } from "./graph";
import { type InstancePath, resolveUpstream } from "./resolve";
import { TestGraph } from "./testing";

const upstream = (pool: GraphNode, path: InstancePath = []) => resolveUpstream(pool, "profile", path, "PoolProfile");

describe("the profile of a pool", () => {
  it("is none while nothing is connected, and again after a disconnect", () => {
    const graph = new TestGraph();
    const [profile, pool] = [graph.profile(), graph.pool()];
    expect(upstream(pool)).toEqual({ kind: "none" });
    graph.connect(profile, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
    graph.disconnect(pool);
    expect(upstream(pool)).toEqual({ kind: "none" });
  });

  it("is found along a chain of reroute nodes", () => {
    const graph = new TestGraph();
    const [profile, first, second, pool] = [graph.profile(), graph.reroute(), graph.reroute(), graph.pool()];
    graph.connect(profile, first);
    graph.connect(first, second);
    graph.connect(second, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
  });

  it("is found through a Set/Get pair, and none when no Set node has the name", () => {
    const graph = new TestGraph();
    const [profile, setter, getter, lost] = [graph.profile(), graph.setter("A"), graph.getter("A"), graph.getter("B")];
    const [pool, other] = [graph.pool(), graph.pool()];
    graph.connect(profile, setter);
    graph.connect(getter, pool);
    graph.connect(lost, other);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
    expect(upstream(other)).toEqual({ kind: "none" });
  });

  it("is none when the profile node is muted or bypassed", () => {
    const graph = new TestGraph();
    const [profile, pool] = [graph.profile(), graph.pool()];
    graph.connect(profile, pool);
    for (const mode of [MUTED, BYPASSED]) {
      profile.mode = mode;
      expect(upstream(pool)).toEqual({ kind: "none" });
    }
  });

  it("is found past a bypassed node, by the input of the fitting type", () => {
    const graph = new TestGraph();
    const [profile, pool] = [graph.profile(), graph.pool()];
    const mixed = graph.add({
      mode: BYPASSED,
      inputs: [
        { name: "image", type: "IMAGE" },
        { name: "profile", type: "POOL_PROFILE" },
      ],
      outputs: [{ type: "POOL_PROFILE" }],
    });
    graph.connect(profile, mixed, 1);
    graph.connect(mixed, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
  });

  it("is found through a node that hands one value through, unknown behind one that chooses", () => {
    const graph = new TestGraph();
    const [profile, pool] = [graph.profile(), graph.pool()];
    const inputs = ["a", "b"].map(name => ({ name, type: "POOL_PROFILE" }));
    const choice = graph.add({ inputs, outputs: [{ type: "POOL_PROFILE" }] });
    graph.connect(profile, choice, 0);
    graph.connect(choice, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
    graph.connect(profile, choice, 1);
    expect(upstream(pool)).toEqual({ kind: "unknown", node: choice });
  });

  it("ends a walk in a circle", () => {
    const graph = new TestGraph();
    const [first, second, pool] = [graph.reroute(), graph.reroute(), graph.pool()];
    graph.connect(first, second);
    graph.connect(second, first);
    graph.connect(second, pool);
    expect(upstream(pool)).toEqual({ kind: "none" });
  });
});

describe("the profile of a pool in subgraphs", () => {
  it("comes from outside, and differs between two instances of one subgraph", () => {
    const [root, inside] = [new TestGraph(), new TestGraph()];
    const pool = inside.pool();
    inside.connectInput(pool);
    const [first, second] = [root.instance(inside), root.instance(inside)];
    const [left, right] = [root.profile(), root.profile()];
    root.connect(left, first);
    root.connect(right, second);
    expect(upstream(pool, [first])).toEqual({ kind: "found", node: left });
    expect(upstream(pool, [second])).toEqual({ kind: "found", node: right });
    root.disconnect(second);
    expect(upstream(pool, [second])).toEqual({ kind: "none" });
  });

  it("comes out of a subgraph that holds the profile node", () => {
    const [root, inside] = [new TestGraph(), new TestGraph()];
    const profile = inside.profile();
    inside.connectOutput(profile);
    const [instance, pool] = [root.instance(inside), root.pool()];
    root.connect(instance, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
    instance.mode = MUTED;
    expect(upstream(pool)).toEqual({ kind: "none" });
  });

  it("comes through a subgraph and back, two levels deep", () => {
    const [root, middle, inner] = [new TestGraph(), new TestGraph(), new TestGraph()];
    const innerReroute = inner.reroute();
    inner.connectInput(innerReroute);
    inner.connectOutput(innerReroute);
    const innerInstance = middle.instance(inner);
    middle.connectInput(innerInstance);
    middle.connectOutput(innerInstance);
    const [profile, instance, pool] = [root.profile(), root.instance(middle), root.pool()];
    root.connect(profile, instance);
    root.connect(instance, pool);
    expect(upstream(pool)).toEqual({ kind: "found", node: profile });
  });

  it("comes from a Set node outside, named by a Get node inside", () => {
    const [root, inside] = [new TestGraph(), new TestGraph()];
    const [getter, pool] = [inside.getter("A"), inside.pool()];
    inside.connect(getter, pool);
    const [profile, setter, instance] = [root.profile(), root.setter("A"), root.instance(inside)];
    root.connect(profile, setter);
    expect(upstream(pool, [instance])).toEqual({ kind: "found", node: profile });
  });

  it("is none without a path to an instance", () => {
    const inside = new TestGraph();
    const pool = inside.pool();
    inside.connectInput(pool);
    expect(upstream(pool)).toEqual({ kind: "none" });
  });
});
