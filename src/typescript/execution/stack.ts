import { findSourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import type { Position } from "../cell/lines.ts";
import { authorsText } from "../cell/source_text.ts";
import { Error, Number, Object, Reflect, String, URL, WeakMap } from "../intrinsics.ts";
import { unguarded } from "./modules/guard_file.ts";
import { cut } from "./show/text.ts";
import type { Execution, Ran } from "./state.ts";
import { isAuthorsTurn } from "./stop/origins.ts";
import { undisturbed } from "./undisturbed.ts";

/** `cell:12:3:7`, the 12th script, line 3, column 7, anywhere in a frame. */
const CELL = /(cell:\d+):(\d+):(\d+)/g;
/** A local module is loaded under its address and the time of its last edit. */
const LOCAL = /file:\/\/[^\s?]+\?latent=[\d.]+:(\d+):(\d+)/g;
/** A file that was required has its path. */
const REQUIRED = /(?<=^|\(|at )(?:[A-Za-z]:)?[\\/].*?\.[mc]?[jt]sx?:(\d+):(\d+)/g;
const KERNEL = new URL("..", import.meta.url).href;
const LONGEST_HEAD = 9_000;
/** V8 describes an error to the inspector with its whole message, and cannot say more than 512 MB. */
const LONGEST_MESSAGE = 1_000_000;

export interface Place {
  ran: Ran;
  position: Position;
}

/** A stack in the author's lines: the text of each frame, and the first place in a cell. */
export interface Stack {
  frames: string[];
  place: Place | undefined;
}

type Prepare = NonNullable<typeof Error.prepareStackTrace>;

/** What the stacks of errors said when they were first asked for. */
const stacks = new WeakMap<object, Stack & { text: string }>();

/**
 * Lets each error's `stack` name the author's lines, without the kernel's frames, also where the author prints it. A
 * library or a cell that sets `Error.prepareStackTrace` gets its own way until it sets it back, for the stacks that
 * it asks for.
 */
export function provideStacks({ ran }: Execution): void {
  let theirs: Prepare | undefined;
  const ours: Prepare = (error, sites) => {
    try {
      return undisturbed(() => prepared(ran, error, sites));
    } catch (_overflow) {
      // At the end of the stack there is no room for this; the plain frames are what Node says.
      return `${headOf(error)}\n    at ${sites.join("\n    at ")}`;
    }
  };
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    // The inspector asks for the stack of each error that a cell ends with: that one is for our report.
    get: () => (theirs !== undefined && isAuthorsTurn() ? theirs : ours),
    set: (prepare: Prepare | undefined) => {
      theirs = prepare === ours ? undefined : prepare;
    },
  });
}

/** The stack of an error, whoever wrote it. */
export function stackOf({ ran }: Execution, error: Error): Stack {
  const text = textOf(error);
  const known = stacks.get(error);
  if (known?.text === text) return known;
  // The end: what a library puts before it may be long.
  const lines = text.slice(-200_000).split("\n");
  return inAuthorsPlaces(
    ran,
    lines.filter(line => /^\s+at /.test(line)).map(line => line.replace(/^\s+at /, "")),
  );
}

function textOf(error: Error): string {
  try {
    return String(error.stack);
  } catch (_refused) {
    // A getter of the author's that throws: the error itself can still be told.
    return "";
  }
}

function prepared(ran: Execution["ran"], error: Error, sites: NodeJS.CallSite[]): string {
  rewordMessage(error);
  const stack = inAuthorsPlaces(ran, sites.map(String));
  const text = [headOf(error), ...stack.frames.map(frame => `    at ${frame}`)].join("\n");
  stacks.set(error, { ...stack, text });
  return text;
}

function headOf(error: Error): string {
  try {
    // The inspector asks, and dies where a getter that loops is stopped: our report reads the message by itself.
    if (hasGetter(error) && !isAuthorsTurn()) return "Error";
    return cut(Error.prototype.toString.call(error), LONGEST_HEAD);
  } catch (_throws) {
    return "Error";
  }
}

function hasGetter(error: Error): boolean {
  const own = ["message", "name"].map(key => Reflect.getOwnPropertyDescriptor(error, key));
  return own.some(descriptor => descriptor?.get !== undefined);
}

/** V8 names variables as they are compiled, and quotes what it was given at any length. */
export function rewordMessage(error: Error): void {
  const message = Reflect.getOwnPropertyDescriptor(error, "message")?.value;
  if (typeof message !== "string") return;
  const value = authorsText(message.length > LONGEST_MESSAGE ? cut(message, LONGEST_HEAD) : message);
  if (value !== message) Reflect.defineProperty(error, "message", { value });
}

function inAuthorsPlaces(ran: Execution["ran"], all: string[]): Stack {
  let place: Place | undefined;
  const inCell = (text: string, name: string, row: string, column: string) => {
    const cell = ran.get(name);
    if (cell === undefined) return text;
    const position = cell.original({ line: Number(row), column: Number(column) });
    place ??= { ran: cell, position };
    return `${cell.label}:${position.line}:${position.column}`;
  };
  const own = all.filter(frame => !frame.includes(KERNEL) && !frame.includes("node:inspector"));
  const last = own.findLastIndex(frame => !isNodes(frame));
  const shown = own.slice(0, last + 1 || own.length);
  const frames = shown.map(frame =>
    authorsText(frame).replace(CELL, inCell).replace(LOCAL, inLocalFile).replace(REQUIRED, inLocalFile),
  );
  return { frames, place };
}

/** Whether a frame is of node's own modules: at the bottom of a stack they only say that there is an event loop. */
function isNodes(frame: string): boolean {
  return /\bnode:[\w/]+:\d+:\d+\)?$/.test(frame);
}

function inLocalFile(text: string, row: string, column: string): string {
  const address = text.slice(0, text.length - row.length - column.length - 2);
  const path = address.startsWith("file:") ? fileURLToPath(address.replace(/\?.*$/, "")) : address;
  const map = findSourceMap(address);
  const position = unguarded(map?.payload, { line: Number(row), column: Number(column) });
  if (map === undefined || position === undefined) return `${path}:${row}:${column}`;
  const entry = map.findEntry(position.line - 1, position.column - 1);
  if (!("originalLine" in entry)) return `${path}:${position.line}:${position.column}`;
  return `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
