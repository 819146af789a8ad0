import { setImmediate as nextTurn } from "node:timers/promises";
import { hostKernel } from "../display/host.ts";

/** How long a training loop may hold the event loop before the kernel gets a turn to answer; in milliseconds. */
const TURN_MS = 20;

/**
 * Counts 1 … `count` for a training loop: `for await (const step of train.steps(500)) { … }`. Between steps the kernel
 * gets a turn every 20 ms, so that figures update and the stop button works.
 *
 * @throws the interrupt's reason, at the next step after the cell was interrupted
 */
export async function* steps(count: number): AsyncGenerator<number, void, undefined> {
  const signal = hostKernel()?.signal;
  let turn = performance.now();
  for (let step = 1; step <= count; step++) {
    signal?.throwIfAborted();
    if (performance.now() - turn > TURN_MS) {
      await nextTurn();
      signal?.throwIfAborted();
      turn = performance.now();
    }
    yield step;
  }
}
