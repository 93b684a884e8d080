/** An answer of the server that says no: what went wrong, and what to do about it. */
export class TidepoolError extends Error {
  override readonly name = "TidepoolError";

  constructor(
    /** Stable name of the error, such as `profile-name-taken`. */
    readonly code: string,
    message: string,
    /** Next steps for the user, each a sentence. */
    readonly hints: readonly string[] = [],
    /** HTTP status; 0 when no answer came. */
    readonly status = 0,
  ) {
    super(message);
  }
}

/** The core behind the server could not start; the nodes cannot work until it does. */
export const BRIDGE_UNAVAILABLE = "bridge-unavailable";

/** No answer came at all. */
export const SERVER_UNREACHABLE = "server-unreachable";

/** The error for when no answer came. */
export function unreachable(): TidepoolError {
  const hint = "Look whether it still runs; the page reconnects by itself.";
  return new TidepoolError(SERVER_UNREACHABLE, "The ComfyUI server does not answer.", [hint]);
}

/** What may be shown to a user about anything that was thrown. */
export function describe(error: unknown): { code: string; message: string; hints: readonly string[] } {
  if (error instanceof TidepoolError) return error;
  return { code: "page-error", message: error instanceof Error ? error.message : String(error), hints: [] };
}

/** Whether work was given up on purpose. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
