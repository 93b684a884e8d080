/** What a failed request tells the user. */
export interface Failure {
  title: string;
  message: string;
  hints: readonly string[];
  /** The server could not be reached at all: trying again later may help. */
  offline: boolean;
}

/** Reads a rejected promise's reason: an error with `hints` is told as it is; a failed fetch means no connection. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TypeError || (isRecord(error) && error["status"] === 0)) {
    return {
      title: "ComfyUI does not answer",
      message: "The images appear again as soon as the server is back.",
      hints: ["Look whether ComfyUI is still running."],
      offline: true,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const hints = isRecord(error) && Array.isArray(error["hints"]) ? error["hints"].map(String) : [];
  return { title: "The images could not be read", message, hints, offline: false };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
