import { newId } from "../comfy/ids";
import type { Toasts } from "./toasts";

/** Work shorter than this shows nothing, in milliseconds. */
const PATIENCE = 500;

interface Work {
  message: string;
  begun: number;
  shown: ReturnType<Toasts["progress"]> | undefined;
  ended: () => void;
}

/** Follows long work on the server, which tells how far it is under a token that the page chose. */
export class Progress {
  private readonly works = new Map<string, Work>();

  constructor(
    private readonly toasts: Pick<Toasts, "progress">,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Shows `message` while work runs, if that takes a moment. */
  async during<T>(message: string, work: (token: string) => Promise<T>): Promise<T> {
    const { token, end } = this.begin(message);
    const timer = setTimeout(() => this.show(token), PATIENCE);
    try {
      return await work(token);
    } finally {
      clearTimeout(timer);
      end();
    }
  }

  /**
   * Begins to follow work that ends with its last byte, or with a call of `end`. Nothing shows before the server tells of it, since otherwise nothing
   * would tell of its end either.
   *
   * @param ended called at the end, however it came
   */
  begin(message: string, ended: () => void = () => undefined): { token: string; end: () => void } {
    const token = newId();
    this.works.set(token, { message, begun: this.now(), shown: undefined, ended });
    return { token, end: () => this.end(token) };
  }

  /** The server told of progress. */
  told(token: string, done: number, total: number): void {
    const work = this.works.get(token);
    if (!work) return;
    if (done >= total) {
      this.end(token);
      return;
    }
    if (this.now() - work.begun >= PATIENCE) this.show(token);
    work.shown?.show(done / total);
  }

  private show(token: string): void {
    const work = this.works.get(token);
    if (work) work.shown ??= this.toasts.progress(work.message);
  }

  private end(token: string): void {
    const work = this.works.get(token);
    if (!work) return;
    this.works.delete(token);
    work.shown?.end();
    work.ended();
  }
}
