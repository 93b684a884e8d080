import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { activated, labelled } from "./changes";
import { PoolSession } from "./session";
import { MemoryPools, pool, settled } from "./testing/memory-pools";

let server: MemoryPools;
let session: PoolSession;
let shown: (string | null)[];

const activate = (name: string) => session.change(activated(name), () => server.activate("p", name), "activate");

beforeEach(() => {
  server = new MemoryPools().put(pool("p", ["a", "b", "c"]));
  shown = [];
  session = new PoolSession("p", server, one => shown.push(one.view?.active ?? null));
});

afterEach(() => {
  session.stop();
  vi.useRealTimers();
});

describe("a session", () => {
  it("shows a change at once and keeps it when the server agrees", async () => {
    await session.read();
    server.held = true;
    const made = activate("b");
    expect(session.view?.active).toBe("b");
    await settled();
    await server.release();
    expect(await made).toBe(true);
    expect(session.view?.active).toBe("b");
    expect(session.view?.revision).toBe("1");
  });

  it("takes a refused change back, tells why, and looks what the pool really is", async () => {
    await session.read();
    const error = new Error("The image is disabled.");
    server.refuse = error;
    expect(await activate("b")).toBe(false);
    await settled();
    expect(session.view?.active).toBe("a");
    expect(server.errors).toEqual([error]);
    expect(server.asked).toEqual(["read p", "activate p b", "read p"]);
  });

  it("takes a refused change back before the server has told what the pool really is", async () => {
    await session.read();
    server.refuse = new Error("no");
    server.held = true;
    const refused = activate("b");
    await settled();
    await server.release();
    expect(await refused).toBe(false);
    expect(server.asked.at(-1)).toBe("read p");
    expect(session.view?.active).toBe("a");
  });

  it("keeps later changes when an earlier one is refused", async () => {
    await session.read();
    server.refuse = new Error("no");
    const refused = activate("b");
    const label = session.change(labelled("c", "Sea"), () => server.label("p", "c", "Sea"));
    expect(await refused).toBe(false);
    expect(await label).toBe(true);
    expect(session.view?.active).toBe("a");
    expect(session.view?.slots[2]?.label).toBe("Sea");
  });

  it("sends changes one after the other, and of several activations that wait only the newest", async () => {
    await session.read();
    server.held = true;
    const all = [activate("b"), activate("c"), activate("a"), activate("c")];
    expect(session.view?.active).toBe("c");
    await settled();
    expect(server.asked).toEqual(["read p", "activate p b"]);
    await server.release();
    await server.release();
    expect(await Promise.all(all)).toEqual([true, true, true, true]);
    expect(server.asked).toEqual(["read p", "activate p b", "activate p c"]);
  });

  it("asks anew instead of showing an answer that a change has overtaken", async () => {
    await session.read();
    server.held = true;
    const reading = session.read();
    await settled();
    const made = activate("b");
    await settled();
    await server.releaseNewest();
    expect(await made).toBe(true);
    // What comes now is from before the activation.
    shown.length = 0;
    server.held = false;
    await server.release();
    await reading;
    expect(shown).not.toContain("a");
    expect(session.view?.active).toBe("b");
    expect(server.asked).toEqual(["read p", "read p", "activate p b", "read p"]);
  });

  it("reads when another program changes the pool, and not when it knows the revision", async () => {
    await session.read();
    await activate("b");
    session.announce("1");
    await settled();
    expect(server.asked).toEqual(["read p", "activate p b"]);
    const { revision } = server.apply("p", activated("c"));
    session.announce(revision);
    await settled();
    expect(session.view?.active).toBe("c");
  });

  it("follows a stream of announcements now and then, and the last one surely", async () => {
    vi.useFakeTimers();
    await session.read();
    for (let number = 0; number < 40; number += 1) {
      session.announce(server.apply("p", labelled("a", `Sea ${number}`)).revision);
      await settled();
    }
    expect(server.asked.length).toBe(2);
    vi.advanceTimersByTime(500);
    await settled();
    expect(server.asked.length).toBe(3);
    expect(session.view?.slots[0]?.label).toBe("Sea 39");
  });

  it("reads once more for what was announced while it was reading", async () => {
    vi.useFakeTimers();
    await session.read();
    server.held = true;
    session.announce(server.apply("p", labelled("a", "Sea")).revision);
    await settled();
    session.announce(server.apply("p", labelled("a", "Dune")).revision);
    server.held = false;
    await server.release();
    expect(session.view?.slots[0]?.label).toBe("Sea");
    vi.advanceTimersByTime(500);
    await settled();
    expect(session.view?.slots[0]?.label).toBe("Dune");
  });

  it("sees that a deleted pool was brought back while the empty one was being read", async () => {
    vi.useFakeTimers();
    const before = pool("p", ["a", "b", "c"]);
    await session.read();
    server.held = true;
    server.put(pool("p", [], { revision: "deleted" }));
    session.announce("deleted");
    await settled();
    server.put(before);
    session.announce(before.revision);
    server.held = false;
    await server.release();
    vi.advanceTimersByTime(500);
    await settled();
    expect(session.view?.slots).toHaveLength(3);
  });

  it("waits with a foreign change until its own are through", async () => {
    await session.read();
    server.held = true;
    const made = activate("b");
    await settled();
    const { revision } = server.apply("p", labelled("a", "Sea"));
    session.announce(revision);
    await settled();
    expect(server.asked).toEqual(["read p", "activate p b"]);
    server.held = false;
    await server.release();
    await made;
    await settled();
    expect(server.asked.at(-1)).toBe("read p");
    expect(session.view?.slots[0]?.label).toBe("Sea");
  });

  it("keeps what it knows when reading fails, and says so", async () => {
    await session.read();
    const error = new TypeError("Failed to fetch");
    server.refuse = error;
    await session.read();
    expect(session.failure).toBe(error);
    expect(session.view?.slots.length).toBe(3);
    await session.read();
    expect(session.failure).toBeNull();
  });

  it("shows nothing of a reading that was given up", async () => {
    server.held = true;
    const reading = session.read();
    await settled();
    session.stop();
    await server.release();
    await reading;
    expect(session.view).toBeNull();
    expect(session.failure).toBeNull();
  });

  it("reads after an upload that a change has overtaken", async () => {
    await session.read();
    server.held = true;
    const adding = session.add([new File(["x"], "d.png", { type: "image/png" })], () => {});
    await settled();
    const made = activate("b");
    await settled();
    server.held = false;
    await server.release();
    await server.release();
    await made;
    await adding;
    await settled();
    expect(session.view?.slots.length).toBe(4);
    expect(session.view?.active).toBe("b");
  });
});
