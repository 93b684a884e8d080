import { shownLabel } from "./order";
import type { Slot } from "./port";

/** `1 image`, `12 images`. */
export function images(count: number): string {
  return count === 1 ? "1 image" : `${count.toLocaleString("en")} images`;
}

/** Bytes as people read them: `820 B`, `12 KB`, `3.4 MB`. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["KB", "MB", "GB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${units[unit]}`;
}

/** `1024 × 768 · 1.2 MB`. */
export function dimensions(slot: Slot): string {
  return `${slot.width} × ${slot.height} · ${readableBytes(slot.bytes)}`;
}

/** What the pointer's tooltip tells. */
export function tooltip(slot: Slot): string {
  const label = shownLabel(slot);
  const facts = [dimensions(slot), slot.mask ? "has a mask" : "", slot.enabled ? "" : "disabled"];
  return `${label === slot.name ? "" : `${label}\n`}${slot.name}\n${facts.filter(fact => fact !== "").join(" · ")}`;
}

/** What a screen reader says of a slot. */
export function spokenName(slot: Slot, number: number | undefined, active: boolean): string {
  const parts = [number === undefined ? "" : String(number), shownLabel(slot), `${slot.width} by ${slot.height}`];
  if (active) parts.push("active");
  if (!slot.enabled) parts.push("disabled");
  if (slot.mask) parts.push("has a mask");
  return parts.filter(part => part !== "").join(", ");
}

/** `12 images`, or how many of them are selected when that says more. */
export function countText(count: number, selected: number): string {
  return selected > 1 ? `${selected.toLocaleString("en")} of ${count.toLocaleString("en")} selected` : images(count);
}
