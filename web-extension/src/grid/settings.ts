import { clamp } from "./layout";
import { SIZES } from "./toolbar";

const KEY = "tidepool.thumbnailSize";
const DEFAULT = 96;

/** The thumbnail size that this browser used last. */
export function rememberedSize(): number {
  try {
    const size = Number(window.localStorage.getItem(KEY) ?? DEFAULT);
    return Number.isFinite(size) ? clamp(size, SIZES.smallest, SIZES.largest) : DEFAULT;
  } catch {
    // Storage may be forbidden; the slider works all the same.
    return DEFAULT;
  }
}

export function rememberSize(size: number): void {
  try {
    window.localStorage.setItem(KEY, String(size));
  } catch {
    // See above.
  }
}
