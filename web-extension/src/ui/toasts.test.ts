import { afterEach, describe, expect, it, vi } from "vitest";
import { TidepoolError } from "../api/errors";
import { testId } from "../testids";
import { textsFor } from "./texts";
import { type ToastMessage, Toasts } from "./toasts";

function setUp() {
  const added: ToastMessage[] = [];
  return { added, toasts: new Toasts(message => added.push(message), textsFor("en")) };
}

const find = (id: "undo" | "undo-toast") => document.querySelector<HTMLElement>(`[data-testid="${testId(id)}"]`);

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("toasts", () => {
  it("show an error with its hints, and nothing for work given up", () => {
    const { added, toasts } = setUp();
    toasts.failed(new TidepoolError("x", "No.", ["Do this.", "Or that."]));
    toasts.failed(new DOMException("stopped", "AbortError"));
    expect(added).toEqual([{ severity: "error", summary: "No.", detail: "Do this.\nOr that.", life: 12_000 }]);
  });

  it("offer to undo once, and say that it was done", async () => {
    const { added, toasts } = setUp();
    const undo = vi.fn(async () => {});
    toasts.undoable("Deleted.", undo);
    expect(find("undo-toast")?.textContent).toContain("Deleted.");
    find("undo")?.click();
    expect(find("undo-toast")).toBeNull();
    await vi.waitFor(() => expect(added.map(message => message.summary)).toEqual(["Undone."]));
    expect(undo).toHaveBeenCalledOnce();
  });

  it("show why an undo failed", async () => {
    const { added, toasts } = setUp();
    toasts.undoable("Deleted.", () => Promise.reject(new TidepoolError("gone", "Too late.")));
    find("undo")?.click();
    await vi.waitFor(() => expect(added[0]).toMatchObject({ severity: "error", summary: "Too late." }));
  });

  it("withdraw the offer after a while, not while the pointer is on it", () => {
    vi.useFakeTimers();
    const { toasts } = setUp();
    toasts.undoable("Deleted.", async () => {});
    find("undo-toast")?.dispatchEvent(new Event("pointerenter"));
    vi.advanceTimersByTime(60_000);
    expect(find("undo-toast")).not.toBeNull();
    find("undo-toast")?.dispatchEvent(new Event("pointerleave"));
    vi.advanceTimersByTime(12_000);
    expect(find("undo-toast")).toBeNull();
  });
});
