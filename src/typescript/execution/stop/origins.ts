import { createContext, runInContext } from "node:vm";
import { URL } from "../../intrinsics.ts";

/** Where frames of the kernel and of node come from. */
const OURS = [new URL("../..", import.meta.url).href, "node:"];

interface ErrorClass {
  new (): { stack: string[] | string };
  stackTraceLimit: number;
  prepareStackTrace: (error: unknown, sites: NodeJS.CallSite[]) => string[];
}

let ownError: ErrorClass | undefined;

/**
 * The scripts whose code stands on the stack, of evaluated code the place of its evaluation. Builtins of V8 and what the
 * inspector evaluates have none. By the `Error` of a context of our own: a cell may do to its own what it likes.
 */
export function originsOnStack(): string[] {
  ownError ??= createErrorClass();
  const { stack } = new ownError();
  // While V8 formats the stack of another error (a getter of it may be the author's), it has no frames to give but text.
  return typeof stack === "string" ? originsInText(stack) : stack;
}

/** Whether code of the author's or of a library is on the stack. */
export function isAuthorsTurn(): boolean {
  return !originsOnStack().every(isOurs);
}

export function isOurs(origin: string): boolean {
  return OURS.some(ours => origin.startsWith(ours));
}

/** `at name (origin:1:2)` or `at async origin:1:2`; a builtin has no line. */
function originsInText(stack: string): string[] {
  const frames = stack.split("\n").filter(frame => /^\s+at .*:\d+:\d+\)?$/.test(frame));
  return frames.map(frame => frame.replace(/^\s+at (?:async )?(?:.*? \()?/, "").replace(/:\d+:\d+\)?$/, ""));
}

function createErrorClass(): ErrorClass {
  const made = runInContext("Error", createContext()) as ErrorClass;
  made.stackTraceLimit = 100;
  made.prepareStackTrace = (_error, sites) =>
    sites.flatMap(site => site.getScriptNameOrSourceURL() || (site.isEval() && site.getEvalOrigin()) || []);
  return made;
}
