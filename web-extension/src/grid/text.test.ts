import { describe, expect, it } from "vitest";
import { textsFor } from "../ui/texts";
import { failureOf, isOffline } from "./failure";
import { slot } from "./testing/memory-pools";
import { countText, readableBytes, spokenName, tooltip } from "./text";

const english = textsFor("en");
const german = textsFor("de");

describe("texts", () => {
  it.each([
    [0, "0 B"],
    [820, "820 B"],
    [12_288, "12 KB"],
    [1_500_000, "1.4 MB"],
    [1_048_000, "1 MB"],
    [5_000_000_000, "4.7 GB"],
  ])("%i bytes are %s", (bytes, text) => {
    expect(readableBytes(bytes, english)).toBe(text);
  });

  it("count images and what is selected of them", () => {
    expect(countText(1, 0, english)).toBe("1 image");
    expect(countText(2000, 0, english)).toBe("2,000 images");
    expect(countText(2000, 1, english)).toBe("2,000 images");
    expect(countText(2000, 3, english)).toBe("3 of 2,000 selected");
  });

  it("tell a slot to the eye and to the ear", () => {
    const one = slot("a.png", { label: "Sea", mask: true, enabled: false, bytes: 2048 });
    expect(tooltip(one, english)).toBe("Sea\na.png\n640 × 480 · 2 KB · has a mask · disabled");
    expect(spokenName(one, undefined, false, english)).toBe("Sea, 640 by 480, disabled, has a mask");
    expect(spokenName(slot("b.png"), 4, true, english)).toBe("4, b.png, 640 by 480, active");
  });

  it("do so in German, with numbers as they are written there", () => {
    expect(readableBytes(1_500_000, german)).toBe("1,4 MB");
    expect(countText(2000, 0, german)).toBe("2.000 Bilder");
    expect(countText(2000, 3, german)).toBe("3 von 2.000 ausgewählt");
    expect(spokenName(slot("b.png"), 4, true, german)).toBe("4, b.png, 640 mal 480, aktiv");
  });
});

describe("failureOf", () => {
  it("tells a lost connection from an error of the server", () => {
    const lost = new TypeError("Failed to fetch");
    expect(isOffline(lost)).toBe(true);
    expect(failureOf(lost, english)).toMatchObject({ title: "ComfyUI does not answer", offline: true });
    const error = Object.assign(new Error("No permission."), { hints: ["Check the owner."] });
    expect(failureOf(error, english)).toEqual({
      title: "The images could not be read",
      message: "No permission.",
      hints: ["Check the owner."],
      offline: false,
    });
  });
});
