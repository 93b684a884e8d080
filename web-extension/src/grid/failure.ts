import type { Texts } from "../ui/texts";

/** What a failed request tells the user. */
export interface Failure {
  title: string;
  message: string;
  hints: readonly string[];
  /** The server could not be reached at all. */
  offline: boolean;
}

/** Reads a rejected promise's reason: an error with `hints` is told as it is. */
export function failureOf(error: unknown, texts: Texts): Failure {
  const { grid } = texts;
  if (isOffline(error)) {
    return { title: grid.offline, message: grid.offlineOutlook, hints: [grid.offlineHint], offline: true };
  }
  const message = error instanceof Error ? error.message : String(error);
  const hints = isRecord(error) && Array.isArray(error["hints"]) ? error["hints"].map(String) : [];
  return { title: grid.unread, message, hints, offline: false };
}

/** Whether a rejected promise's reason is that the server could not be reached at all: trying again later may help. */
export function isOffline(error: unknown): boolean {
  // A failed fetch is a TypeError; an answer that never came has no status.
  return error instanceof TypeError || (isRecord(error) && error["status"] === 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
