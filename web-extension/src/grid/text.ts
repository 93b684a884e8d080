import type { Texts } from "../ui/texts";
import { shownLabel } from "./order";
import type { Slot } from "./port";

/** Bytes as people read them: `820 B`, `12 KB`, `3.4 MB`. */
export function readableBytes(bytes: number, texts: Texts): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["KB", "MB", "GB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${texts.number(value < 9.95 ? value : Math.round(value))} ${units[unit]}`;
}

/** `1024 × 768 · 1.2 MB`. */
export function dimensions(slot: Slot, texts: Texts): string {
  return `${slot.width} × ${slot.height} · ${readableBytes(slot.bytes, texts)}`;
}

/** What the pointer's tooltip tells. */
export function tooltip(slot: Slot, texts: Texts): string {
  const label = shownLabel(slot);
  const { masked, disabled } = texts.grid;
  const facts = [dimensions(slot, texts), slot.mask ? masked : "", slot.enabled ? "" : disabled];
  return `${label === slot.name ? "" : `${label}\n`}${slot.name}\n${facts.filter(fact => fact !== "").join(" · ")}`;
}

/** What a screen reader says of a slot. */
export function spokenName(slot: Slot, number: number | undefined, active: boolean, texts: Texts): string {
  const said = texts.grid;
  const size = said.spokenSize(slot.width, slot.height);
  const parts = [number === undefined ? "" : String(number), shownLabel(slot), size];
  if (active) parts.push(said.active);
  if (!slot.enabled) parts.push(said.disabled);
  if (slot.mask) parts.push(said.masked);
  return parts.filter(part => part !== "").join(", ");
}

/** `12 images`, or how many of them are selected when that says more. */
export function countText(count: number, selected: number, texts: Texts): string {
  return selected > 1 ? texts.grid.selected(selected, count) : texts.images(count);
}
