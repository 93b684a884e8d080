/** What takes pasted files. */
export interface PasteTarget {
  add(files: readonly File[]): void;
}

/**
 * Hands pasted images to the pool node that is selected. Without this ComfyUI makes a Load Image node of them. A paste into a text field stays
 * where it is, and one into a grid never gets here: the grid takes it.
 */
export function keepPaste(selected: () => PasteTarget | undefined): void {
  const listener = (event: ClipboardEvent) => {
    // The target of a paste is where the text caret was left last, which may be anywhere; what has the focus tells more.
    if (document.activeElement?.closest("input, textarea, [contenteditable]")) return;
    const files = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith("image/"));
    const target = files.length > 0 ? selected() : undefined;
    if (!target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    target.add(files);
  };
  document.addEventListener("paste", listener, { capture: true });
}
