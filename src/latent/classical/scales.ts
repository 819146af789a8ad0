import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Rows } from "./frame.ts";

/** How the columns of data are centred and scaled, d numbers each. */
export interface Scales {
  centre: number[];
  scale: number[];
  /** log Π scale: what a log-density in the units of the data has less than one of scaled data. */
  logVolume: number;
}

/** Each column by its own standard deviation; a column of one value by what the others have on average. */
export function columnScales(rows: Rows): Scales {
  const { centre, variances, common } = moments(rows);
  return scalesOf(
    centre,
    variances.map(variance => (variance > 0 ? Math.sqrt(variance) : common)),
  );
}

/** All columns by the same: the root of their mean variance. */
export function commonScale(rows: Rows): Scales {
  const { centre, common } = moments(rows);
  return scalesOf(
    centre,
    centre.map(() => common),
  );
}

function scalesOf(centre: number[], scale: number[]): Scales {
  return { centre, scale, logVolume: scale.reduce((sum, s) => sum + Math.log(s), 0) };
}

/** The mean of each column in float64: of offsets from the first row, which are all 0 in a column of one value. */
export function columnMeans({ values, n, d }: Rows): number[] {
  const sums = new Float64Array(d);
  values.forEach((value, i) => {
    sums[i % d] = (sums[i % d] as number) + (value - (values[i % d] as number));
  });
  return Array.from(sums, (sum, column) => (values[column] as number) + sum / n);
}

function moments(rows: Rows): { centre: number[]; variances: number[]; common: number } {
  const { values, n, d } = rows;
  const centre = columnMeans(rows);
  const variances = new Array<number>(d).fill(0);
  values.forEach((value, i) => {
    variances[i % d] = (variances[i % d] as number) + (value - (centre[i % d] as number)) ** 2 / n;
  });
  const mean = variances.reduce((sum, variance) => sum + variance, 0) / d;
  return { centre, variances, common: mean > 0 ? Math.sqrt(mean) : 1 };
}

/** Rows `[n, d]` centred and scaled, each entry rounded once. */
export function standardized({ values, n, d }: Rows, { centre, scale }: Scales): Tensor2D {
  const scaled = values.map((value, i) => (value - (centre[i % d] as number)) / (scale[i % d] as number));
  return tf.tensor2d(scaled, [n, d]);
}
