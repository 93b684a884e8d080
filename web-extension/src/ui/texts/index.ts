import { GERMAN } from "./de";
import { ENGLISH, type Texts } from "./en";

export type { Texts };

/** The texts of a language tag such as `de` or `de-AT`; English for languages without texts. */
export function textsFor(locale: string): Texts {
  return locale.toLowerCase().split("-")[0] === "de" ? GERMAN : ENGLISH;
}
