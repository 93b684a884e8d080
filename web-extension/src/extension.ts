import { api } from "/scripts/api.js";
import { app } from "/scripts/app.js";
import { GRID_STYLES } from "./grid/styles";
import { Page } from "./page";
import { keepPaste } from "./pool/paste";
import css from "./ui/style.css?inline";
import { injectStyles } from "./ui/styles";

let page: Page | undefined;

/** Made when first needed, since ComfyUI's settings are not there yet while extensions are imported. */
function thePage(): Page {
  page ??= new Page(app, api);
  return page;
}

app.registerExtension({
  name: "Tidepool",
  setup() {
    injectStyles(css, ...GRID_STYLES);
    thePage().follow();
    keepPaste(() => thePage().selectedPool);
  },
  nodeCreated: node => thePage().nodeCreated(node),
  afterConfigureGraph: () => thePage().ask(),
  getNodeMenuItems: node => thePage().menuOf(node),
});
