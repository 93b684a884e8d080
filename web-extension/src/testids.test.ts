import { describe, expect, it } from "vitest";
import { TEST_IDS, tag, testId } from "./testids";

describe("test ids", () => {
  it("are unique", () => {
    expect(new Set(TEST_IDS).size).toBe(TEST_IDS.length);
  });

  it("carry the product's prefix in the page", () => {
    expect(testId("pool-grid")).toBe("tidepool-pool-grid");
    expect(tag(document.createElement("div"), "undo").dataset["testid"]).toBe("tidepool-undo");
  });
});
