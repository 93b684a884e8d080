import { describe, expect, it } from "vitest";
import { failureOf } from "./failure";
import { slot } from "./testing/memory-pools";
import { countText, images, readableBytes, spokenName, tooltip } from "./text";

describe("texts", () => {
  it.each([
    [0, "0 B"],
    [820, "820 B"],
    [12_288, "12 KB"],
    [1_500_000, "1.4 MB"],
    [1_048_000, "1 MB"],
    [5_000_000_000, "4.7 GB"],
  ])("%i bytes are %s", (bytes, text) => {
    expect(readableBytes(bytes)).toBe(text);
  });

  it("count images and what is selected of them", () => {
    expect(images(1)).toBe("1 image");
    expect(countText(2000, 0)).toBe("2,000 images");
    expect(countText(2000, 1)).toBe("2,000 images");
    expect(countText(2000, 3)).toBe("3 of 2,000 selected");
  });

  it("tell a slot to the eye and to the ear", () => {
    const one = slot("a.png", { label: "Sea", mask: true, enabled: false, bytes: 2048 });
    expect(tooltip(one)).toBe("Sea\na.png\n640 × 480 · 2 KB · has a mask · disabled");
    expect(spokenName(one, undefined, false)).toBe("Sea, 640 by 480, disabled, has a mask");
    expect(spokenName(slot("b.png"), 4, true)).toBe("4, b.png, 640 by 480, active");
  });
});

describe("failureOf", () => {
  it("tells a lost connection from an error of the server", () => {
    expect(failureOf(new TypeError("Failed to fetch")).offline).toBe(true);
    const error = Object.assign(new Error("No permission."), { hints: ["Check the owner."] });
    expect(failureOf(error)).toEqual({
      title: "The images could not be read",
      message: "No permission.",
      hints: ["Check the owner."],
      offline: false,
    });
  });
});
