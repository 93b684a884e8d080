import type { Offer } from "../api/shape";
import { tag } from "../testids";
import { button, element, keepFromCanvas, option } from "../ui/elements";
import type { Texts } from "../ui/texts";

/** One name of a model, and what may be meant by it. */
export interface Question {
  value: string;
  /** Titles of the nodes that have the value. */
  nodes: readonly string[];
  offers: readonly Offer[];
}

/**
 * Asks in one dialog which files are meant.
 *
 * @param questions those with offers are asked; the others are named as missing
 * @returns for each question the value that was chosen; undefined where it shall stay, and everywhere when the dialog was closed
 */
export function askForModels(questions: readonly Question[], texts: Texts): Promise<readonly (string | undefined)[]> {
  const choices = new Map<Question, HTMLSelectElement>();
  const dialog = tag(element("dialog", "tidepool-models"), "models-dialog");
  const heading = element("h2", "tidepool-models-title", texts.models.title);
  heading.id = "tidepool-models-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const rows = element("div", "tidepool-models-rows");
  for (const question of questions) {
    if (question.offers.length === 0) continue;
    const choice = choiceOf(question, texts);
    choices.set(question, choice);
    rows.append(rowOf(question, choice, texts));
  }
  let applied = false;
  const apply = button({
    text: texts.models.apply,
    testId: "models-apply",
    className: "tidepool-models-button tidepool-models-apply",
    press: () => {
      applied = true;
      dialog.close();
    },
  });
  const enable = () => {
    apply.disabled = ![...choices.values()].some(choice => choice.value !== "");
  };
  enable();
  rows.addEventListener("change", enable);
  const later = button({
    text: texts.models.later,
    testId: "models-later",
    className: "tidepool-models-button",
    press: () => dialog.close(),
  });
  const intro = element("p", "tidepool-models-intro", texts.models.intro);
  dialog.append(
    heading,
    intro,
    rows,
    ...absentOf(questions, texts),
    element("div", "tidepool-models-bar", later, apply),
  );
  keepFromCanvas(dialog, "keydown", "dragover", "drop");
  document.body.append(dialog);
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(questions.map(question => (applied ? choices.get(question)?.value || undefined : undefined)));
    });
    dialog.showModal();
    (apply.disabled ? later : apply).focus();
  });
}

/** Closes the dialog if it is open, as if it had been put off. */
export function closeModelDialog(): void {
  document.querySelector<HTMLDialogElement>("dialog.tidepool-models[open]")?.close();
}

function rowOf(question: Question, choice: HTMLSelectElement, texts: Texts): HTMLElement {
  const [first = ""] = question.nodes;
  const where = question.nodes.length > 1 ? texts.models.places(question.nodes.length) : first;
  const name = element("div", "tidepool-models-name", question.value);
  name.title = question.value;
  const node = element("div", "tidepool-models-node", where);
  node.title = question.nodes.join(", ");
  return tag(
    element("div", "tidepool-models-row", element("div", "tidepool-models-wanted", name, node), choice),
    "models-row",
  );
}

/** Only a file that is sure to be meant is chosen beforehand. */
function choiceOf(question: Question, texts: Texts): HTMLSelectElement {
  const choice = tag(element("select", "tidepool-models-choice"), "models-choice");
  choice.setAttribute("aria-label", texts.models.choice(question.value));
  const [best, next] = question.offers;
  const alone = best !== undefined && (best.reason === "same-content" || best.reason !== next?.reason);
  const sure = best?.certain && alone ? best : undefined;
  const offers = question.offers.map(offer => option(offer.value, described(offer, texts)));
  const none = option("", sure ? texts.models.leave : texts.models.choose(offers.length));
  choice.append(...(sure ? [...offers, none] : [none, ...offers]));
  choice.value = sure?.value ?? "";
  const tell = () => {
    choice.title = choice.selectedOptions[0]?.textContent ?? "";
  };
  tell();
  choice.addEventListener("change", tell);
  return choice;
}

function described(offer: Offer, texts: Texts): string {
  const why = texts.models.reasons[offer.reason] ?? offer.reason;
  const size = offer.bytes === undefined ? "" : `, ${sizeOf(offer.bytes, texts)}`;
  return `${offer.value} (${why}${size})`;
}

function sizeOf(bytes: number, texts: Texts): string {
  if (bytes >= 1e9) return `${texts.number(bytes / 1e9)} GB`;
  return bytes >= 1e6 ? `${texts.number(bytes / 1e6)} MB` : `${texts.number(bytes / 1e3)} kB`;
}

function absentOf(questions: readonly Question[], texts: Texts): HTMLElement[] {
  const absent = questions.filter(question => question.offers.length === 0);
  if (absent.length === 0) return [];
  const list = element("ul", "tidepool-models-list", ...absent.map(each => element("li", "", each.value)));
  const summary = element("p", "tidepool-models-intro", texts.models.absent(absent.length));
  return [tag(element("div", "tidepool-models-absent", summary, list), "models-absent")];
}
