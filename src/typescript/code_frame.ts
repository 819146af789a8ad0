import type { Position } from "./cell/lines.ts";
import { Math, String } from "./intrinsics.ts";

const AROUND = 2;
/** Of a line that is longer (data, a bundle) the part around the position is shown. */
const LONGEST_LINE = 160;

/** The author's lines around a position, the line itself marked and a caret below its column. */
export function codeFrame(source: string, { line, column }: Position): string[] {
  const lines = source.split("\n");
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const width = String(last).length;
  const start = Math.max(0, Math.min(column - LONGEST_LINE / 2, (lines[line - 1] ?? "").length - LONGEST_LINE));
  const frame: string[] = [];
  for (let n = first; n <= last; n++) {
    const text = part(lines[n - 1] ?? "", n === line ? start : 0);
    frame.push(`${n === line ? ">" : " "} ${String(n).padStart(width)} | ${text}`.trimEnd());
    if (n !== line) continue;
    // Tabs stay tabs, so that the caret stands where the reader's tab stops put the text.
    const before = text.slice(0, column - 1 - start + (start > 0 ? 1 : 0));
    frame.push(`  ${" ".repeat(width)} | ${before.replace(/[^\t]/g, " ")}^`);
  }
  return frame;
}

function part(text: string, start: number): string {
  const end = start + LONGEST_LINE;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
