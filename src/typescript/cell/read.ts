import type * as ast from "oxc-parser";
import { type ParseResult, parseSync } from "oxc-parser";
import { Math } from "../intrinsics.ts";
import { isTooDeep } from "./depth.ts";
import { Edits } from "./edits.ts";
import { type Position, positionOf } from "./lines.ts";
import { CellSyntaxError, offsetOfError, parse } from "./parse.ts";
import { nextToken } from "./tokens.ts";
import { visit } from "./visit.ts";

/** A cell as it is read: its text, perhaps with brackets that it means, its tree, and the way back to the author's text. */
export interface Reading {
  text: string;
  program: ast.Program;
  place: (offset: number) => Position;
}

/** So many casts in front of an operator are put in brackets. */
const MOST_CASTS = 20;

/**
 * A first line that begins with "# " is a comment, as nbgrader writes one into a cell that it puts back (issue 19). The text
 * keeps its length. No TypeScript begins so.
 */
export function withoutNotice(source: string): string {
  return source.startsWith("# ") ? `//${source.slice(2)}` : source;
}

/** Throws `CellSyntaxError`. */
export function read(given: string): Reading {
  const source = withoutNotice(given);
  const place = (offset: number) => positionOf(source, offset);
  const object = asObject(source);
  if (object) return object;
  try {
    return { text: source, program: parse(source, place).program, place };
  } catch (error) {
    const bracketed = error instanceof CellSyntaxError && !isTooDeep(source) ? withCastsInBrackets(source) : undefined;
    if (!bracketed) throw error;
    return bracketed;
  }
}

export function isProgram(code: string): boolean {
  try {
    read(code);
    return true;
  } catch (error) {
    if (error instanceof CellSyntaxError) return false;
    throw error;
  }
}

/** `{ a: 1 }` alone in a cell means the object, not a block with a label. */
function asObject(source: string): Reading | undefined {
  if (source[nextToken(source, 0)] !== "{" || /;\s*$/.test(source) || isTooDeep(source)) return undefined;
  const text = `(${source}\n)`;
  const { program, errors } = parseText(text);
  const place = (offset: number) => positionOf(source, Math.max(0, Math.min(source.length, offset - 1)));
  return errors.length === 0 ? { text, program, place } : undefined;
}

/**
 * `1 + 2 as number * 3` is `(1 + 2) * 3` to TypeScript: an operator behind a cast takes all of the cast. Our parser wants
 * brackets there, and says where the cast ends.
 */
function withCastsInBrackets(source: string): Reading | undefined {
  let text = source;
  let original = (offset: number) => offset;
  for (let casts = 0; casts < MOST_CASTS; casts++) {
    const { program, errors } = parseText(text);
    const [error] = errors;
    if (!error) return { text, program, place: offset => positionOf(source, original(offset)) };
    const end = castEnd(text, offsetOfError(error, text));
    const start = castBefore(text, end);
    if (start === undefined) return undefined;
    const edits = new Edits(text);
    edits.insert(start, "(");
    edits.insert(end, ")");
    const edited = edits.apply();
    const before = original;
    text = edited.text;
    original = offset => before(edited.original(offset));
  }
  return undefined;
}

/** An operator that takes a cast, of which our parser says that it is wrong there. */
const OPERATOR = /^(?:\*\*|<<|>>>?|[*/%+-])/;

export function isBehindCast(text: string, at: number): boolean {
  return OPERATOR.test(text.slice(nextToken(text, at))) && /\b(?:as|satisfies)\b/.test(text.slice(0, at));
}

/** The parser points at the operator or at the end of the cast before it. */
function castEnd(text: string, at: number): number {
  return text.slice(0, at).trimEnd().length;
}

/** Where the cast begins that ends at `end`, in front of an operator; an operator that binds less shows it. */
function castBefore(text: string, end: number): number | undefined {
  const at = nextToken(text, end);
  const [operator] = OPERATOR.exec(text.slice(at, at + 3)) ?? [];
  if (operator === undefined) return undefined;
  const { program } = parseText(`${text.slice(0, at)}||${text.slice(at + operator.length)}`);
  let start: number | undefined;
  const cast = (node: ast.Span) => {
    if (node.end === end) start ??= node.start;
  };
  visit(program, { TSAsExpression: cast, TSSatisfiesExpression: cast });
  return start;
}

function parseText(text: string): ParseResult {
  return parseSync("cell.ts", text, { lang: "ts", sourceType: "module" });
}
