import { writeSync } from "node:fs";
import { process } from "../intrinsics.ts";

/**
 * A callback of the inspector that lets nothing out: Node tells what it throws as a warning, and the cell that waits for
 * it would never end. A termination goes through, and the side thread settles the cell. Where not even the failure can
 * be told (`Array.prototype.map = …`) the process ends, which ends the cell.
 */
export function guarded<Arguments extends unknown[]>(
  callback: (...args: Arguments) => void,
  failed: (error: unknown) => void,
): (...args: Arguments) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      try {
        failed(error);
      } catch {
        giveUp();
      }
    }
  };
}

/** Ends the process where it cannot even say that a cell is done. */
export function giveUp(): void {
  writeSync(2, "The kernel cannot go on: the notebook's code has changed what the language is made of.\n");
  // Without its `exit` listeners, which would tell something as well.
  (process as unknown as { reallyExit(code: number): void }).reallyExit(1);
}
