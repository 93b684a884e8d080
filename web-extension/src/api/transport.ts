import { TidepoolError, unreachable } from "./errors";
import { type Reader, readError } from "./shape";

/** The part of ComfyUI's `api` that reaches the server; it adds the address and the user's header. */
export interface Server {
  fetchApi(route: string, options?: RequestInit): Promise<Response>;
  apiURL(route: string): string;
  /** The user's id on a server with several; empty or missing otherwise. */
  readonly user?: string | undefined;
}

/** Sends requests and turns every failure into a {@link TidepoolError}. */
export class Transport {
  constructor(private readonly server: Server) {}

  async get<T>(route: string, read: Reader<T>, signal?: AbortSignal): Promise<T> {
    return read(await json(await this.send(route, signal ? { signal } : {})));
  }

  async post<T>(route: string, body: unknown, read: Reader<T>): Promise<T> {
    const headers = { "Content-Type": "application/json" };
    return read(await json(await this.send(route, { method: "POST", headers, body: JSON.stringify(body) })));
  }

  async delete<T>(route: string, read: Reader<T>): Promise<T> {
    return read(await json(await this.send(route, { method: "DELETE" })));
  }

  async form<T>(route: string, form: FormData, read: Reader<T>): Promise<T> {
    return read(await json(await this.send(route, { method: "POST", body: form })));
  }

  /** Fetches a file of the server. */
  async blob(route: string): Promise<Blob> {
    return (await this.send(route, {})).blob();
  }

  /** The address of a route with a query, for an image or a link: these cannot send the user's header. */
  address(route: string): string {
    const { user } = this.server;
    return this.server.apiURL(user ? `${route}&user=${encodeURIComponent(user)}` : route);
  }

  private async send(route: string, options: RequestInit): Promise<Response> {
    const response = await this.reach(route, options);
    if (response.ok) return response;
    const answer: unknown = await response.json().catch(() => undefined);
    throw readError(answer, response.status) ?? unexplained(response);
  }

  private async reach(route: string, options: RequestInit): Promise<Response> {
    try {
      return await this.server.fetchApi(route, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw unreachable();
    }
  }
}

async function json(response: Response): Promise<unknown> {
  return response.json().catch(() => {
    throw unexplained(response);
  });
}

function unexplained(response: Response): TidepoolError {
  const hints =
    response.status === 404
      ? ["The server side of Tidepool is not loaded: look for comfyui-tidepool in ComfyUI's log."]
      : response.status === 413
        ? ["The file is larger than the server takes."]
        : ["ComfyUI's log tells more."];
  const what = `The server answered ${response.status} ${response.statusText}`.trimEnd();
  return new TidepoolError(`http-${response.status}`, `${what}.`, hints, response.status);
}
