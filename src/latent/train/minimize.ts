import type { Optimizer, Scalar } from "@tensorflow/tfjs-node";
import { turn } from "./turn.ts";

/**
 * One step of `optimizer` on all variables that `loss` depends on, then a {@link turn} for the kernel.
 *
 * @returns the loss before the step
 * @throws the interrupt's reason, if the running cell was interrupted
 */
export async function minimize(optimizer: Optimizer, loss: () => Scalar): Promise<number> {
  const value = optimizer.minimize(loss, true) as Scalar; // null only without `true`
  const [before] = value.dataSync();
  value.dispose();
  await turn();
  return before as number;
}
