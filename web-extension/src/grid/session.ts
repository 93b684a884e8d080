import type { Change } from "./changes";
import type { Addition, GridPort, Pool } from "./port";
import { NOTHING, type Selection } from "./selection";

/** A change on its way to the server. */
interface Pending {
  change: Change;
  send: () => Promise<Pool>;
  /** A waiting change with the same key is replaced: only the newest counts. */
  key: string | null;
  done: (succeeded: boolean) => void;
}

/** How many revisions are remembered as already answered. */
const KNOWN_REVISIONS = 32;
/** Least pause between readings caused by announcements: an upload in another tab announces each image. */
const FOLLOW_MILLISECONDS = 500;

/**
 * One pool as this page knows it: the server's last answer with the pending changes on top. Changes are sent one after
 * the other and shown at once; a refused one disappears again. An answer that may be older than what is shown is never
 * shown: it is asked for anew.
 */
export class PoolSession {
  selection: Selection = NOTHING;
  scrollTop = 0;
  /** Why the last reading failed; null after a successful one. */
  failure: unknown = null;

  #view: Pool | null = null;
  #server: Pool | null = null;
  #pending: Pending[] = [];
  #sending = false;
  #reading: AbortController | null = null;
  /** Counts answers to changes; a reading that began before the newest of them may be stale. */
  #answers = 0;
  /** Revisions answered since the last reading: announcements of them tell nothing new. */
  #known: string[] = [];
  /** The newest revision that the server told of; null when nothing is left to fetch. */
  #announced: string | null = null;
  /** When an announcement was followed last, and the timer for the next time. */
  #followed = 0;
  #timer = 0;

  constructor(
    readonly id: string,
    private readonly port: GridPort,
    private readonly onChange: (session: PoolSession) => void,
  ) {}

  /** What to show; null until the first answer. */
  get view(): Pool | null {
    return this.#view;
  }

  /** Whether dropping this session loses nothing but time. */
  get idle(): boolean {
    return this.#pending.length === 0;
  }

  get reading(): boolean {
    return this.#reading !== null;
  }

  /** Asks the server for the pool; an earlier question is given up. */
  async read(): Promise<void> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const answers = this.#answers;
    const announced = this.#announced;
    try {
      const pool = await this.port.read(this.id, controller.signal);
      if (this.#reading !== controller) return;
      this.#reading = null;
      if (answers !== this.#answers) return await this.read();
      this.failure = null;
      this.#known = [];
      if (this.#announced === announced) this.#announced = null;
      this.#accept(pool);
      this.#follow();
    } catch (error) {
      if (this.#reading !== controller) return;
      this.#reading = null;
      this.failure = error;
      this.onChange(this);
    }
  }

  /** Gives up a reading that nobody waits for any more. */
  stop(): void {
    this.#reading?.abort();
    this.#reading = null;
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }

  /** Takes note that the server's pool has changed, and reads it unless this page already knows. */
  announce(revision: string): void {
    // While something else is announced or read, what was known may be what the server has come back to.
    const current = this.#announced === null && !this.reading;
    if (current && this.#known.includes(revision)) return;
    this.#announced = revision;
    this.#follow();
  }

  /** Reads what was announced: the first at once, a stream of them now and then and after its end. */
  #follow(): void {
    if (this.#announced === null || this.#pending.length > 0 || this.reading || this.#timer !== 0) return;
    const wait = this.#followed + FOLLOW_MILLISECONDS - Date.now();
    if (wait > 0) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.#follow();
      }, wait);
      return;
    }
    this.#followed = Date.now();
    void this.read();
  }

  /**
   * Shows a change at once and sends it after those before it.
   *
   * @returns whether the server made it; a failure has been shown to the user
   */
  change(change: Change, send: () => Promise<Pool>, key: string | null = null): Promise<boolean> {
    return new Promise(done => {
      const last = this.#pending.at(-1);
      if (key !== null && last?.key === key && (this.#pending.length > 1 || !this.#sending)) {
        this.#pending.pop();
        last.done(true);
      }
      this.#pending.push({ change, send, key, done });
      this.#recompute();
      if (!this.#sending) void this.#sendAll();
    });
  }

  /** Uploads files beside the changes, because it takes long. */
  async add(files: readonly File[], progress: (done: number, total: number) => void): Promise<Addition> {
    const answers = this.#answers;
    const server = this.#server;
    const addition = await this.port.add(this.id, files, progress);
    const overtaken = answers !== this.#answers || server !== this.#server || this.#pending.length > 0;
    this.#answers += 1;
    if (overtaken) void this.read();
    else this.#accept(addition.pool);
    return addition;
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    for (let next = this.#pending[0]; next !== undefined; next = this.#pending[0]) {
      const succeeded = await this.#sendOne(next);
      next.done(succeeded);
    }
    this.#sending = false;
    this.#follow();
  }

  async #sendOne(next: Pending): Promise<boolean> {
    try {
      const pool = await next.send();
      this.#answers += 1;
      this.#pending.shift();
      this.#accept(pool);
      return true;
    } catch (error) {
      this.#answers += 1;
      this.#pending.shift();
      this.#recompute();
      this.port.failed(error);
      void this.read();
      return false;
    }
  }

  #accept(pool: Pool): void {
    this.#server = pool;
    this.#known.push(pool.revision);
    if (this.#known.length > KNOWN_REVISIONS) this.#known.shift();
    if (this.#announced !== null && this.#known.includes(this.#announced)) this.#announced = null;
    this.#recompute();
  }

  #recompute(): void {
    this.#view = this.#server && this.#pending.reduce((pool, pending) => pending.change(pool), this.#server);
    this.onChange(this);
  }
}
