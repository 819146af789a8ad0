import { createContext, runInContext } from "node:vm";

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

function createErrorClass(): ErrorClass {
  const made = runInContext("Error", createContext()) as ErrorClass;
  made.stackTraceLimit = 100;
  made.prepareStackTrace = (_error, sites) =>
    sites.flatMap(site => site.getScriptNameOrSourceURL() || (site.isEval() && site.getEvalOrigin()) || []);
  return made;
}
