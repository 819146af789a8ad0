import { setImmediate as nextTurn } from "node:timers/promises";
import { hostKernel } from "../display/host.ts";

/**
 * Lets everything else that waits have its turn: figures update, the stop button works. For loops that train without
 * {@link minimize}; a turn costs about 10 µs.
 *
 * @throws the interrupt's reason, if the running cell was interrupted
 */
export async function turn(): Promise<void> {
  const signal = hostKernel()?.signal; // of the cell that this loop belongs to: after the turn another may be running
  await nextTurn();
  signal?.throwIfAborted();
}
