import { beforeEach, describe, expect, it } from "vitest";
import type { ModelOffers, ModelReference, Offer } from "../api/shape";
import type { LiveGraph, Node } from "../comfy/types";
import { testId } from "../testids";
import { textsFor } from "../ui/texts";
import { TestGraph } from "../upstream/testing";
import { ModelFinder } from "./finder";

const offer = (value: string, reason = "same-name", certain = true): Offer => ({ value, reason, certain });

/** A page with a graph of loaders, and what its server offers by name. */
class World {
  readonly graph = new TestGraph();
  readonly asked: ModelReference[][] = [];
  readonly said: string[] = [];
  readonly finder: ModelFinder;

  constructor(private readonly offers: Readonly<Record<string, ModelOffers>>) {
    document.body.replaceChildren();
    this.finder = new ModelFinder({
      client: {
        modelOffers: async references => {
          this.asked.push([...references]);
          return references.map(
            ({ type, value }) =>
              this.offers[`${type} ${value}`] ?? this.offers[value] ?? { folder: "checkpoints", offers: [] },
          );
        },
      },
      toasts: {
        done: text => this.said.push(text),
        warn: (text, detail) => this.said.push(`${text} ${detail}`),
        failed: error => this.said.push(`failed: ${String(error)}`),
      },
      texts: textsFor("en"),
      root: () => this.graph as unknown as LiveGraph,
    });
  }

  loader(value: string): Node {
    const widget = {
      name: "ckpt_name",
      type: "combo",
      value,
      options: { values: ["here.pt", "a/sea.pt", "b/sea.pt"] },
    };
    return this.graph.add({ comfyClass: "CheckpointLoaderSimple", title: "Load", widgets: [widget] }) as Node;
  }
}

const dialog = () => document.querySelector<HTMLDialogElement>(`[data-testid=${testId("models-dialog")}]`);
const choices = () => [...document.querySelectorAll<HTMLSelectElement>(`[data-testid=${testId("models-choice")}]`)];
const press = (name: "models-apply" | "models-later") =>
  document.querySelector<HTMLButtonElement>(`[data-testid=${testId(name)}]`)?.click();
const shown = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const fileOf = (node: Node) => node.widgets?.[0]?.value;

describe("the finder of models", () => {
  let world: World;

  beforeEach(() => {
    world = new World({
      "sea.pt": { folder: "checkpoints", offers: [offer("a/sea.pt")] },
      "two.pt": { folder: "checkpoints", offers: [offer("a/sea.pt"), offer("b/sea.pt")] },
      "SEA.pt": { folder: "checkpoints", offers: [offer("a/sea.pt", "other-case", false)] },
      "picture.png": { folder: null, offers: [] },
    });
  });

  it("asks nothing where every model is there", async () => {
    world.loader("here.pt");
    await world.finder.opened();
    expect(world.asked).toEqual([]);
    expect(dialog()).toBeNull();
  });

  it("puts right what the user agrees to, in every node with that name", async () => {
    const nodes = [world.loader("sea.pt"), world.loader("sea.pt")];
    const done = world.finder.opened();
    await shown();
    expect(world.asked[0]).toHaveLength(1);
    expect(choices().map(choice => choice.value)).toEqual(["a/sea.pt"]);
    press("models-apply");
    await done;
    expect(nodes.map(fileOf)).toEqual(["a/sea.pt", "a/sea.pt"]);
    expect(world.said).toEqual(["Put one model right."]);
    expect(dialog()).toBeNull();
  });

  it("changes nothing when it is closed, and does not come back by itself", async () => {
    const node = world.loader("sea.pt");
    const done = world.finder.opened();
    await shown();
    press("models-later");
    await done;
    expect(fileOf(node)).toBe("sea.pt");
    await world.finder.opened();
    expect(dialog()).toBeNull();
    void world.finder.search();
    await shown();
    expect(dialog()).not.toBeNull();
  });

  it.each([
    ["two files with the same name", "two.pt"],
    ["a name in another case", "SEA.pt"],
  ])("chooses nothing beforehand for %s", async (_, value) => {
    const node = world.loader(value);
    const done = world.finder.opened();
    await shown();
    const [choice] = choices();
    expect(choice?.value).toBe("");
    expect(document.querySelector<HTMLButtonElement>(`[data-testid=${testId("models-apply")}]`)?.disabled).toBe(true);
    if (choice) choice.value = "a/sea.pt";
    choice?.dispatchEvent(new Event("change", { bubbles: true }));
    press("models-apply");
    await done;
    expect(fileOf(node)).toBe("a/sea.pt");
  });

  it("leaves a widget alone that was changed while it asked", async () => {
    const node = world.loader("sea.pt");
    const done = world.finder.opened();
    await shown();
    const [widget] = node.widgets ?? [];
    if (widget) widget.value = "here.pt";
    press("models-apply");
    await done;
    expect(fileOf(node)).toBe("here.pt");
  });

  it("names what is missing beside what it asks for, and keeps quiet where nothing is like it", async () => {
    world.loader("gone.pt");
    await world.finder.opened();
    expect(dialog()).toBeNull();
    world.loader("sea.pt");
    void world.finder.opened();
    await shown();
    expect(document.querySelector(`[data-testid=${testId("models-absent")}]`)?.textContent).toContain("gone.pt");
  });

  it("answers the user also while it still looks by itself", async () => {
    world.loader("gone.pt");
    const itself = world.finder.opened();
    await world.finder.search();
    await itself;
    expect(world.said).toHaveLength(1);
  });

  it("asks again for another workflow, also for a name that was left alone in the first", async () => {
    world.loader("sea.pt");
    const first = world.finder.opened();
    await shown();
    press("models-later");
    await first;
    Object.assign(world.graph, { id: "another" });
    void world.finder.opened();
    await shown();
    expect(dialog()).not.toBeNull();
  });

  it("asks nothing about a workflow that was closed while the server was asked", async () => {
    world.loader("sea.pt");
    const done = world.finder.opened();
    world.graph.nodes.length = 0;
    await done;
    expect(dialog()).toBeNull();
  });

  it("changes nothing in a workflow that was closed while it asked", async () => {
    const node = world.loader("sea.pt");
    const done = world.finder.opened();
    await shown();
    world.graph.nodes.length = 0;
    press("models-apply");
    await done;
    expect(fileOf(node)).toBe("sea.pt");
    expect(world.said).toEqual([]);
  });

  it("closes its dialog when another workflow is opened meanwhile", async () => {
    world.loader("sea.pt");
    const first = world.finder.opened();
    await shown();
    world.graph.nodes.length = 0;
    await world.finder.opened();
    await first;
    expect(dialog()).toBeNull();
  });

  it("is not stopped by a widget whose callback fails", async () => {
    const steps: string[] = [];
    Object.assign(world.graph, {
      canvasAction: (action: (canvas: object) => void) =>
        action({ emitBeforeChange: () => steps.push("before"), emitAfterChange: () => steps.push("after") }),
    });
    const nodes = [world.loader("sea.pt"), world.loader("sea.pt")];
    const [widget] = nodes[0]?.widgets ?? [];
    if (widget) {
      widget.callback = () => {
        throw new Error("theirs");
      };
    }
    const done = world.finder.opened();
    await shown();
    press("models-apply");
    await done;
    expect(nodes.map(fileOf)).toEqual(["a/sea.pt", "a/sea.pt"]);
    expect(steps).toEqual(["before", "after"]);
  });

  it("does not ask for a file that came since the page was loaded", async () => {
    world = new World({ "new.pt": { folder: "checkpoints", offers: [offer("new.pt", "same-path")] } });
    world.loader("new.pt");
    await world.finder.opened();
    expect(dialog()).toBeNull();
  });

  it("passes over inputs that take no models", async () => {
    world.loader("picture.png");
    await world.finder.search();
    expect(world.said).toEqual(["Every model of this workflow was found."]);
  });

  it("says on request that nothing here is like a missing model", async () => {
    world.loader("gone.pt");
    await world.finder.search();
    expect(world.said[0]).toContain("gone.pt");
  });

  it("offers for several nodes behind one widget what all of them can take", async () => {
    world = new World({
      "A sea.pt": { folder: "checkpoints", offers: [offer("a/sea.pt"), offer("b/sea.pt")] },
      "B sea.pt": { folder: "loras", offers: [offer("b/sea.pt")] },
      "C sea.pt": { folder: null, offers: [] },
    });
    const input = (link: number) => ({ name: "file", type: "COMBO", link, widget: { name: "file" } });
    const inside = new TestGraph();
    for (const [place, type] of ["A", "B", "C"].entries()) {
      inside.add({ comfyClass: type, id: place, inputs: [input(place)] });
    }
    const subgraph = Object.assign(inside, {
      inputs: [{ linkIds: [0, 1, 2] }],
      getLink: (link: number) => ({ origin_id: -10, origin_slot: 0, target_id: link, target_slot: 0 }),
    });
    const widgets = [{ name: "file", type: "combo", value: "sea.pt", options: { values: ["a/sea.pt", "b/sea.pt"] } }];
    const node = world.graph.add({ subgraph, inputs: [{ name: "file", type: "COMBO" }], widgets } as Partial<Node>);
    const done = world.finder.opened();
    await shown();
    expect(choices().map(choice => choice.value)).toEqual(["b/sea.pt"]);
    press("models-apply");
    await done;
    expect(fileOf(node as Node)).toBe("b/sea.pt");
  });
});
