import type { ThumbnailSize } from "./port";

/** How a picture's loading ended. */
export interface Loaded {
  ok: boolean;
  /** Milliseconds from the request to the end. */
  took: number;
}

interface Job {
  url: string;
  done: (loaded: Loaded) => void;
  started: number;
}

/** How many thumbnails are requested at once; a browser sends six of them at a time to one server. */
const IN_FLIGHT = 24;

/**
 * Loads pictures into image elements, a bounded number at a time and first come first served. What is cancelled before
 * its turn is never requested; what is cancelled later is aborted.
 */
export class ThumbnailLoader {
  readonly #waiting = new Map<HTMLImageElement, Job>();
  readonly #active = new Map<HTMLImageElement, Job>();
  #held = 0;

  /** Pictures requested and not yet there. */
  get inFlight(): number {
    return this.#active.size;
  }

  /** Loads `url` into an element; what it loaded before is given up. */
  load(image: HTMLImageElement, url: string, done: (loaded: Loaded) => void): void {
    this.cancel(image);
    this.#waiting.set(image, { url, done, started: 0 });
    this.#pump();
  }

  /** Empties an element. */
  cancel(image: HTMLImageElement): void {
    this.#waiting.delete(image);
    const aborted = this.#active.delete(image);
    image.onload = null;
    image.onerror = null;
    image.removeAttribute("src");
    if (aborted) this.#pump();
  }

  /** Requests nothing new for some milliseconds, because what is on screen now is gone in an instant. */
  hold(milliseconds: number): void {
    window.clearTimeout(this.#held);
    this.#held = window.setTimeout(() => {
      this.#held = 0;
      this.#pump();
    }, milliseconds);
  }

  dispose(): void {
    window.clearTimeout(this.#held);
    for (const image of [...this.#waiting.keys(), ...this.#active.keys()]) this.cancel(image);
  }

  #pump(): void {
    if (this.#held !== 0) return;
    for (const [image, job] of this.#waiting) {
      if (this.#active.size >= IN_FLIGHT) return;
      this.#waiting.delete(image);
      this.#start(image, job);
    }
  }

  #start(image: HTMLImageElement, job: Job): void {
    this.#active.set(image, job);
    job.started = performance.now();
    const end = (ok: boolean) => {
      image.onload = null;
      image.onerror = null;
      this.#active.delete(image);
      job.done({ ok, took: performance.now() - job.started });
      this.#pump();
    };
    image.onload = () => end(true);
    image.onerror = () => end(false);
    image.src = job.url;
  }
}

/** The thumbnail that is sharp enough for a picture of `edge` CSS pixels, with some reserve for a zoomed canvas. */
export function thumbnailSize(edge: number, pixelRatio: number): ThumbnailSize {
  const wanted = edge * pixelRatio * 1.3;
  if (wanted <= 128) return 128;
  return wanted <= 256 ? 256 : 512;
}
