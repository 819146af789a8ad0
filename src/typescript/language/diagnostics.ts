import type { Position } from "../cell/lines.ts";
import { TEXT_LINE, toOffset, toPosition } from "./coordinates.ts";
import type { Kind } from "./declarations.ts";
import { SEVERITY, type ServerDiagnostic } from "./lsp.ts";

/** A type error in the author's text. */
export interface Problem extends Position {
  code: number;
  message: string;
  /** Where it is, as offsets of the text. */
  start: number;
  end: number;
}

/** The names of earlier cells, as a cell found them. */
export interface Past {
  /** Those that it declares as well. */
  redeclared: ReadonlySet<string>;
  /** Those that it needs, and what they were declared as. */
  kinds: ReadonlyMap<string, Kind>;
}

/** What is an error in a file and none in a notebook. */
const DROPPED = new Set([
  // `let m;` gets its type from a later cell.
  7005, 7034,
  // `const x = f(); let x = ...`: the first x is that of an earlier cell; it is `any` then, as implied by itself.
  7022,
  // A package without types: everything of it is `any`.
  7016,
  // `module.exports = ...` in a TypeScript file, which TypeScript reads in JavaScript only.
  2306,
  // A property that some cell gave to globalThis.
  7017,
]);

/** `let h = h + 1` reads the older h: V8 allows it where h is visible from before. */
const OF_OLDER_NAMES = new Set([2448, 2454]);

/** The server's diagnostics of a document, without those outside the text and those that are no error in a notebook. */
export function problemsOf(found: ServerDiagnostic[], text: string, { redeclared, kinds }: Past): Problem[] {
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
    .filter(({ code, start, end }) => !(OF_OLDER_NAMES.has(code) && redeclared.has(text.slice(start, end))))
    .map(problem => reworded(problem, kinds.get(text.slice(problem.start, problem.end))));
}

const CANNOT_ASSIGN_IMPORT = 2632;
/** What TypeScript says of the same assignment within one cell. */
const CANNOT_ASSIGN: Partial<Record<Kind, { code: number; reason: string }>> = {
  constant: { code: 2588, reason: "a constant" },
  enum: { code: 2628, reason: "an enum" },
  class: { code: 2629, reason: "a class" },
  function: { code: 2630, reason: "a function" },
  namespace: { code: 2631, reason: "a namespace" },
};

/** A cell's document imports the names of earlier cells, of which the author knows nothing. */
function reworded(problem: Problem, kind: Kind | undefined): Problem {
  const actual = kind && CANNOT_ASSIGN[kind];
  if (problem.code !== CANNOT_ASSIGN_IMPORT || !actual) return problem;
  const message = problem.message.replace(/because .*/, `because it is ${actual.reason} of an earlier cell.`);
  return { ...problem, code: actual.code, message };
}

/** "Cannot find name", with and without a guess at what was meant or what has to be installed. */
const NO_SUCH_NAME = new Set([2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2868]);

/** The names that the checker does not know. */
export function unknownNames(problems: Problem[], text: string): string[] {
  return problems.filter(({ code }) => NO_SUCH_NAME.has(code)).map(({ start, end }) => text.slice(start, end));
}

/** Of an import, and of one for its effect alone (`import "x"`). */
const NO_SUCH_MODULE = new Set([2307, 2882]);

/** The packages that were not found; a missing file (`./x.ts`) is none. */
export function missingPackages(problems: Problem[], text: string): string[] {
  return problems
    .filter(({ code }) => NO_SUCH_MODULE.has(code))
    .map(({ start, end }) => text.slice(start + 1, end - 1))
    .filter(specifier => !specifier.startsWith("."))
    .map(specifier =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}
