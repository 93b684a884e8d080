import { describe, expect, it } from "vitest";
import { Client } from "../api/client";
import { Transport } from "../api/transport";
import { textsFor } from "../ui/texts";
import { type ToastMessage, Toasts } from "../ui/toasts";
import { destinations, SendMenu } from "./send";

const image = { filename: "a.png", subfolder: "", type: "output" };

describe("sending images to a pool", () => {
  it("offers the pools on the canvas, told apart where their titles are the same", () => {
    const nodes = [
      { node: { id: "1", title: "Pool" }, shownPool: "p1" },
      { node: { id: "2", title: "Pool" }, shownPool: "p2" },
      { node: { id: "3", title: "Other" }, shownPool: "p3" },
      { node: { id: "4", title: "New" }, shownPool: undefined },
    ];
    expect(destinations(nodes).map(({ title }) => title)).toEqual(["Pool #1", "Pool #2", "Other"]);
  });

  it("offers nothing without images or pools", () => {
    const client = new Client(new Transport({ fetchApi: async () => new Response(), apiURL: route => route }));
    const menu = new SendMenu(client, new Toasts(() => {}, textsFor("en")), textsFor("en"));
    expect(menu.items([], [{ title: "Pool", pool: "p1" }])).toEqual([]);
    expect(menu.items([image], [])).toEqual([]);
  });

  it("fetches what is shown and adds it, telling what was refused", async () => {
    const routes: string[] = [];
    const answer = {
      pool: { id: "p1", revision: "1", active: null, slots: [] },
      added: ["a.png"],
      refused: [{ name: "b.png", error: { message: "No image.", hints: [] } }],
    };
    const fetchApi = async (route: string) => {
      routes.push(route);
      return route.startsWith("/view") ? new Response("picture") : Response.json(answer);
    };
    const told: ToastMessage[] = [];
    const toasts = new Toasts(message => told.push(message), textsFor("en"));
    const menu = new SendMenu(new Client(new Transport({ fetchApi, apiURL: route => route })), toasts, textsFor("en"));
    const [item] = menu.items([image], [{ title: "Pool", pool: "p1" }]);
    item?.submenu?.options[0]?.callback?.();
    await expect
      .poll(() => told.map(message => message.summary))
      .toEqual(["Added 1 image to Pool.", "1 image was not added"]);
    expect(routes).toEqual(["/view?filename=a.png&subfolder=&type=output", "/grid_pool/pools/p1/images"]);
  });
});
