import { describe, expect, it } from "vitest";
import { ThumbnailLoader, thumbnailSize } from "./thumbnails";

/** Images as a browser has them before their pictures come. */
const images = (count: number) => Array.from({ length: count }, () => document.createElement("img"));
const requested = (all: readonly HTMLImageElement[]) => all.filter(image => image.hasAttribute("src")).length;
const arrive = (image: HTMLImageElement | undefined) => image?.dispatchEvent(new Event("load"));

describe("ThumbnailLoader", () => {
  it("requests a bounded number at a time and goes on as pictures arrive", () => {
    const loader = new ThumbnailLoader();
    const all = images(100);
    const arrived: number[] = [];
    all.forEach((image, index) => {
      loader.load(image, `/${index}`, () => arrived.push(index));
    });
    expect(requested(all)).toBe(24);
    arrive(all[3]);
    arrive(all[0]);
    expect(arrived).toEqual([3, 0]);
    expect(requested(all)).toBe(26);
  });

  it("never requests what was cancelled in the queue, and aborts what was under way", () => {
    const loader = new ThumbnailLoader();
    const all = images(30);
    for (const [index, image] of all.entries()) {
      loader.load(image, `/${index}`, () => {
        throw new Error("must not be told");
      });
    }
    for (const image of all) loader.cancel(image);
    expect(requested(all)).toBe(0);
    for (const image of all) arrive(image);
    const others = images(30);
    for (const [index, image] of others.entries()) loader.load(image, `/${index}`, () => {});
    expect(requested(others)).toBe(24);
  });

  it("keeps a picture that is there when its element is given up", () => {
    const loader = new ThumbnailLoader();
    const [image] = images(1);
    if (image === undefined) throw new Error("no image");
    loader.load(image, "/a", () => {});
    arrive(image);
    loader.cancel(image);
    expect(image.getAttribute("src")).toBe("/a");
  });

  it("tells when a picture does not come", () => {
    const loader = new ThumbnailLoader();
    const [image] = images(1);
    const results: boolean[] = [];
    if (image !== undefined) loader.load(image, "/a", ({ ok }) => results.push(ok));
    image?.dispatchEvent(new Event("error"));
    expect(results).toEqual([false]);
  });
});

describe("thumbnailSize", () => {
  it("grows with the cell and with the screen's density", () => {
    expect(thumbnailSize(90, 1)).toBe(128);
    expect(thumbnailSize(120, 1)).toBe(256);
    expect(thumbnailSize(90, 2)).toBe(256);
    expect(thumbnailSize(250, 1)).toBe(512);
  });
});
