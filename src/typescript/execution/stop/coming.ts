import type inspector from "node:inspector";
import { performance } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";

const SPIN = "$$spin";

/** The stop is rarely more than a millisecond away; a main thread must not wait for one that never comes. */
const LONGEST_WAIT_MS = 1000;

/** Code that is there to be terminated. */
export function provideSpin(execution: Execution): void {
  hide(SPIN, () => {
    const latest = performance.now() + LONGEST_WAIT_MS;
    while (execution.stop === "coming" && performance.now() < latest);
  });
}

/**
 * Called where code of the author's ends: if a stop was promised to the side thread and has not come, it is taken
 * here, in code that is there for that, and not by what the kernel does next.
 */
export function takeComingStop(execution: Execution, session: inspector.Session): void {
  if (execution.stop !== "coming") return;
  session.post("Runtime.evaluate", { expression: `${SPIN}()` }, () => {});
}
