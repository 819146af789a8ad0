import { Math } from "../intrinsics.ts";

/** A place in a text as people count it: the first line is 1, the first column is 1. */
export interface Position {
  line: number;
  column: number;
}

export function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** The same of a position that V8 or a source map gives: JavaScript counts more characters as the end of a line. */
export function offsetInScript(text: string, { line, column }: Position): number {
  const breaks = /\r\n?|[\n\u2028\u2029]/g;
  for (let n = 1; n < line; n++) if (breaks.exec(text) === null) break;
  return Math.min(text.length, breaks.lastIndex + column - 1);
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
