import type { Server } from "./server.ts";

/** A text as the server has it now, and where it is asked about. */
export interface Question {
  server: Server;
  /** The document that the text stands in. */
  path: string;
  code: string;
  offset: number;
}

const WORD_BEFORE = /[\p{ID_Continue}$#]*$/u;
const WORD_AFTER = /^[\p{ID_Continue}$]*/u;

/** The name around an offset; empty where there is none. */
export function wordAt(code: string, offset: number): { start: number; end: number } {
  const before = WORD_BEFORE.exec(code.slice(0, offset))?.[0] ?? "";
  const after = WORD_AFTER.exec(code.slice(offset))?.[0] ?? "";
  return { start: offset - before.length, end: offset + after.length };
}
