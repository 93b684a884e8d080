import { describe } from "../api/errors";
import type { Profile } from "../api/shape";
import { type TestId, tag } from "../testids";
import { button, element, name, option } from "../ui/elements";
import { type IconName, icon } from "../ui/icons";
import type { Texts } from "../ui/texts";
import { type Choice, optionsFor, optionValue, poolOf } from "./choice";

/** What a user can ask for on the bar. */
export interface BarActions {
  choose(id: string): void;
  create(): void;
  rename(): void;
  duplicate(): void;
  export(): void;
  import(archive: File): void;
  delete(): void;
  retry(): void;
}

/** What the bar shows. */
export interface BarState {
  choice: Choice;
  profiles: readonly Profile[] | undefined;
  /** Number of images; undefined while unknown. */
  count: number | undefined;
  /** Why the profiles could not be read; undefined when they were. */
  error: unknown;
}

/** The face of a Pool Profile node: a dropdown of profiles, buttons for what can be done with them, and the number of images. */
export class ProfileBar {
  readonly element = tag(element("div", "tidepool-bar"), "profile-bar");
  private readonly select = tag(element("select", "tidepool-bar-select"), "profile-select");
  private readonly count = tag(element("span", "tidepool-bar-count"), "profile-count");
  private readonly picker = tag(element("input", "tidepool-hidden"), "profile-import-input");
  private readonly needProfile: HTMLButtonElement[] = [];
  private readonly chooser: HTMLElement;
  private readonly tools: HTMLElement;
  private readonly failure = element("div", "tidepool-bar-error");
  private shown = "";

  constructor(
    private readonly texts: Texts,
    private readonly actions: BarActions,
  ) {
    this.select.setAttribute("aria-label", texts.profile);
    this.select.addEventListener("change", () => this.actions.choose(this.select.value));
    this.tools = this.makeTools();
    const drop = element("div", "tidepool-bar-drop", texts.dropHere);
    this.chooser = element("div", "tidepool-bar-row", this.select, icon("down"), this.count);
    this.failure.setAttribute("role", "alert");
    this.element.append(this.chooser, this.tools, this.failure, this.picker, drop);
    this.preparePicker();
    this.acceptDrops();
    this.keepKeys();
  }

  /** Draws a state. */
  show(state: BarState): void {
    const { choice, profiles, count, error } = state;
    this.showOptions(choice, profiles ?? []);
    this.element.dataset["profileId"] = poolOf(choice) ?? "";
    this.element.classList.toggle("tidepool-bar-missing", choice.kind === "missing");
    for (const button of this.needProfile) button.disabled = choice.kind !== "profile";
    this.count.textContent = count === undefined ? "" : String(count);
    name(this.count, count === undefined ? "" : this.texts.images(count));
    this.showError(profiles === undefined ? error : undefined);
  }

  private showOptions(choice: Choice, profiles: readonly Profile[]): void {
    const options = optionsFor(choice, profiles);
    const drawn = JSON.stringify(options);
    // An open dropdown would close when its options are replaced.
    if (drawn !== this.shown) {
      this.shown = drawn;
      const none = option("", this.texts.defaultPool);
      const entries = options.map(({ value, name, missing }) =>
        option(value, missing ? this.texts.missing(name) : name),
      );
      this.select.replaceChildren(none, ...entries);
    }
    this.select.value = optionValue(choice);
    this.select.title = this.select.selectedOptions[0]?.text ?? "";
  }

  private showError(error: unknown): void {
    this.failure.hidden = error === undefined;
    for (const part of [this.chooser, this.tools]) part.hidden = error !== undefined;
    if (error === undefined) return;
    const { message, hints } = describe(error);
    const retry = button({
      text: this.texts.retry,
      className: "tidepool-bar-text-button",
      press: () => this.actions.retry(),
    });
    const title = element("strong", "", this.texts.unavailable);
    const lines = [message, ...hints].map(line => element("div", "", line));
    this.failure.replaceChildren(icon("warning"), element("div", "tidepool-bar-lines", title, ...lines), retry);
    this.failure.title = [message, ...hints].join("\n");
  }

  private makeTools(): HTMLElement {
    const { actions, texts } = this;
    const tool = (glyph: IconName, title: string, testId: TestId, press: () => void) =>
      button({ icon: glyph, title, testId, className: "tidepool-icon-button", press });
    const rename = tool("pencil", texts.rename, "profile-rename", () => actions.rename());
    const duplicate = tool("copy", texts.duplicate, "profile-duplicate", () => actions.duplicate());
    const save = tool("download", texts.export, "profile-export", () => actions.export());
    const remove = tool("trash", texts.delete, "profile-delete", () => actions.delete());
    this.needProfile.push(rename, duplicate, save, remove);
    const tools = element(
      "div",
      "tidepool-bar-tools",
      tool("plus", texts.create, "profile-create", () => actions.create()),
      rename,
      duplicate,
      save,
      tool("upload", texts.import, "profile-import", () => this.openPicker()),
      remove,
    );
    tools.setAttribute("role", "toolbar");
    tools.setAttribute("aria-label", texts.profileActions);
    return tools;
  }

  /** Asks for an archive. */
  openPicker(): void {
    this.picker.click();
  }

  private preparePicker(): void {
    this.picker.type = "file";
    this.picker.accept = ".zip,application/zip";
    this.picker.tabIndex = -1;
    this.picker.setAttribute("aria-label", this.texts.import);
    this.picker.addEventListener("change", () => {
      const [archive] = this.picker.files ?? [];
      this.picker.value = "";
      if (archive) this.actions.import(archive);
    });
  }

  private acceptDrops(): void {
    const aimed = (on: boolean) => this.element.classList.toggle("tidepool-bar-dropping", on);
    for (const name of ["dragenter", "dragover"] as const) {
      this.element.addEventListener(name, event => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = "copy";
        aimed(true);
      });
    }
    this.element.addEventListener("dragleave", event => {
      if (!(event.relatedTarget instanceof Node && this.element.contains(event.relatedTarget))) aimed(false);
    });
    this.element.addEventListener("drop", event => {
      aimed(false);
      const [archive] = event.dataTransfer?.files ?? [];
      if (!archive) return;
      event.preventDefault();
      event.stopPropagation();
      this.actions.import(archive);
    });
  }

  /** Keys pressed on the bar must not reach the canvas, where Delete removes the node and letters are shortcuts; undo and the like may. */
  private keepKeys(): void {
    this.element.addEventListener("keydown", event => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
  }
}
