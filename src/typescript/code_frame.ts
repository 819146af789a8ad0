import type { Position } from "./cell/lines.ts";
import { Math, String } from "./intrinsics.ts";

const AROUND = 2;

/** The author's lines around a position, the line itself marked and a caret below its column. */
export function codeFrame(source: string, { line, column }: Position): string[] {
  const lines = source.split("\n");
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const width = String(last).length;
  const frame: string[] = [];
  for (let n = first; n <= last; n++) {
    const text = lines[n - 1] ?? "";
    frame.push(`${n === line ? ">" : " "} ${String(n).padStart(width)} | ${text}`.trimEnd());
    // Tabs stay tabs, so that the caret stands where the reader's tab stops put the text.
    if (n === line) frame.push(`  ${" ".repeat(width)} | ${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`);
  }
  return frame;
}
