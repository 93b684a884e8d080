import cell from "./cell.css?inline";
import grid from "./grid.css?inline";
import panels from "./panels.css?inline";
import toolbar from "./toolbar.css?inline";

const ID = "tidepool-grid-style";

/** Puts the grid's style sheets into the page, once. */
export function installStyle(): void {
  if (document.getElementById(ID) !== null) return;
  const style = document.createElement("style");
  style.id = ID;
  style.textContent = grid + toolbar + cell + panels;
  document.head.append(style);
}
