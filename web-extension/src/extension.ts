import { api } from "/scripts/api.js";
import { app } from "/scripts/app.js";
import { GRID_STYLES } from "./grid/styles";
import modelStyles from "./models/dialog.css?inline";
import { Page } from "./page";
import { keepPaste } from "./pool/paste";
import css from "./ui/style.css?inline";
import { injectStyles } from "./ui/styles";
import { ENGLISH } from "./ui/texts/en";

let page: Page | undefined;

/** Made when first needed, since ComfyUI's settings are not there yet while extensions are imported. */
function thePage(): Page {
  page ??= new Page(app, api);
  return page;
}

const FIND_MODELS = "Tidepool.FindModels";

app.registerExtension({
  name: "Tidepool",
  // Said in the user's language by locales/<language>/commands.json of the node pack.
  commands: [
    {
      id: FIND_MODELS,
      label: ENGLISH.models.find,
      icon: "pi pi-search",
      function: () => void thePage().models.search(),
    },
  ],
  menuCommands: [{ path: ["Edit"], commands: [FIND_MODELS] }],
  setup() {
    injectStyles(css, modelStyles, ...GRID_STYLES);
    thePage().follow();
    keepPaste(() => thePage().selectedPool);
  },
  nodeCreated: node => thePage().nodeCreated(node),
  afterConfigureGraph: () => thePage().graphLoaded(),
  getNodeMenuItems: node => thePage().menuOf(node),
});
