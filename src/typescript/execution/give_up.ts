import { writeSync } from "node:fs";
import { process } from "../intrinsics.ts";

// Without the `exit` listeners of `process.exit`, which would tell something as well.
const exit = (process as unknown as { reallyExit(code: number): void }).reallyExit;

/** Ends the process where it cannot even say that a cell is done. */
export function giveUp(): void {
  writeSync(2, "The kernel cannot go on: the notebook's code has changed what the language is made of.\n");
  exit(1);
}
