import type { Profile } from "../api/shape";

/** What the two hidden widgets of a Pool Profile node hold. */
export interface Chosen {
  /** Decides when set. */
  id: string;
  /** Looked up when there is no id; otherwise what the profile was called last. */
  name: string;
}

/** What a choice means, given the profiles that there are. */
export type Choice =
  /** Nothing chosen: the pool that every such node shares. */
  | { kind: "default" }
  | { kind: "profile"; id: string; name: string }
  /** The profile is gone, or was never here. Another is never put in its place. */
  | { kind: "missing"; id: string; name: string }
  /** The profiles are not known yet. */
  | { kind: "unread"; id: string; name: string };

/** The pool of a node on which no profile was chosen. */
const DEFAULT_POOL = "default";

/** Reads a choice; `profiles` is undefined until the server has told them. */
export function readChoice({ id, name }: Chosen, profiles: readonly Profile[] | undefined): Choice {
  if (id === "" && name === "") return { kind: "default" };
  if (!profiles) return { kind: "unread", id, name };
  const found = id === "" ? byName(profiles, name) : profiles.find(profile => profile.id === id);
  if (found) return { kind: "profile", id: found.id, name: found.name };
  return { kind: "missing", id, name: name === "" ? id : name };
}

/** The pool that a choice shows; undefined while that cannot be said. */
export function poolOf(choice: Choice): string | undefined {
  if (choice.kind === "default") return DEFAULT_POOL;
  return choice.id === "" ? undefined : choice.id;
}

function byName(profiles: readonly Profile[], name: string): Profile | undefined {
  const key = (text: string) => text.trim().normalize("NFC").toLowerCase();
  return profiles.find(profile => key(profile.name) === key(name));
}

/** One entry of the dropdown; the value is an id, except for a missing profile that is known by name alone. */
export interface Option {
  value: string;
  name: string;
  missing: boolean;
}

/** The entries of the dropdown in the order of their names, with a missing choice kept at the end. */
export function optionsFor(choice: Choice, profiles: readonly Profile[]): Option[] {
  const options = profiles
    .map(({ id, name }) => ({ value: id, name, missing: false }))
    .sort((left, right) => left.name.localeCompare(right.name, undefined, { numeric: true }));
  if (choice.kind === "missing" || (choice.kind === "unread" && !options.some(option => option.value === choice.id))) {
    options.push({
      value: choice.id === "" ? `name:${choice.name}` : choice.id,
      name: choice.name,
      missing: choice.kind === "missing",
    });
  }
  return options;
}

/** The value of the dropdown's entry for a choice. */
export function optionValue(choice: Choice): string {
  if (choice.kind === "default") return "";
  return choice.id === "" ? `name:${choice.name}` : choice.id;
}
