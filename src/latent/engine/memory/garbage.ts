import { setFlagsFromString } from "node:v8";
import { createContext, runInNewContext, Script } from "node:vm";

/** JavaScript's garbage collector, started by hand. */
export interface Garbage {
  /** Frees every object that nothing reaches; 5 to 40 ms, by the size of the heap. */
  collect(): void;
  /**
   * JavaScript keeps what a `WeakRef` was made for, or gave, until the running job ends, so that a loop without an `await`
   * would keep all of it. This forgets them now.
   */
  forget(): void;
}

/**
 * The collector of this process, which needs no flag on the command line: V8 takes the flag while it runs, and a context
 * made after that has `gc`.
 */
export function garbage(): Garbage {
  const gc = collector();
  // A context with microtasks of its own is brought to the end of a job after each evaluation, and V8 then forgets what
  // was kept for the job, in all contexts. 5 µs; the same in Node 20, 22, 24 and 26.
  const job = createContext({}, { microtaskMode: "afterEvaluate" });
  const nothing = new Script("0");
  return {
    collect: () => gc(), // any argument means another kind of collection in some versions
    forget: () => void nothing.runInContext(job),
  };
}

/** The flag is the whole process's: worker threads that begin at the same time take it from each other, so it is set again. */
function collector(): () => void {
  const tries = 1000;
  for (let i = 0; i < tries; i++) {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("globalThis.gc") as (() => void) | undefined;
    setFlagsFromString("--no-expose-gc"); // contexts of the author's stay as they were
    if (gc) return gc;
  }
  throw new Error(`V8 gave no collector in ${tries} tries.`);
}
