import { hungarian } from "./hungarian.ts";

type Labels = ArrayLike<number>;

const MOST_PAIRS = 1e7;

/**
 * How often each pair of class and cluster occurs: `table[class][cluster]`. Labels are whole numbers from 0.
 *
 * @throws RangeError when the lengths differ, a label is no whole number ≥ 0, or the table would be too large to hold
 */
export function contingency(classes: Labels, clusters: Labels): number[][] {
  if (classes.length !== clusters.length || classes.length === 0) {
    throw new RangeError(`Each example needs a class and a cluster; got ${classes.length} and ${clusters.length}.`);
  }
  const rows = 1 + largest(classes);
  const columns = 1 + largest(clusters);
  if (rows * columns > MOST_PAIRS) {
    throw new RangeError(`A table of ${rows} × ${columns} labels is too large: number the labels 0, 1, 2, ….`);
  }
  const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let i = 0; i < classes.length; i++) {
    const row = table[classes[i] as number] as number[];
    row[clusters[i] as number] = (row[clusters[i] as number] as number) + 1;
  }
  return table;
}

function largest(labels: Labels): number {
  let most = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0) throw new RangeError(`A label is a whole number from 0, got ${label}.`);
    most = Math.max(most, label);
  }
  return most;
}

/**
 * Share of examples whose cluster stands for their class under the best one-to-one naming of clusters, 0 … 1: "clustering
 * accuracy" (ACC) of Xie et al. 2016, doi:10.48550/arXiv.1511.06335.
 */
export function clusterAccuracy(classes: Labels, clusters: Labels): number {
  const table = contingency(classes, clusters);
  const size = Math.max(table.length, table[0]?.length ?? 0);
  const cost = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => -(table[i]?.[j] ?? 0)));
  const right = hungarian(cost).reduce((sum, column, row) => sum + (table[row]?.[column] ?? 0), 0);
  return right / classes.length;
}

/**
 * Normalised mutual information, 0 … 1: the information that clusters and classes share, divided by the mean of their
 * entropies (the "arithmetic" normaliser; Strehl & Ghosh 2002 take the geometric one). 1 when both are constant.
 */
export function normalizedMutualInformation(classes: Labels, clusters: Labels): number {
  const table = contingency(classes, clusters);
  const n = classes.length;
  const [rows, columns] = [rowSums(table), columnSums(table)];
  const mean = (entropy(rows, n) + entropy(columns, n)) / 2;
  if (mean === 0) return 1;
  const joint = entropy(table.flat(), n);
  return Math.min(1, Math.max(0, (2 * mean - joint) / mean)); // rounding can leave ±1e-16
}

/**
 * Adjusted Rand index: share of pairs of examples on which classes and clusters agree, shifted and scaled so that chance
 * gives 0 and equality 1; may be negative. Hubert & Arabie 1985, doi:10.1007/BF01908075.
 */
export function adjustedRandIndex(classes: Labels, clusters: Labels): number {
  const table = contingency(classes, clusters);
  const both = pairs(table.flat());
  const [a, b] = [pairs(rowSums(table)), pairs(columnSums(table))];
  if (classes.length === 1) return 1; // no pair to disagree about
  const expected = (a * b) / pairs([classes.length]);
  const most = (a + b) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

const rowSums = (table: number[][]): number[] => table.map(row => row.reduce((sum, count) => sum + count, 0));

function columnSums(table: number[][]): number[] {
  const sums = new Array<number>(table[0]?.length ?? 0).fill(0);
  for (const row of table) for (const [j, count] of row.entries()) sums[j] = (sums[j] as number) + count;
  return sums;
}

/** In nats. */
function entropy(counts: number[], n: number): number {
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / n) * Math.log(count / n) : sum), 0);
}

const pairs = (counts: number[]): number => counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
