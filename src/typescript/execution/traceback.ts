import { fileURLToPath } from "node:url";
import type { Failure } from "../../interpreter/index.ts";
import type { CellSyntaxError } from "../cell/compile.ts";
import type { Position } from "../cell/lines.ts";
import { codeFrame } from "../code_frame.ts";
import { Error, Number, Object, String, URL } from "../intrinsics.ts";
import { toText } from "./show/text.ts";
import type { Execution, Ran } from "./state.ts";

/** `cell:12:3:7`, the 12th script, line 3, column 7, anywhere in a line of a stack trace. */
const PLACE = /(cell:\d+):(\d+):(\d+)/;
/** A local module is loaded under its path and the time of its last edit. */
const VERSIONED_FILE = /file:\/\/([^\s?]+)\?latent=[\d.]+/;
const HERE = fileURLToPath(new URL("..", import.meta.url));
const DEEPEST_CAUSE = 5;

/** Tells what a cell threw in the author's lines: name, message, code frame, stack, causes. Never throws itself. */
export function failureOf(execution: Execution, thrown: unknown, at?: { name: string; position: Position }): Failure {
  try {
    return describe(execution, thrown, at);
  } catch (error) {
    // A proxy, or a getter of the error that throws: the cell still gets its error.
    const evalue = `the thrown value cannot be read (${error instanceof Error ? error.message : toText(error)})`;
    return { status: "error", ename: "Error", evalue, traceback: [`Error: ${evalue}`] };
  }
}

export function syntaxFailure(
  { message, position }: CellSyntaxError,
  { label, source }: Omit<Ran, "original">,
): Failure {
  const traceback = [`SyntaxError: ${message}`, placeLine(label, position), "", ...codeFrame(source, position)];
  return { status: "error", ename: "SyntaxError", evalue: message, traceback };
}

function describe(execution: Execution, thrown: unknown, at?: { name: string; position: Position }): Failure {
  if (!isError(thrown)) {
    const evalue = toText(thrown);
    return { status: "error", ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`, ...located(execution, at)] };
  }
  const ename = String(thrown.name || "Error");
  const evalue = String(thrown.message);
  const stack = stackLines(execution, thrown);
  const place = firstPlace(execution, thrown) ?? at;
  const traceback = [
    `${ename}: ${evalue}`,
    ...located(execution, place),
    ...stack,
    ...causes(execution, thrown.cause, 1),
  ];
  return { status: "error", ename, evalue, traceback };
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

/** Where it was thrown, and the lines around it. */
function located({ ran }: Execution, at: { name: string; position: Position } | undefined): string[] {
  const cell = at && ran.get(at.name);
  if (!cell) return [];
  const position = cell.original(at.position);
  return [placeLine(cell.label, position), "", ...codeFrame(cell.source, position), ""];
}

function placeLine(label: string, { line, column }: Position): string {
  return `  ${label}, line ${line}, column ${column}`;
}

function firstPlace({ ran }: Execution, { stack = "" }: Error): { name: string; position: Position } | undefined {
  for (const line of frames(stack)) {
    const [, name = "", row, column] = PLACE.exec(line) ?? [];
    if (ran.has(name)) return { name, position: { line: Number(row), column: Number(column) } };
  }
  return undefined;
}

/** The frames of the stack in the author's places. Below the last cell there is only the kernel. */
function stackLines({ ran }: Execution, { stack = "" }: Error): string[] {
  const all = frames(stack);
  const last = all.findLastIndex(line => ran.has(PLACE.exec(line)?.[1] ?? ""));
  return (last < 0 ? all : all.slice(0, last + 1))
    .filter(line => !line.includes(HERE) && !/node:(internal|inspector)/.test(line))
    .map(line => line.replace(VERSIONED_FILE, "$1"))
    .map(line =>
      line.replace(PLACE, (place, name: string, row: string, column: string) => {
        const cell = ran.get(name);
        if (!cell) return place;
        const at = cell.original({ line: Number(row), column: Number(column) });
        return `${cell.label}:${at.line}:${at.column}`;
      }),
    );
}

function frames(stack: string): string[] {
  return String(stack)
    .split("\n")
    .filter(line => /^\s+at /.test(line));
}

function causes(execution: Execution, cause: unknown, depth: number): string[] {
  if (cause === undefined || depth > DEEPEST_CAUSE) return [];
  if (!isError(cause)) return [`Caused by: ${toText(cause)}`];
  const head = `Caused by: ${cause.name}: ${cause.message}`;
  return [head, ...stackLines(execution, cause), ...causes(execution, cause.cause, depth + 1)];
}
