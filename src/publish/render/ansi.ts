import { escapeHtml } from "./escape.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals' colours begin with the escape character
const CODES = /\u001b\[([\d;]*)([A-Za-z])/g;

/** What a program printed for a terminal, as HTML: the eight colours and bold stay, other codes go. */
export function renderTerminal(text: string): string {
  let html = "";
  let at = 0;
  let style = "";
  const add = (part: string): void => {
    if (part !== "") html += style === "" ? escapeHtml(part) : `<span class="${style}">${escapeHtml(part)}</span>`;
  };
  for (const match of text.matchAll(CODES)) {
    add(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === "m") style = styled(style, match[1] as string);
  }
  add(text.slice(at));
  return html;
}

/** A line that a carriage return wrote over is not what a reader saw. */
export function overwritten(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/^.*\r(?!$)/gm, "");
}

function styled(style: string, codes: string): string {
  const classes = new Set(style.split(" ").filter(name => name !== ""));
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) classes.clear();
    else if (code === 1) classes.add("bold");
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      for (const name of classes) if (name.startsWith("ansi-")) classes.delete(name);
      classes.add(`ansi-${code % 10}`);
    }
  }
  return [...classes].join(" ");
}
