import { type TestId, tag } from "../testids";
import { type IconName, icon } from "./icons";

/** A new element with children; its classes are written as they stand in the style sheets. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** An entry of a dropdown. */
export function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

/** What a button shows and does. */
export interface ButtonOptions {
  icon?: IconName;
  text?: string;
  /** Tooltip, and the name for screen readers; a button whose text says it all needs none. */
  title?: string;
  testId?: TestId | undefined;
  className?: string;
  press: () => void;
}

/** A new button. */
export function button(options: ButtonOptions): HTMLButtonElement {
  const made = element("button", options.className ?? "tidepool-button");
  made.type = "button";
  if (options.icon !== undefined) made.append(icon(options.icon));
  if (options.text !== undefined) made.append(element("span", "tidepool-button-text", options.text));
  if (options.title !== undefined) name(made, options.title);
  if (options.testId !== undefined) tag(made, options.testId);
  made.addEventListener("click", options.press);
  return made;
}

/** Sets the tooltip and the screen reader's name of a control. */
export function name(control: HTMLElement, title: string): void {
  if (control.title === title) return;
  control.title = title;
  control.setAttribute("aria-label", title);
}

/** Puts another icon into a control that has one. */
export function replaceIcon(control: HTMLElement, wanted: IconName): void {
  if (control.dataset["icon"] === wanted) return;
  control.dataset["icon"] = wanted;
  control.querySelector("svg")?.replaceWith(icon(wanted));
}

/**
 * Keeps events of what lies over the page from ComfyUI, which listens to the whole page: what is typed or scrolled
 * here must not reach the graph below.
 *
 * @param more types of events that are kept besides
 */
export function keepFromCanvas(overlay: HTMLElement, ...more: string[]): void {
  for (const type of ["keyup", "wheel", "pointerdown", "paste", "copy", ...more]) {
    overlay.addEventListener(type, event => event.stopPropagation());
  }
}
