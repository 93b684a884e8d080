import { describe, expect, it } from "vitest";
import { droppedFiles, type Entry, pastedImages, readableFiles } from "./files";

const file = (name: string, type = "image/png") => new File(["x"], name, { type });

/** A file or folder as a browser hands it out: a folder's reader gives two entries at a time. */
function entry(name: string, inside?: Entry[]): Entry {
  if (inside === undefined) return { isFile: true, isDirectory: false, name, file: done => done(file(name)) };
  const createReader = () => {
    let at = 0;
    return {
      readEntries(done: (entries: Entry[]) => void) {
        done(inside.slice(at, at + 2));
        at += 2;
      },
    };
  };
  return { isFile: false, isDirectory: true, name, createReader };
}

function drop(entries: Entry[], files: File[] = []): DataTransfer {
  const items = entries.map(one => ({ kind: "file", webkitGetAsEntry: () => one }));
  return { items, files } as unknown as DataTransfer;
}

const names = (files: File[]) => files.map(one => one.name);

describe("droppedFiles", () => {
  it("takes dropped files as they are, so that the server can refuse them by name", async () => {
    const files = [file("a.png"), file("notes.txt", "text/plain")];
    expect(await droppedFiles(drop([entry("a.png"), entry("notes.txt")], files))).toEqual(files);
  });

  it("follows folders, sorted, and takes only their images", async () => {
    const folder = entry("sea", [
      entry("10.png"),
      entry("2.jpg"),
      entry("notes.txt"),
      entry(".hidden.png"),
      entry("deeper", [entry("x.webp")]),
    ]);
    expect(names(await droppedFiles(drop([entry("first.bmp"), folder])))).toEqual([
      "first.bmp",
      "2.jpg",
      "10.png",
      "x.webp",
    ]);
  });

  it("stops at the limits", async () => {
    const many = entry(
      "many",
      Array.from({ length: 9 }, (_, index) => entry(`${index}.png`)),
    );
    expect((await droppedFiles(drop([many]), { depth: 8, files: 4 })).length).toBe(4);
    const deep = entry("a", [entry("b", [entry("c", [entry("deep.png")]), entry("near.png")])]);
    expect(names(await droppedFiles(drop([deep]), { depth: 2, files: 99 }))).toEqual(["near.png"]);
  });
});

describe("pastedImages", () => {
  it("takes images and nothing else", () => {
    const data = { files: [file("a.png"), file("a.html", "text/html")] } as unknown as DataTransfer;
    expect(names(pastedImages(data))).toEqual(["a.png"]);
    expect(pastedImages(null)).toEqual([]);
  });
});

describe("readableFiles", () => {
  it("parts a file that is gone from those that are there", async () => {
    const there = new File(["x"], "there.png");
    const gone = new File(["x"], "gone.png");
    gone.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")) }) as unknown as Blob;
    expect(await readableFiles([gone, there])).toEqual({ readable: [there], unreadable: [gone] });
  });
});
