import type { Failure } from "../interpreter/index.ts";

/** How a cell ends that was stopped: Jupyter's front ends and graders know the name. */
export function interruption(): Failure {
  const evalue = "the cell was stopped";
  return { status: "error", ename: "KeyboardInterrupt", evalue, traceback: [`KeyboardInterrupt: ${evalue}`] };
}
