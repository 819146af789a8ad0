import type { Failure } from "../../interpreter/index.ts";
import type { CellSyntaxError } from "../cell/compile.ts";
import type { Position } from "../cell/lines.ts";
import { codeFrame } from "../code_frame.ts";
import { Array, Error, Object, Set, String } from "../intrinsics.ts";
import { cut, reasonOf, toText } from "./show/text.ts";
import { type Place, type Stack, stackOf } from "./stack.ts";
import type { Execution, Ran } from "./state.ts";
import { insisted } from "./undisturbed.ts";

/** An error is read by a person: what is longer than this is cut, and says so. */
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 10_000;
const LONGEST_LINE = 1000;
const MOST_FRAMES = 40;
const MOST_LINES = 300;
const DEEPEST = 5;
const MOST_REASONS = 5;

/** What is told of an error in its own place. */
const TOLD = new Set(["name", "message", "stack", "cause", "errors"]);

/** Tells what a cell threw in the author's lines: name, message, code frame, stack, fields, causes. Never throws itself. */
export function failureOf(execution: Execution, thrown: unknown, at?: { name: string; position: Position }): Failure {
  try {
    return insisted(() => describe(execution, thrown, at));
  } catch (error) {
    // A proxy, or a getter of the error that throws: the cell still gets its error.
    const evalue = `the thrown value cannot be read (${cut(reasonOf(error), LONGEST_MESSAGE)})`;
    return { status: "error", ename: "Error", evalue, traceback: [`Error: ${evalue}`] };
  }
}

export function syntaxFailure(
  { message, position }: CellSyntaxError,
  { label, source }: Omit<Ran, "original">,
): Failure {
  const evalue = cut(message, LONGEST_MESSAGE);
  const traceback = [`SyntaxError: ${evalue}`, placeLine(label, position), "", ...codeFrame(source, position)];
  return { status: "error", ename: "SyntaxError", evalue, traceback };
}

function describe(execution: Execution, thrown: unknown, at?: { name: string; position: Position }): Failure {
  const place = placeOf(execution, at);
  if (!isError(thrown)) {
    const evalue = cut(toText(thrown), LONGEST_MESSAGE);
    const { place: own = place, frames } = notedStack(execution, thrown);
    const traceback = firstLines([`Thrown: ${evalue}`, ...located(own), ...frameLines(frames)]);
    return { status: "error", ename: "Thrown", evalue, traceback };
  }
  // First: it brings the message into the author's words.
  const stack = stackOf(execution, thrown);
  const noted = stack.place === undefined ? notedStack(execution, thrown) : stack;
  const ename = cut(String(thrown.name || "Error"), LONGEST_NAME);
  const evalue = cut(String(thrown.message), LONGEST_MESSAGE);
  const traceback = [
    `${ename}: ${evalue}`,
    ...located(stack.place ?? noted.place ?? place),
    ...frameLines(stack.frames.length > 0 ? stack.frames : noted.frames),
    ...fields(thrown),
    ...reasons(execution, thrown, 1),
  ];
  return { status: "error", ename, evalue, traceback: firstLines(traceback) };
}

/** Where a cell threw what has no stack of its own. */
function notedStack(execution: Execution, thrown: unknown): Stack {
  const noted = execution.thrown.findLast(({ value }) => Object.is(value, thrown));
  return noted ? stackOf(execution, noted.at) : { place: undefined, frames: [] };
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function placeOf({ ran }: Execution, at: { name: string; position: Position } | undefined): Place | undefined {
  const cell = at && ran.get(at.name);
  return cell && { ran: cell, position: cell.original(at.position) };
}

/** Where it was thrown, and the lines around it. */
function located(place: Place | undefined): string[] {
  if (place === undefined) return [];
  const { ran, position } = place;
  return [placeLine(ran.label, position), "", ...codeFrame(ran.source, position), ""];
}

function placeLine(label: string, { line, column }: Position): string {
  return `  ${label}, line ${line}, column ${column}`;
}

function frameLines(all: string[]): string[] {
  const frames = all.filter(frame => !frame.includes("node:internal/"));
  const lines = frames.slice(0, MOST_FRAMES).map(frame => `    at ${cut(frame, LONGEST_LINE)}`);
  return frames.length > MOST_FRAMES ? [...lines, `    … ${frames.length - MOST_FRAMES} more frames`] : lines;
}

/** What the author, or node, noted on the error itself: `code`, `status`, `details`. */
function fields(error: Error): string[] {
  const keys = Object.keys(error).filter(key => !TOLD.has(key));
  if (keys.length === 0) return [];
  const noted = Object.fromEntries(keys.map(key => [key, (error as unknown as Record<string, unknown>)[key]]));
  return cut(toText(noted), LONGEST_MESSAGE)
    .split("\n")
    .map(line => `  ${line}`);
}

/** The errors behind an error: its cause, and those that an AggregateError gathers. */
function reasons(execution: Execution, error: Error, depth: number): string[] {
  const { cause, errors } = error as Error & { errors?: unknown };
  const all = Array.isArray(errors) ? errors : [];
  const lines = all.slice(0, MOST_REASONS).flatMap((each, i) => reason(execution, `Reason ${i + 1}`, each, depth));
  if (all.length > MOST_REASONS) lines.push(`… ${all.length - MOST_REASONS} more reasons`);
  return cause === undefined ? lines : [...lines, ...reason(execution, "Caused by", cause, depth)];
}

function reason(execution: Execution, head: string, error: unknown, depth: number): string[] {
  if (depth > DEEPEST) return ["… and the causes of that"];
  if (!isError(error)) return [`${head}: ${cut(toText(error), LONGEST_MESSAGE)}`];
  const { frames } = stackOf(execution, error);
  const told = `${cut(String(error.name), LONGEST_NAME)}: ${cut(String(error.message), LONGEST_MESSAGE)}`;
  return [`${head}: ${told}`, ...frameLines(frames), ...fields(error), ...reasons(execution, error, depth + 1)];
}

function firstLines(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines`];
}
