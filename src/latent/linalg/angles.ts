import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { orthonormal, svd } from "./svd.ts";

const DEGREES = 180 / Math.PI;

/**
 * Principal angles between the column spaces of `a` `[m, p]` and `b` `[m, q]`, q ≤ p, in degrees, largest first: q numbers,
 * all 0 exactly when the space of `b` lies in the space of `a`. The columns need not be orthonormal, only independent.
 *
 * Cosines and sines are both computed and each angle is taken from the one that is accurate there: near 0° the cosine
 * loses half the digits (in float32 everything below 0.02° would read 0). Björck & Golub 1973, doi:10.2307/2005662.
 *
 * @throws RangeError when the spaces lie in different dimensions or q > p
 */
export function principalAngles(a: Tensor2D, b: Tensor2D): number[] {
  const [m, p] = a.shape;
  const [n, q] = b.shape;
  if (m !== n || q > p)
    throw new RangeError(`principalAngles needs [m, p] and [m, q], q ≤ p; got [${m}, ${p}], [${n}, ${q}].`);
  const [sines, cosines] = tf.tidy(() => {
    const [qa, qb] = [orthonormal(a), orthonormal(b)];
    const inside: Tensor2D = tf.matMul(qa, qb, true);
    const outside: Tensor2D = tf.sub(qb, tf.matMul(qa, inside));
    return [svd(outside).s.dataSync(), svd(inside).s.dataSync()];
  });
  return Array.from(sines, (sine, i) => {
    const cosine = cosines[q - 1 - i] ?? 0; // the smallest cosine belongs to the largest sine
    return DEGREES * (sine < cosine ? Math.asin(sine) : Math.acos(Math.min(1, cosine)));
  });
}
