import { look } from "./look.ts";
import type { Model } from "./model.ts";

/** An explorer as anywidget takes it. */
export interface Rendering {
  render(context: { model: Model; el: HTMLElement }): void;
}

/** The root of an explorer, with its style, and below its parts the words that a screen reader hears. */
export function frame(el: HTMLElement, label: string, ...parts: HTMLElement[]): HTMLElement {
  const root = document.createElement("div");
  root.className = "latent-explorer";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  const style = document.createElement("style");
  style.textContent = look;
  const words = document.createElement("p");
  words.className = "words";
  words.setAttribute("aria-live", "polite");
  root.append(style, ...parts, words);
  el.append(root);
  return words;
}

export function row(name: string, ...parts: HTMLElement[]): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.append(...parts);
  return element;
}

export function button(text: string, click: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.textContent = text;
  element.addEventListener("click", click);
  return element;
}
