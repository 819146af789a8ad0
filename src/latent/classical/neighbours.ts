import type { Tensor2D } from "@tensorflow/tfjs-node";
import { type Rows, rowsOf } from "./frame.ts";
import { type Distances, visitDistances } from "./pairs.ts";

/** The nearest rows of each row, the row itself first. */
export interface Neighbours {
  /** `[n][k]`. */
  indices: number[][];
  /** Euclidean distances in the units of the data, rising, `[n][k]`. */
  distances: number[][];
}

/**
 * The k nearest rows of `among` `[n, d]` for each row of `x` `[q, d]` by Euclidean distance: exactly those that comparing
 * all pairs in float64 gives, wherever the data lie and however far their columns or groups are apart. Of rows at the same
 * distance the earlier comes first; where x and among are the same data, each row is its own first neighbour.
 *
 * @throws RangeError when k is not between 1 and n, the rows have different lengths, or a number is not finite
 */
export function nearestNeighbours(x: Tensor2D, among: Tensor2D, k: number): Neighbours {
  const own = rowsOf(x, "x");
  const others = x === among ? own : rowsOf(among, "among");
  const { n, d } = others;
  if (own.d !== d) throw new RangeError(`The rows of among have ${d} entries and those of x ${own.d}.`);
  if (!Number.isInteger(k) || k < 1 || k > n) {
    throw new RangeError(`${n} examples have 1 to ${n} neighbours, got ${k}.`);
  }
  const result: Neighbours = { indices: [], distances: [] };
  const selfFirst = areEqual(own, others);
  visitDistances(own, others, distances => {
    const nearest = nearestOf(distances, k, selfFirst ? distances.row : -1);
    result.indices.push(nearest.map(({ index }) => index));
    result.distances.push(nearest.map(({ square }) => Math.sqrt(square)));
  });
  return result;
}

function areEqual(a: Rows, b: Rows): boolean {
  return a === b || (a.n === b.n && a.d === b.d && a.values.every((value, i) => value === b.values[i]));
}

/** A row, and its squared distance. */
export interface Near {
  index: number;
  square: number;
}

/**
 * The k nearest rows, `self` before others at the same distance.
 *
 * A row can be among the k nearest only if its least possible distance is within the k-th smallest of all largest possible
 * ones. Those rows, a few more than k, are measured exactly.
 */
export function nearestOf({ estimates, errors, exact }: Distances, k: number, self = -1): Near[] {
  const enough = smallest(k, estimates, errors);
  const candidates: Near[] = [];
  for (let index = 0; index < estimates.length; index++) {
    if ((estimates[index] as number) - (errors[index] as number) > enough) continue;
    candidates.push({ index, square: exact(index) });
  }
  const rank = ({ index }: Near): number => (index === self ? -1 : index);
  return candidates.sort((a, b) => a.square - b.square || rank(a) - rank(b)).slice(0, k);
}

/** From here on sorting all is faster than keeping the k smallest in order. */
const MANY = 64;

/** The k-th smallest of the sums of `a` and `b`. */
function smallest(k: number, a: Float64Array, b: Float64Array): number {
  if (k > MANY) return a.map((value, i) => value + (b[i] as number)).sort()[k - 1] as number;
  const kept = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < a.length; i++) {
    const sum = (a[i] as number) + (b[i] as number);
    if (sum >= (kept[k - 1] as number)) continue;
    let at = k - 1;
    while (at > 0 && (kept[at - 1] as number) > sum) {
      kept[at] = kept[at - 1] as number;
      at--;
    }
    kept[at] = sum;
  }
  return kept[k - 1] as number;
}
