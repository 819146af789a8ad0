import { tf } from "../engine/tf.ts";

/**
 * Whether a gradient is being taken of something in which a gradient is taken. A gradient written by hand
 * (`tf.customGrad`) that uses what its forward pass computed is then wrong without a word: tfjs knows how its result depends
 * on its inputs, but not that what it saved does.
 */
export function isNested(): boolean {
  return (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 1;
}
