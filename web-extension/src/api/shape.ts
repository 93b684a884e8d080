import type { Addition, Pool, Refusal, Slot } from "../grid/port";
import { TidepoolError, unreachable } from "./errors";

/** A named pool. */
export interface Profile {
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  created: number;
}

/** A name of a model that a workflow has and this ComfyUI does not. */
export interface ModelReference {
  /** The class of the node, and the name of its input. */
  type: string;
  input: string;
  value: string;
  hashes: readonly { type: string; hash: string }[];
}

/** A file that a name may mean. */
export interface Offer {
  /** What a widget has to hold to mean it. */
  value: string;
  /** Such as `same-name`. */
  reason: string;
  /** Whether it can be taken for the file that was meant. */
  certain: boolean;
  bytes?: number;
}

/** The files that a name may mean, the likeliest first. */
export interface ModelOffers {
  /** The folder of models that the input takes; null when it takes no models. */
  folder: string | null;
  offers: readonly Offer[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A reader turns what came over the wire into a checked value, or throws. */
export type Reader<T> = (value: unknown) => T;

export const readProfile: Reader<Profile> = value => {
  const fields = object(value, "profile");
  return { id: text(fields, "id"), name: text(fields, "name"), created: number(fields, "created") };
};

export const readProfiles: Reader<readonly Profile[]> = value =>
  list(object(value, "answer"), "profiles").map(readProfile);

export const readPool: Reader<Pool> = value => {
  const fields = object(value, "pool");
  return {
    id: text(fields, "id"),
    revision: text(fields, "revision"),
    active: fields["active"] === null ? null : text(fields, "active"),
    slots: list(fields, "slots").map(readSlot),
  };
};

const readSlot: Reader<Slot> = value => {
  const fields = object(value, "slot");
  return {
    name: text(fields, "name"),
    label: text(fields, "label"),
    width: number(fields, "width"),
    height: number(fields, "height"),
    bytes: number(fields, "bytes"),
    modified: number(fields, "modified"),
    enabled: flag(fields, "enabled"),
    mask: flag(fields, "mask"),
  };
};

export const readAddition: Reader<Addition> = value => {
  const fields = object(value, "answer");
  return {
    pool: readPool(fields["pool"]),
    added: texts(fields, "added"),
    refused: list(fields, "refused").map(readRefusal),
  };
};

const readRefusal: Reader<Refusal> = value => {
  const fields = object(value, "refusal");
  const error = object(fields["error"], "error");
  return { name: text(fields, "name"), message: text(error, "message"), hints: texts(error, "hints") };
};

export const readOffers: Reader<readonly ModelOffers[]> = value =>
  list(object(value, "answer"), "references").map(reference => {
    const fields = object(reference, "reference");
    return {
      folder: fields["folder"] === null ? null : text(fields, "folder"),
      offers: list(fields, "offers").map(readOffer),
    };
  });

const readOffer: Reader<Offer> = value => {
  const fields = object(value, "offer");
  const offer = { value: text(fields, "value"), reason: text(fields, "reason"), certain: flag(fields, "certain") };
  return fields["bytes"] === undefined ? offer : { ...offer, bytes: number(fields, "bytes") };
};

/** Reads `{"error":{"code","message","hints"}}`; undefined when the answer has another shape. */
export function readError(value: unknown, status: number): TidepoolError | undefined {
  try {
    const error = object(object(value, "answer")["error"], "error");
    return new TidepoolError(text(error, "code"), text(error, "message"), texts(error, "hints"), status);
  } catch {
    return undefined;
  }
}

/** Reads an error from the text of an answer. */
export function errorIn(text: string): TidepoolError {
  const explained = () => (text === "" ? unreachable() : new TidepoolError("answer-unexpected", text.slice(0, 300)));
  try {
    return readError(JSON.parse(text), 0) ?? explained();
  } catch {
    return explained();
  }
}

/** Reads the data of the event `tidepool.progress`: bytes done and in all. */
export const readProgress: Reader<{ token: string; done: number; total: number }> = value => {
  const fields = object(value, "event");
  return { token: text(fields, "token"), done: number(fields, "done"), total: number(fields, "total") };
};

/** Reads the data of the event `tidepool.pool.changed`. */
export const readPoolChange: Reader<{ id: string; revision: string; images: number }> = value => {
  const fields = object(value, "event");
  return { id: text(fields, "id"), revision: text(fields, "revision"), images: number(fields, "images") };
};

/** The value as an object; throws what a user may read when it is none. */
export function object(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unexpected(what, "an object", value);
  return value as Fields;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw unexpected(name, "text", value);
  return value;
}

function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw unexpected(name, "a number", value);
  return value;
}

function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== "boolean") throw unexpected(name, "true or false", value);
  return value;
}

function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw unexpected(name, "a list", value);
  return value;
}

function texts(fields: Fields, name: string): readonly string[] {
  return list(fields, name).map((value, index) => {
    if (typeof value !== "string") throw unexpected(`${name}[${index}]`, "text", value);
    return value;
  });
}

function unexpected(what: string, wanted: string, value: unknown): TidepoolError {
  return new TidepoolError(
    "answer-unexpected",
    `The server's answer was not understood: "${what}" should be ${wanted}, not ${value === null ? "null" : typeof value}.`,
    ["Reload the page: the server may have been updated since it was opened."],
  );
}
