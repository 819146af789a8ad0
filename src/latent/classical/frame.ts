import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/** A matrix `[n, d]` of finite numbers, row by row. */
export interface Rows {
  values: Float32Array;
  n: number;
  d: number;
}

/**
 * Reads a matrix of data.
 *
 * @param what how a sentence calls it
 * @throws RangeError when it is no matrix, has no rows or columns, or holds NaN or infinity
 */
export function rowsOf(x: Tensor2D, what: string): Rows {
  if (x.rank !== 2) throw new RangeError(`${what} must be a matrix [n, d], got [${x.shape}].`);
  const [n, d] = x.shape;
  if (n === 0 || d === 0) throw new RangeError(`${what} must have a row and a column at least, got [${n}, ${d}].`);
  const values = new Float32Array(x.dataSync());
  const bad = firstNotFinite(values);
  if (bad >= 0) {
    const place = `row ${Math.floor(bad / d)}, column ${bad % d}`;
    throw new RangeError(
      `${what} must be finite numbers, got ${values[bad]} in ${place}: drop or fill such rows first.`,
    );
  }
  return { values, n, d };
}

function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

/**
 * Where data lie and how large they are. In float32 a squared distance from |a|² + |b|² − 2 aᵀb loses the digits that
 * |a|² has more than it: the closer to the origin the data are, the more are left. The scale keeps squares in range.
 */
export interface Frame {
  /** `[d]`: the median of some rows in each column, which one far row does not move. */
  centre: Float32Array;
  /** A power of two, so dividing by it rounds nothing: at least the largest distance from the centre in any column. */
  scale: number;
}

const SAMPLE = 101;

/** The frame of `rows`, large enough for `others` too. */
export function frameOf(rows: Rows, others: Rows = rows): Frame {
  const { values, n, d } = rows;
  const centre = new Float32Array(d);
  const picked = Math.min(n, SAMPLE);
  const some = new Float32Array(picked);
  for (let column = 0; column < d; column++) {
    for (let i = 0; i < picked; i++) some[i] = values[Math.floor((i * n) / picked) * d + column] as number;
    centre[column] = some.sort()[picked >> 1] as number;
  }
  const most = Math.max(farthest(rows, centre), others === rows ? 0 : farthest(others, centre));
  return { centre, scale: powerOfTwoAbove(most) };
}

function farthest({ values, d }: Rows, centre: Float32Array): number {
  let most = 0;
  for (let at = 0; at < values.length; ) {
    for (let column = 0; column < d; column++, at++) {
      const distance = Math.abs((values[at] as number) - (centre[column] as number));
      if (distance > most) most = distance;
    }
  }
  return most;
}

function powerOfTwoAbove(value: number): number {
  return value === 0 ? 1 : 2 ** Math.ceil(Math.log2(value));
}

/** Rows seen in a frame. */
export interface Framed {
  /** `[n, d]`, entries −1 … 1. */
  x: Tensor2D;
  /** Squared length of each row, n numbers. */
  squares: Float64Array;
}

/** Each entry is rounded once, relative to its distance from the centre. */
export function placed({ values, n, d }: Rows, { centre, scale }: Frame): Framed {
  const near = new Float32Array(values.length);
  const unit = 1 / scale; // a power of two as well
  const squares = new Float64Array(n);
  for (let row = 0, at = 0; row < n; row++) {
    let sum = 0;
    for (let column = 0; column < d; column++, at++) {
      const value = Math.fround(((values[at] as number) - (centre[column] as number)) * unit);
      near[at] = value;
      sum += value * value;
    }
    squares[row] = sum;
  }
  return { x: tf.tensor2d(near, [n, d]), squares };
}

/** The rows of `x` `[n, d]`, seen in a frame, in the units of the data again. */
export function unframed(x: Tensor2D, { centre, scale }: Frame): Tensor2D {
  const values = x.dataSync().map((value, i) => value * scale + (centre[i % centre.length] as number));
  return tf.tensor2d(values, x.shape);
}

/** Squared distance of row i of `a` and row j of `b` in float64. */
export function squaredDistance(a: Rows, i: number, b: Rows, j: number): number {
  let sum = 0;
  for (let column = 0, p = i * a.d, q = j * b.d; column < a.d; column++, p++, q++) {
    const difference = (a.values[p] as number) - (b.values[q] as number);
    sum += difference * difference;
  }
  return sum;
}
