import { offsetOf, type Position } from "../cell/lines.ts";
import type { Place, ServerDiagnostic } from "./lsp.ts";
import { SEVERITY } from "./lsp.ts";
import { TEXT_LINE } from "./scope.ts";

/** A type error in the author's text. */
export interface Problem extends Position {
  code: number;
  message: string;
  /** Where it is, as offsets of the text. */
  start: number;
  end: number;
}

/** What is an error in a file and none in a notebook. */
const DROPPED = new Set([
  // `let m;` gets its type from a later cell.
  7005, 7034,
  // `const x = f(); let x = ...`: the first x is that of an earlier cell; it is `any` then, as implied by itself.
  7022,
  // A package without types: everything of it is `any`.
  7016,
]);

/** `let h = h + 1` reads the older h: V8 allows it where h is visible from before. */
const OF_OLDER_NAMES = new Set([2448, 2454]);

/** What the server says of a document, less what is not about the text or no error in a notebook. */
export function problemsOf(found: ServerDiagnostic[], text: string, isVisible: (name: string) => boolean): Problem[] {
  const lines = text.split("\n").length;
  return found
    .filter(({ severity, code, range: { start } }) => {
      const inside = start.line >= TEXT_LINE && start.line < TEXT_LINE + lines;
      return severity === SEVERITY.error && inside && !DROPPED.has(code);
    })
    .map(({ code, message, range }) => {
      const start = toOffset(text, range.start);
      return { code, message, ...toPosition(range.start), start, end: Math.max(start, toOffset(text, range.end)) };
    })
    .filter(({ code, start, end }) => !(OF_OLDER_NAMES.has(code) && isVisible(text.slice(start, end))));
}

const NO_SUCH_MODULE = 2307;

/** The packages that were not found; a missing file (`./x.ts`) is none. */
export function missingPackages(problems: Problem[], text: string): string[] {
  return problems
    .filter(({ code }) => code === NO_SUCH_MODULE)
    .map(({ start, end }) => text.slice(start + 1, end - 1))
    .filter(specifier => !specifier.startsWith("."))
    .map(specifier =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

/** The offset in the text of a place in its document; what is before the text is its beginning. */
export function toOffset(text: string, place: Place): number {
  return place.line < TEXT_LINE ? 0 : offsetOf(text, toPosition(place));
}

/** The place in the document of an offset in the text. */
export function toPlace(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split("\n");
  return { line: TEXT_LINE + lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function toPosition({ line, character }: Place): Position {
  return { line: line - TEXT_LINE + 1, column: character + 1 };
}
