import { tex } from "@mdit/plugin-tex";
import MarkdownIt from "markdown-it";
import { cleanHtml, type Resolve } from "./clean.ts";
import { renderCode } from "./code.ts";
import { renderMath } from "./math.ts";

const markdown = new MarkdownIt({
  html: true,
  highlight: (code, language) => renderCode(code.replace(/\n$/, ""), language),
}).use(tex, { delimiters: "all", allowInlineWithSpace: false, render: renderMath });

/** Jupyter's Markdown as HTML: tables, formulas rendered ahead, code coloured, HTML cleaned. */
export function renderMarkdown(text: string, resolve: Resolve): string {
  return cleanHtml(markdown.render(environments(text)), resolve);
}

/** Jupyter takes a bare \begin{align} … \end{align} for a displayed formula. */
function environments(text: string): string {
  return text.replace(
    /(^|\n)[ \t]*(\\begin\{(equation|align|gather|multline)(\*?)\}[\s\S]*?\\end\{\3\4\})[ \t]*(?=\n|$)/g,
    (_, before: string, formula: string) => `${before}\n$$\n${formula}\n$$\n`,
  );
}
