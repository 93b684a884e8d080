import { describe, expect, it } from "vitest";
import { Client } from "./client";
import { TidepoolError } from "./errors";
import { Transport } from "./transport";

interface Request {
  route: string;
  options: RequestInit;
}

/** A client whose requests are answered by a function, and the requests it made. */
function clientOf(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = [];
  const fetchApi = async (route: string, options: RequestInit = {}) => {
    requests.push({ route, options });
    return answer({ route, options });
  };
  return { client: new Client(new Transport({ fetchApi, apiURL: route => `/api${route}` })), requests };
}

const slot = { name: "a b.png", label: "", width: 2, height: 1, bytes: 36, modified: 36, enabled: true, mask: false };
const pool = { id: "p1", revision: "1-a", active: "a b.png", slots: [slot] };

describe("the client", () => {
  it("reads a pool and checks what it receives", async () => {
    const { client } = clientOf(() => Response.json(pool));
    expect(await client.pool("p1")).toEqual(pool);
    const broken = clientOf(() => Response.json({ ...pool, slots: [{ ...slot, width: "2" }] })).client;
    await expect(broken.pool("p1")).rejects.toThrow('"width" should be a number, not string');
  });

  it("sends changes as JSON", async () => {
    const { client, requests } = clientOf(() => Response.json(pool));
    await client.label("p1", "a b.png", "x");
    expect(requests[0]?.route).toBe("/grid_pool/pools/p1/label");
    expect(requests[0]?.options).toMatchObject({ method: "POST", headers: { "Content-Type": "application/json" } });
    expect(requests[0]?.options.body).toBe('{"name":"a b.png","label":"x"}');
  });

  it("hands on the server's error with its hints", async () => {
    const error = { code: "profile-name-taken", message: "Taken.", hints: ["Choose another."] };
    const { client } = clientOf(() => Response.json({ error }, { status: 409 }));
    await expect(client.createProfile("A")).rejects.toEqual(
      new TidepoolError("profile-name-taken", "Taken.", ["Choose another."], 409),
    );
  });

  it("explains an answer without an error in it, and no answer at all", async () => {
    const { client } = clientOf(() => new Response("oops", { status: 500, statusText: "Internal Server Error" }));
    await expect(client.profiles()).rejects.toThrow("The server answered 500 Internal Server Error.");
    const away = clientOf(() => Promise.reject(new TypeError("Failed to fetch"))).client;
    await expect(away.profiles()).rejects.toMatchObject({ code: "server-unreachable" });
  });

  it("makes addresses that change with the file alone", () => {
    const { client } = clientOf(() => Response.json({}));
    expect(client.thumbnailAddress("p1", slot, 256)).toBe(
      "/api/grid_pool/pools/p1/thumbnail?name=a+b.png&size=256&rev=10-10",
    );
    expect(client.imageAddress("p1", { ...slot, label: "new" })).toBe(client.imageAddress("p1", slot));
    expect(client.imageAddress("p1", { ...slot, modified: 37 })).not.toBe(client.imageAddress("p1", slot));
  });
});

it("an address names the user where the server has several", () => {
  const server = { fetchApi: async () => new Response(), apiURL: (route: string) => route, user: "ann b" };
  const client = new Client(new Transport(server));
  expect(client.exportAddress("p1", "t")).toBe("/grid_pool/profiles/export?id=p1&progress=t&user=ann%20b");
});

describe("an upload", () => {
  const files = Array.from({ length: 40 }, (_, index) => new File(["x"], `${index}.png`));
  const names = (request: Request) =>
    (request.options.body as FormData).getAll("image").map(file => (file as File).name);

  it("goes in batches and reports each", async () => {
    const { client, requests } = clientOf(request => Response.json({ pool, added: names(request), refused: [] }));
    const steps: string[] = [];
    const answer = await client.addImages("p1", files, (done, total) => steps.push(`${done}/${total}`));
    expect(requests).toHaveLength(3);
    expect(steps).toEqual(["16/40", "32/40", "40/40"]);
    expect(answer.added).toEqual(files.map(file => file.name));
  });

  it("survives a batch that fails", async () => {
    const error = { code: "disk-full", message: "Full.", hints: ["Make room."] };
    const { client } = clientOf(request => {
      const sent = names(request);
      return sent.includes("20.png")
        ? Response.json({ error }, { status: 507 })
        : Response.json({ pool, added: sent, refused: [] });
    });
    const answer = await client.addImages("p1", files, () => {});
    expect(answer.added).toHaveLength(24);
    expect(answer.refused).toHaveLength(16);
    expect(answer.refused[0]).toEqual({ name: "16.png", message: "Full.", hints: ["Make room."] });
  });

  it("fails at once while the core is away", async () => {
    const error = { code: "bridge-unavailable", message: "No Java.", hints: [] };
    const { client, requests } = clientOf(() => Response.json({ error }, { status: 503 }));
    await expect(client.addImages("p1", files, () => {})).rejects.toMatchObject({ code: "bridge-unavailable" });
    expect(requests).toHaveLength(1);
  });
});
