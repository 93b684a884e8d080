import { type TestId, tag } from "../testids";
import { type Icon, icon } from "./icons";

/** A new element of one or more of the grid's classes (without their prefix). */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className
    .split(" ")
    .map(part => `tidepool-${part}`)
    .join(" ");
  made.append(...children);
  return made;
}

/** What a button shows and does. */
export interface ButtonOptions {
  icon?: Icon;
  text?: string;
  /** Tooltip, and the name for screen readers. */
  title: string;
  testId?: TestId;
  className?: string;
  onClick: (event: MouseEvent) => void;
}

export function button(options: ButtonOptions): HTMLButtonElement {
  const made = element("button", options.className ?? "button");
  made.type = "button";
  if (options.icon !== undefined) made.append(icon(options.icon));
  if (options.text !== undefined) made.append(element("span", "button-text", options.text));
  name(made, options.title);
  if (options.testId !== undefined) tag(made, options.testId);
  made.addEventListener("click", options.onClick);
  return made;
}

/** Sets the tooltip and the screen reader's name of a control. */
export function name(control: HTMLElement, title: string): void {
  if (control.title === title) return;
  control.title = title;
  control.setAttribute("aria-label", title);
}

/** Puts another icon into a control that has one. */
export function replaceIcon(control: HTMLElement, wanted: Icon): void {
  if (control.dataset["icon"] === wanted) return;
  control.dataset["icon"] = wanted;
  control.querySelector("svg")?.replaceWith(icon(wanted));
}
