import { describe, isAbort } from "../api/errors";
import { tag, testId } from "../testids";
import { button, element } from "./elements";
import type { Texts } from "./texts";

/** What ComfyUI's own toasts take. */
export interface ToastMessage {
  severity: "success" | "info" | "warn" | "error";
  summary: string;
  detail?: string;
  life?: number;
}

/** How long an offer to undo stays, in milliseconds. */
const UNDO_LIFE = 12_000;

/** Offers on screen at once; an older one makes room. */
const MOST_OFFERS = 4;

/** Tells the user what happened: plainly through ComfyUI's toasts, with an Undo button through one of its own. */
export class Toasts {
  private region: HTMLElement | undefined;

  constructor(
    private readonly add: (message: ToastMessage) => void,
    private readonly texts: Texts,
  ) {}

  /** Says that something was done. */
  done(summary: string): void {
    this.add({ severity: "success", summary, life: 3000 });
  }

  /** Says what was not done, and why. */
  warn(summary: string, detail: string): void {
    this.add({ severity: "warn", summary, detail, life: 12_000 });
  }

  /** Shows an error with its hints; says nothing about work that was given up on purpose. */
  failed(error: unknown): void {
    if (isAbort(error)) return;
    const { message, hints } = describe(error);
    this.add({ severity: "error", summary: message, detail: hints.join("\n"), life: 12_000 });
  }

  /**
   * Says what was done and offers to take it back for a while; the time stops while the pointer or the focus is on it.
   * An undo that answers false has failed and said so itself.
   */
  undoable(message: string, undo: () => Promise<unknown>): void {
    const toast = tag(element("div", "tidepool-toast"), "undo-toast");
    const timer = new Countdown(UNDO_LIFE, () => toast.remove());
    const dismiss = () => {
      timer.stop();
      toast.remove();
    };
    const takeBack = button({
      text: this.texts.undo,
      testId: "undo",
      className: "tidepool-toast-undo",
      press: () => {
        dismiss();
        undo().then(
          result => result !== false && this.done(this.texts.undone),
          error => this.failed(error),
        );
      },
    });
    const close = button({
      icon: "cross",
      title: this.texts.close,
      className: "tidepool-icon-button",
      press: dismiss,
    });
    toast.append(element("span", "tidepool-toast-text", message), takeBack, close);
    for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, () => timer.stop());
    for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, () => timer.start());
    const home = this.home();
    const offers = home.querySelectorAll(`[data-testid="${testId("undo-toast")}"]`);
    if (offers.length >= MOST_OFFERS) offers[0]?.remove();
    home.append(toast);
    timer.start();
  }

  /** Shows how far a long piece of work is, until `end` is called. */
  progress(message: string): { show(share: number): void; end(): void } {
    const bar = element("progress", "tidepool-toast-progress");
    bar.max = 1;
    bar.setAttribute("aria-label", message);
    const toast = element("div", "tidepool-toast", element("span", "tidepool-toast-text", message), bar);
    this.home().append(toast);
    return {
      show: share => {
        bar.value = share;
      },
      end: () => toast.remove(),
    };
  }

  private home(): HTMLElement {
    if (!this.region?.isConnected) {
      this.region = element("div", "tidepool-toasts");
      this.region.setAttribute("role", "status");
      this.region.setAttribute("aria-live", "polite");
      document.body.append(this.region);
    }
    return this.region;
  }
}

/** Calls something after a time that can be stopped and started anew. */
class Countdown {
  private handle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly end: () => void,
  ) {}

  start(): void {
    this.stop();
    this.handle = setTimeout(this.end, this.milliseconds);
  }

  stop(): void {
    clearTimeout(this.handle);
  }
}
