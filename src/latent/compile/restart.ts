import { tf } from "../engine/tf.ts";
import { setIterations } from "./ledger.ts";
import { stateOf } from "./optimizer-state.ts";
import { expectOptimizer } from "./training.ts";

/** The fields of tfjs' optimizers that say where their state begins. */
interface Beginnings {
  beta1: number;
  beta2: number;
  initialAccumulatorValue: number;
}

/** State that does not begin at 0. */
const beginnings: Readonly<Record<string, (optimizer: Beginnings) => number>> = {
  accBeta1: ({ beta1 }) => beta1,
  accBeta2: ({ beta2 }) => beta2,
  accumulatedGrads: ({ initialAccumulatorValue }) => initialAccumulatorValue, // Adagrad
};

/**
 * Puts an optimizer back before its first step: moments begin anew, and it has counted no steps. The learning rate stays as
 * it is. A compiled step that uses the optimizer need not be compiled again, so one step serves many trainings.
 *
 * @throws TypeError when `optimizer` is none of tfjs' optimizers
 */
export function restartOptimizer(optimizer: tf.Optimizer): void {
  if (optimizer === undefined) throw new TypeError("restartOptimizer needs an optimizer; it got undefined.");
  expectOptimizer(optimizer, "restartOptimizer");
  for (const { field, variable } of stateOf(optimizer)) {
    const first = beginnings[field]?.(optimizer as unknown as Beginnings) ?? 0;
    tf.tidy(() => variable.assign(tf.fill(variable.shape, first)));
  }
  setIterations(optimizer, 0);
}
