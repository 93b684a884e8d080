import { describe, expect, it } from "vitest";
import { batches } from "./batches";

const sized = (...sizes: number[]) => sizes.map(size => ({ size }));
const cut = (limits: { files: number; bytes: number }, ...sizes: number[]) =>
  batches(sized(...sizes), limits).map(batch => batch.map(file => file.size));

describe("batches", () => {
  it("are none for no files", () => {
    expect(cut({ files: 2, bytes: 10 })).toEqual([]);
  });

  it("keep within the number of files and of bytes, in order", () => {
    expect(cut({ files: 3, bytes: 10 }, 1, 2, 3, 4, 8, 3)).toEqual([[1, 2, 3], [4], [8], [3]]);
  });

  it("send a file beyond the limit alone", () => {
    expect(cut({ files: 9, bytes: 10 }, 1, 50, 2, 3)).toEqual([[1], [50], [2, 3]]);
  });
});
