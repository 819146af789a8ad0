import { StepRefused } from "./errors.ts";
import type { Operand } from "./lowering.ts";

/** Operations whose result has as many entries as the values of their operands say. */
const BY_VALUES =
  /^(Unique|Where$|ListDiff|SetDiff|NonMaxSuppression|CombinedNonMax|Sparse(FillEmptyRows|Reshape|Segment)|Ragged|StringNGrams|StringSplit|Decode)/;

/**
 * Refuses an operation whose result is as long as the values say: the shapes of everything behind it are written into the
 * graph as they were in the first call. With operands that are the same in each step the length is the same too.
 */
export function refuseUnknownShape(op: string, operands: readonly Operand[]): void {
  if (!BY_VALUES.test(op) || operands.every(({ values }) => values !== undefined)) return;
  throw new StepRefused(
    `The shape of what ${op.replace(/V\d+$/, "")} returns depends on the values of its input; in a compiled step every shape is that of the first call`,
    "Do this outside of the step and pass the result as an argument, or use an operation of fixed shape, such as tf.where with three arguments.",
  );
}
