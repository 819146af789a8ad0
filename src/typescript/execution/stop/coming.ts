import type inspector from "node:inspector";
import { promiseHooks } from "node:v8";
import { performance } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";

const SPIN = "$$spin";

/** The stop is rarely more than a millisecond away; a main thread must not wait for one that never comes. */
const LONGEST_WAIT_MS = 1000;

/** Code that is there to be terminated. */
export function provideSpin(execution: Execution): void {
  hide(SPIN, () => spin(execution));
}

/** Also to be called where code of the author's calls what must not be ended half-way. */
export function spin(execution: Execution): void {
  const latest = performance.now() + LONGEST_WAIT_MS;
  while (execution.stop === "coming" && performance.now() < latest);
}

/**
 * Keeps the main thread where it is once the promise callback that is to be terminated has ended. Without that the
 * termination met the reading of the next request, one time in four where a loop awaited the file system, and the cell
 * never began (seen). The hook takes itself away at the first callback after the stop.
 */
export function holdAfterPromise(execution: Execution): void {
  const release = promiseHooks.onAfter(() => {
    spin(execution);
    if (execution.stop !== "coming") release();
  }) as () => void;
}

/**
 * Called where code of the author's ends: if a stop was promised to the side thread and has not come, it is taken
 * here, in code that is there for that, and not by what the kernel does next.
 */
export function takeComingStop(execution: Execution, session: inspector.Session): void {
  if (execution.stop !== "coming") return;
  session.post("Runtime.evaluate", { expression: `${SPIN}()` }, () => {});
}
