import type { ReadableBundle } from "../display/show.ts";
import { type Check, digits, holds, inWords } from "./evaluate.ts";

const columns = ["", "claim", "ours", "expected", "unit", "source"] as const;

/** A check table as HTML and as text; marks are words, so that nothing hangs on colour. */
export function table(checks: readonly Check[]): ReadableBundle {
  const rows = checks.map(cells);
  return { "text/html": html(rows), "text/plain": text(rows) };
}

function cells([claim, ours, expected]: Check): string[] {
  const mark = holds(ours, expected) ? "✓ pass" : "✗ FAIL";
  return [mark, claim, digits(ours), inWords(expected), expected.unit ?? "", expected.source];
}

function html(rows: string[][]): string {
  const head = columns.map(name => `<th style="text-align: left">${name}</th>`).join("");
  const body = rows.map(row => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function cell(text: string, column: number): string {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return `<td style="text-align: left">${column === 0 ? `<b>${safe}</b>` : safe}</td>`;
}

function text(rows: string[][]): string {
  const all = [[...columns], ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map(row => (row[column] as string).length)));
  const line = (row: string[]) =>
    row
      .map((part, column) => part.padEnd(widths[column] as number))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}
