import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/**
 * Every bars-and-stripes pattern of `size` × `size` pixels once, `[2^(size+1) − 2, size²]`: rows all on or off, or columns
 * all on or off. The best mean log-likelihood of any model is −log(2^(size+1) − 2) nats. MacKay 2003, ch. 43.
 *
 * @throws RangeError when `size` is not 1 to 10
 */
export function barsAndStripes(size: number): Tensor2D {
  if (!Number.isInteger(size) || size < 1 || size > 10) throw new RangeError(`A size is 1 to 10, got ${size}.`);
  const patterns = new Map<string, number[]>();
  for (let code = 0; code < 2 ** size; code++) {
    const bit = (i: number): number => (code >> i) & 1;
    for (const along of [(i: number) => Math.floor(i / size), (i: number) => i % size]) {
      const pattern = Array.from({ length: size * size }, (_, i) => bit(along(i)));
      patterns.set(pattern.join(""), pattern);
    }
  }
  return tf.tensor2d([...patterns.values()]);
}
