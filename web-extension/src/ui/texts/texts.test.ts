import { describe, expect, it } from "vitest";
import { textsFor } from ".";

/** What is said under each key, with samples where a text takes something. */
function said(texts: object, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "object") for (const entry of said(value, `${above}${key}.`)) found.set(...entry);
    else found.set(above + key, typeof value === "function" ? value(2, 3) : value);
  }
  return found;
}

describe("the texts", () => {
  it("are in the language of the page, in English where there are none", () => {
    expect(textsFor("de-AT").profile).toBe("Profil");
    expect(textsFor("en").profile).toBe("Profile");
    expect(textsFor("ja").profile).toBe("Profile");
  });

  it("have the same keys in every language, and each is translated", () => {
    const english = said(textsFor("en"));
    const german = said(textsFor("de"));
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    const same = [...english].filter(([key, text]) => german.get(key) === text).map(([key]) => key);
    expect(same).toEqual(["number"]);
  });

  it("count by the rules of their language", () => {
    expect([1, 2, 12_345].map(textsFor("en").images)).toEqual(["1 image", "2 images", "12,345 images"]);
    expect([1, 2, 12_345].map(textsFor("de").images)).toEqual(["1 Bild", "2 Bilder", "12.345 Bilder"]);
    const { refused } = textsFor("de").grid;
    expect(refused(1, 1)).toBe("1 von 1 Bild konnte nicht hinzugefügt werden");
    expect(refused(2, 3)).toBe("2 von 3 Bildern konnten nicht hinzugefügt werden");
  });
});
