import hljs from "highlight.js/lib/common";
import { escapeHtml } from "./escape.ts";

const ALIASES: Record<string, string> = { ipython: "python", ipython3: "python", "c++": "cpp", octave: "matlab" };

/** Code with its parts coloured, every line an element of its own, so that a slide can break or step through it. */
export function renderCode(code: string, language: string): string {
  const name = ALIASES[language] ?? language;
  const html = hljs.getLanguage(name) ? hljs.highlight(code, { language: name }).value : escapeHtml(code);
  return linesOf(html)
    .map((line, i) => `<span class="line" data-line="${i + 1}">${line || " "}\n</span>`)
    .join("");
}

/** Splits coloured code at its line ends; what is open there is closed and opened again. */
export function linesOf(html: string): string[] {
  const open: string[] = [];
  const lines = [""];
  for (const [token] of html.matchAll(/<span[^>]*>|<\/span>|\n|[^<\n]+/g)) {
    if (token === "\n") {
      lines[lines.length - 1] += "</span>".repeat(open.length);
      lines.push(open.join(""));
      continue;
    }
    if (token === "</span>") open.pop();
    else if (token.startsWith("<span")) open.push(token);
    lines[lines.length - 1] += token;
  }
  return lines;
}
