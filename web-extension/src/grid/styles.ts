import cell from "./cell.css?inline";
import grid from "./grid.css?inline";
import panels from "./panels.css?inline";
import toolbar from "./toolbar.css?inline";

/** The style sheets of the grid; they build on `ui/style.css`. */
export const GRID_STYLES: readonly string[] = [grid, toolbar, cell, panels];
