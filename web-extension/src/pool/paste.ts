/** What takes pasted files. */
export interface PasteTarget {
  add(files: readonly File[]): void;
}

/**
 * Hands pasted images to the pool node that is selected. Without this ComfyUI makes a Load Image node of them. A paste into a text field, or into
 * the grid itself, stays where it is.
 */
export function keepPaste(selected: () => PasteTarget | undefined): void {
  const listener = (event: ClipboardEvent) => {
    if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable], .tidepool-pool"))
      return;
    const files = [...(event.clipboardData?.files ?? [])].filter(file => file.type.startsWith("image/"));
    const target = files.length > 0 ? selected() : undefined;
    if (!target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    target.add(files);
  };
  document.addEventListener("paste", listener, { capture: true });
}
