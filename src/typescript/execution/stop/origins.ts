import { createContext, runInContext } from "node:vm";
import { String, URL } from "../../intrinsics.ts";

/** Where frames of the kernel and of node come from. */
const OURS = [new URL("../..", import.meta.url).href, "node:"];

interface ErrorClass {
  new (): { stack: string[] };
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
  return new ownError().stack;
}

/** Whether code of the author's or of a library asks for a stack that V8 formats: then V8 has no frames of its own but text. */
export function isAuthorsTurn(): boolean {
  ownError ??= createErrorClass();
  const [, ...frames] = String(new ownError().stack).split("\n");
  return frames.some(frame => /\bcell:\d+:|[\\/]/.test(frame) && !OURS.some(ours => frame.includes(ours)));
}

export function isOurs(origin: string): boolean {
  return OURS.some(ours => origin.startsWith(ours));
}

function createErrorClass(): ErrorClass {
  const made = runInContext("Error", createContext()) as ErrorClass;
  made.stackTraceLimit = 100;
  made.prepareStackTrace = (_error, sites) =>
    sites.flatMap(site => site.getScriptNameOrSourceURL() || (site.isEval() && site.getEvalOrigin()) || []);
  return made;
}
