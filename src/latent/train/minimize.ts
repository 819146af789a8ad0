import type { Optimizer, Scalar } from "@tensorflow/tfjs-node";

/**
 * One step of `optimizer` on all variables that `loss` depends on.
 *
 * @returns the loss before the step
 */
export function minimize(optimizer: Optimizer, loss: () => Scalar): number {
  const value = optimizer.minimize(loss, true) as Scalar; // null only without `true`
  const [before] = value.dataSync();
  value.dispose();
  return before as number;
}
