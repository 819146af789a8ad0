import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { orthonormal } from "../linalg/svd.ts";
import { uniform } from "../random/uniform.ts";

/** Random inputs for the check of an exercise, so that no constant can pass it. The same seed draws the same inputs. */
export class Draw {
  readonly #uniform: () => number;

  constructor(seed: number) {
    this.#uniform = uniform(seed);
  }

  /** A number between `low` and `high`, with three digits behind the point: readable when it is shown. */
  number(low: number, high: number): number {
    return Number((low + (high - low) * this.#uniform()).toFixed(3));
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.#uniform());
  }

  /**
   * n numbers between `low` and `high`, largest first, no two closer than half their mean distance: eigenvalues whose
   * order cannot be mistaken.
   */
  descending(n: number, low: number, high: number): number[] {
    const room = (high - low) / n;
    return Array.from({ length: n }, (_, i) => this.number(high - room * (i + 0.5), high - room * i));
  }

  /** A matrix `[rows, columns]` of independent N(0, 1) numbers (Box and Muller's transform), float32. */
  normal(rows: number, columns: number): Tensor2D {
    const numbers = Float32Array.from({ length: rows * columns }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - this.#uniform()));
      return radius * Math.cos(2 * Math.PI * this.#uniform());
    });
    return tf.tensor2d(numbers, [rows, columns]);
  }

  /**
   * `columns` random directions in d dimensions, orthonormal: `[d, columns]`.
   *
   * @defaultValue d columns
   */
  directions(d: number, columns: number = d): Tensor2D {
    return orthonormal(this.normal(d, columns));
  }

  /** A symmetric matrix `[d, d]` with these d eigenvalues and random axes. */
  symmetric(eigenvalues: readonly number[]): Tensor2D {
    const axes = this.directions(eigenvalues.length);
    return tf.matMul(axes.mul(tf.tensor1d([...eigenvalues])), axes, false, true);
  }

  /** The same entries in a random order. */
  shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map(entry => ({ entry, key: this.#uniform() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
  }

  /** An invertible matrix `[k, k]` that is neither symmetric nor orthogonal, singular values from 0.5 to 2. */
  invertible(k: number): Tensor2D {
    return tf.matMul(this.directions(k).mul(tf.tensor1d(this.descending(k, 0.5, 2))), this.directions(k));
  }

  /**
   * n points in d dimensions, `[n, d]`, whose covariance (divided by n) has exactly these d eigenvalues, with random axes
   * around a random mean. n is larger than d.
   */
  points(n: number, eigenvalues: readonly number[]): Tensor2D {
    const d = eigenvalues.length;
    const withOnes: Tensor2D = tf.concat([tf.ones([n, 1]), this.normal(n, d)], 1);
    const columns = orthonormal(withOnes).slice([0, 1], [n, d]); // orthogonal to the ones: their means are 0
    const scaled = columns.mul(tf.tensor1d(eigenvalues.map(value => Math.sqrt(n * value))));
    return tf.add(tf.matMul(scaled, this.directions(d), false, true), this.normal(1, d).mul(2));
  }
}
