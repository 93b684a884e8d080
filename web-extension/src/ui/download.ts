import { element } from "./elements";

/** After this time, in milliseconds, an archive that was asked for is surely on its way. */
const LONGEST_PACKING = 3_600_000;
/** The same, counted from the moment when it is packed. */
const LONGEST_ANSWER = 60_000;

/**
 * Lets the browser save what lies at an address, under the name that the server gives it. Runs in a frame, so that the answer to a failed download,
 * which is no file, can be read: `refused` gets its text, or nothing when no answer came. A file that is saved loads nothing into the frame.
 *
 * @returns to be called when the server has made the file: the frame, which takes memory, need not stay much longer then
 */
export function download(address: string, refused: (answer: string) => void): () => void {
  const frame = element("iframe", "tidepool-hidden");
  frame.setAttribute("aria-hidden", "true");
  frame.src = address;
  frame.addEventListener("load", () => {
    refused(frame.contentDocument?.body?.textContent ?? "");
    frame.remove();
  });
  document.body.append(frame);
  // Nothing tells when a file begins to come; until then the frame must stay.
  const longest = setTimeout(() => frame.remove(), LONGEST_PACKING);
  return () => {
    clearTimeout(longest);
    setTimeout(() => frame.remove(), LONGEST_ANSWER);
  };
}
