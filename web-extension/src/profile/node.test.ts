import { beforeEach, describe, expect, it } from "vitest";
import { Client } from "../api/client";
import { Transport } from "../api/transport";
import type { LiveGraph, Node } from "../comfy/types";
import { testId } from "../testids";
import { Progress } from "../ui/progress";
import { textsFor } from "../ui/texts";
import { Toasts } from "../ui/toasts";
import { ProfileActions } from "./actions";
import { ProfileList } from "./list";
import { ProfileNode } from "./node";

const slot = { label: "", width: 1, height: 1, bytes: 1, modified: 1, enabled: true, mask: false };
const poolOf = (count: number) => ({
  id: "p1",
  revision: "1",
  active: null,
  slots: Array.from({ length: count }, (_, index) => ({ ...slot, name: `${index}.png` })),
});

const graph: LiveGraph = { nodes: [], getNodeById: () => undefined, getLink: () => undefined };

/** A node as ComfyUI hands it to extensions, on which the profile `p1` is chosen; `put` gets what is put into it. */
function comfyNode(put: (element: HTMLElement) => void): Node {
  return {
    id: "1",
    graph,
    widgets: [
      { name: "profile", value: "Sea" },
      { name: "profile_id", value: "p1" },
    ],
    size: [0, 0],
    addDOMWidget: (name, _type, element) => {
      put(element);
      return { name };
    },
    setSize: () => {},
    computeSize: () => [0, 0],
  };
}

/** Lets everything that waits for an answer go on. */
const settled = () => new Promise(done => setTimeout(done));

describe("the count of a profile node", () => {
  let bar: HTMLElement;
  let node: ProfileNode;
  /** Each lets the server answer a reading of the pool, in the order in which they were asked for. */
  let answers: ((count: number) => Promise<unknown>)[];
  const shown = () => bar.querySelector(`[data-testid="${testId("profile-count")}"]`)?.textContent;

  beforeEach(async () => {
    answers = [];
    const fetchApi = () =>
      new Promise<Response>(answer => {
        answers.push(count => {
          answer(Response.json(poolOf(count)));
          return settled();
        });
      });
    const texts = textsFor("en");
    const toasts = new Toasts(() => {}, texts);
    const dialogs = { prompt: async () => null, confirm: async () => null };
    const client = new Client(new Transport({ fetchApi, apiURL: route => route }));
    const list = new ProfileList(async () => [{ id: "p1", name: "Sea", created: 1 }]);
    const tools = { client, list, dialogs, toasts, progress: new Progress(toasts), texts };
    const comfy = comfyNode(element => {
      bar = element;
    });
    const presence = { added: () => {}, removed: () => {} };
    node = new ProfileNode(comfy, tools, new ProfileActions(tools), presence, () => {});
    comfy.onAdded?.(graph);
    await settled();
  });

  it("is read once, when the node comes", async () => {
    expect(shown()).toBe("");
    await answers[0]?.(3);
    expect(shown()).toBe("3");
    expect(answers).toHaveLength(1);
  });

  it("is what the server tells from then on, without a reading", async () => {
    await answers[0]?.(3);
    node.poolChanged("p1", 2);
    expect(shown()).toBe("2");
    node.poolChanged("another", 9);
    await settled();
    expect(shown()).toBe("2");
    expect(answers).toHaveLength(1);
  });

  it("is not that of a reading that an event has overtaken", async () => {
    node.poolChanged("p1", 5);
    await answers[0]?.(3);
    expect(shown()).toBe("5");
  });

  it("is that of the newest reading, whichever answer comes first", async () => {
    await answers[0]?.(3);
    node.recount();
    node.recount();
    await answers[2]?.(7);
    await answers[1]?.(4);
    expect(shown()).toBe("7");
  });
});
