import { Reflect } from "../intrinsics.ts";
import { giveUp } from "./give_up.ts";
import { lookForReplaced } from "./replaced.ts";

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
      // Not by `...`, which a cell may have taken away.
      Reflect.apply(callback, undefined, args);
    } catch (error) {
      lookForReplaced();
      try {
        failed(error);
      } catch {
        giveUp();
      }
    }
  };
}
