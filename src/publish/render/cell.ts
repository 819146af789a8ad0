import { type Cell, sourceOf } from "../../course/pair/index.ts";
import { outputsOf, type Source } from "../notebook/read.ts";
import { renderCode } from "./code.ts";
import { escapeHtml } from "./escape.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderOutputs, resolverOf } from "./output.ts";
import type { Page } from "./page.ts";

/** How other programs for notebooks say that a part of a cell is not shown. */
const HIDES = {
  cell: ["remove-cell", "remove_cell", "hide-cell"],
  input: ["remove-input", "remove_input", "hide-input", "hide_input"],
  output: ["remove-output", "remove_output", "hide-output"],
} as const;

export function hides(cell: Cell, part: keyof typeof HIDES): boolean {
  const { tags = [], jupyter = {} } = cell.metadata as {
    tags?: string[];
    jupyter?: { source_hidden?: boolean; outputs_hidden?: boolean };
  };
  if (part === "input" && jupyter.source_hidden === true) return true;
  if (part === "output" && jupyter.outputs_hidden === true) return true;
  return HIDES[part].some(tag => tags.includes(tag));
}

/** A cell as HTML: its text, or its code with what came of it. */
export function renderCell(cell: Cell, page: Page): string {
  if (cell.cell_type === "raw" || hides(cell, "cell")) return "";
  if (cell.cell_type === "markdown") {
    const { attachments = {} } = cell as { attachments?: Record<string, Record<string, string>> };
    return renderMarkdown(sourceOf(cell), resolverOf(page, attachments));
  }
  const outputs = hides(cell, "output") ? [] : renderOutputs(outputsOf(cell), page);
  return [renderInput(cell, page.source), ...outputs].join("\n");
}

function renderInput(cell: Cell, { language }: Source): string {
  const code = sourceOf(cell);
  if (code.trim() === "" || hides(cell, "input")) return "";
  const { lines } = (cell.metadata.slideshow ?? {}) as { lines?: unknown };
  const steps = typeof lines === "string" ? ` data-steps="${escapeHtml(lines)}"` : "";
  return `<pre class="code"${steps} tabindex="0"><code>${renderCode(code, language)}</code></pre>`;
}
