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
const HURRY_MILLISECONDS = 100;

/**
 * Loads pictures into image elements, a bounded number at a time. What is cancelled before its turn is never requested; what is
 * cancelled later is aborted.
 */
export class ThumbnailLoader {
  readonly #waiting = new Map<HTMLImageElement, Job>();
  readonly #active = new Map<HTMLImageElement, Job>();
  #hurry = 0;
  #frame = 0;

  /** `rested` is called when the user has stopped scrolling. */
  constructor(private readonly rested: () => void = () => {}) {}

  /** Loads `url` into an element; what it loaded before is given up. */
  load(image: HTMLImageElement, url: string, done: (loaded: Loaded) => void): void {
    this.cancel(image);
    this.#waiting.set(image, { url, done, started: 0 });
    this.#pump();
  }

  /** Gives up what an element waits for; a picture that is there already stays in it. */
  cancel(image: HTMLImageElement): void {
    this.#waiting.delete(image);
    if (!this.#active.delete(image)) return;
    image.onload = null;
    image.onerror = null;
    image.removeAttribute("src");
    this.#pump();
  }

  /** The user is scrolling: for a moment only the newest pictures are asked for, one per frame. */
  hurry(): void {
    window.clearTimeout(this.#hurry);
    this.#hurry = window.setTimeout(() => {
      this.#hurry = 0;
      this.#pump();
      this.rested();
    }, HURRY_MILLISECONDS);
  }

  get hurrying(): boolean {
    return this.#hurry !== 0;
  }

  dispose(): void {
    window.clearTimeout(this.#hurry);
    cancelAnimationFrame(this.#frame);
    for (const image of [...this.#waiting.keys(), ...this.#active.keys()]) this.cancel(image);
  }

  #pump(): void {
    if (this.hurrying) {
      if (this.#frame === 0 && this.#waiting.size > 0) this.#frame = requestAnimationFrame(() => this.#pumpNewest());
      return;
    }
    for (const [image, job] of this.#waiting) {
      if (this.#active.size >= IN_FLIGHT) return;
      this.#start(image, job);
    }
  }

  /** One a frame: a request with all that follows costs milliseconds, and frames come first. */
  #pumpNewest(): void {
    this.#frame = 0;
    const newest = [...this.#waiting].at(-1);
    if (newest !== undefined && this.#active.size < IN_FLIGHT) this.#start(...newest);
    this.#pump();
  }

  #start(image: HTMLImageElement, job: Job): void {
    this.#waiting.delete(image);
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
