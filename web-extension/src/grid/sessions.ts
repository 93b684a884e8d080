import type { GridPort } from "./port";
import { PoolSession } from "./session";

/** Pools remembered, so that switching back shows them at once. */
const REMEMBERED = 24;

/** The sessions of the pools that a grid has shown, newest last; old idle ones are forgotten. */
export class Sessions {
  readonly #sessions = new Map<string, PoolSession>();

  constructor(
    private readonly port: GridPort,
    private readonly onChange: (session: PoolSession) => void,
  ) {}

  /** The session of a pool; from now on the newest. */
  open(id: string): PoolSession {
    const session = this.#sessions.get(id) ?? new PoolSession(id, this.port, this.onChange);
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    for (const [old, other] of this.#sessions) {
      if (this.#sessions.size <= REMEMBERED) break;
      if (other !== session && other.idle) this.#sessions.delete(old);
    }
    return session;
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.stop();
  }
}
