import { offsetOf, type Position } from "../cell/lines.ts";
import type { Place } from "./lsp.ts";

/** Text stands on line 1 of its document: what the document imports is line 0. */
export const TEXT_LINE = 1;

/** The offset in the text of a place in its document; what is before the text is its beginning. */
export function toOffset(text: string, place: Place): number {
  return place.line < TEXT_LINE ? 0 : offsetOf(text, toPosition(place));
}

/** The place in the document of an offset in the text. */
export function toPlace(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split("\n");
  return { line: TEXT_LINE + lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** The author's position of a place in the document. */
export function toPosition({ line, character }: Place): Position {
  return { line: line - TEXT_LINE + 1, column: character + 1 };
}
