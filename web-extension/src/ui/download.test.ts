import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { download } from "./download";

const frames = () => document.querySelectorAll("iframe").length;

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

it("keeps its frame while the server packs, and only for a moment when it has", () => {
  const packed = download("about:blank", () => undefined);
  vi.advanceTimersByTime(1_800_000);
  expect(frames()).toBe(1);
  packed();
  vi.advanceTimersByTime(59_000);
  expect(frames()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(frames()).toBe(0);
});

it("gives its frame up where nobody tells that the server has packed", () => {
  download("about:blank", () => undefined);
  vi.advanceTimersByTime(3_600_000);
  expect(frames()).toBe(0);
});
