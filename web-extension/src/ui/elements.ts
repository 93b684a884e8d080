import { type IconName, icon } from "./icons";

/** Makes an element with a class and children. */
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

/** A button that shows an icon; its name is its tooltip and what a screen reader says. */
export function iconButton(name: IconName, label: string, press: () => void): HTMLButtonElement {
  const button = element("button", "tidepool-icon-button", icon(name));
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", press);
  return button;
}

/** Puts style sheets into the page, once however often it is called. */
export function injectStyles(...sheets: readonly string[]): void {
  const id = "tidepool-styles";
  if (document.getElementById(id)) return;
  const style = document.createElement("style");
  style.id = id;
  style.textContent = sheets.join("\n");
  document.head.append(style);
}

/**
 * Lets the browser save what lies at an address, under the name that the server gives it. Runs in a frame, so that the answer to a failed download,
 * which is no file, can be read: `refused` gets its text, or nothing when no answer came. A file that is saved loads nothing into the frame.
 */
export function download(address: string, refused: (answer: string) => void): void {
  const id = "tidepool-download";
  document.getElementById(id)?.remove();
  const frame = element("iframe", "tidepool-bar-hidden");
  frame.id = id;
  frame.setAttribute("aria-hidden", "true");
  frame.src = address;
  frame.addEventListener("load", () => {
    refused(frame.contentDocument?.body?.textContent ?? "");
  });
  document.body.append(frame);
}
