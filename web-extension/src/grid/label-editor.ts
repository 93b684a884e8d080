import { tag } from "../testids";
import { element } from "../ui/elements";
import { LABEL_LIMIT } from "./actions";
import type { Cell } from "./cell";

/**
 * Edits the label in a cell, in its place. Enter or leaving the field saves, Escape does not.
 *
 * @param name what a screen reader calls the field
 * @param ended gets the text, or null when nothing is to be saved; `keyboard` tells whether focus was in the field
 */
export function editLabel(
  cell: Cell,
  name: string,
  text: string,
  ended: (text: string | null, keyboard: boolean) => void,
): void {
  const input = tag(element("input", "tidepool-label-input"), "pool-slot-label-input");
  input.value = text;
  input.maxLength = LABEL_LIMIT;
  input.spellcheck = false;
  input.setAttribute("aria-label", name);
  let open = true;
  const close = () => {
    open = false;
    cell.onRelease = null;
    cell.element.draggable = true;
    input.remove();
  };
  const end = (result: string | null, keyboard: boolean) => {
    if (!open) return;
    close();
    ended(result, keyboard);
  };
  // The image is gone or another pool is shown: nobody waits for the label any more.
  cell.onRelease = close;
  input.addEventListener("keydown", event => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") end(input.value, true);
    else if (event.key === "Escape") end(null, true);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => end(input.value, false));
  for (const type of ["click", "dblclick", "paste", "copy", "cut"]) {
    input.addEventListener(type, event => event.stopPropagation());
  }
  // A draggable parent would turn selecting text into dragging the image.
  cell.element.draggable = false;
  cell.element.append(input);
  input.focus({ preventScroll: true });
  input.select();
}
