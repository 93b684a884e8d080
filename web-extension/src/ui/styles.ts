const ID = "tidepool-styles";

/** Puts style sheets into the page, once however often it is called. */
export function injectStyles(...sheets: readonly string[]): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement("style");
  style.id = ID;
  style.textContent = sheets.join("\n");
  document.head.append(style);
}
