import assert from "node:assert/strict";
import { test } from "node:test";
import { uniform } from "../random/uniform.ts";
import { adjustedRandIndex, clusterAccuracy, normalizedMutualInformation } from "./agreement.ts";
import { auroc, roc } from "./auroc.ts";
import { hungarian } from "./hungarian.ts";
import { probabilisticPca } from "./ppca.ts";
import { gaussLegendre } from "./quadrature.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap(rest =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}

test("the assignment costs as little as the best of all permutations", () => {
  const random = uniform(1);
  for (let round = 0; round < 40; round++) {
    const n = 2 + (round % 5);
    const cost = Array.from({ length: n }, () => Array.from({ length: n }, () => Math.round(20 * random()) - 10));
    const total = (columns: number[]) => columns.reduce((sum, column, row) => sum + (cost[row]?.[column] as number), 0);
    assert.equal(total(hungarian(cost)), Math.min(...permutations(n).map(total)));
  }
});

test("an assignment with fewer rows than columns leaves columns free, and one with more is refused", () => {
  assert.deepEqual(hungarian([[5, 1, 9]]), [1]);
  assert.throws(() => hungarian([[1], [2]]), /rows ≤ columns/);
});

test("renaming the clusters changes no measure of agreement", () => {
  const classes = [0, 0, 1, 1, 2, 2];
  for (const clusters of [classes, [2, 2, 0, 0, 1, 1]]) {
    assert.equal(clusterAccuracy(classes, clusters), 1);
    near(normalizedMutualInformation(classes, clusters), 1, 1e-12);
    assert.equal(adjustedRandIndex(classes, clusters), 1);
  }
});

test("the measures of agreement have the values that follow from their definitions by hand", () => {
  const [classes, clusters] = [
    [0, 0, 0, 1, 1, 1],
    [0, 0, 1, 1, 2, 2],
  ];
  near(clusterAccuracy(classes, clusters), 4 / 6, 1e-12);
  const information = Math.log(2) - Math.log(2) / 3; // H(class) − H(class | cluster)
  near(normalizedMutualInformation(classes, clusters), information / ((Math.log(2) + Math.log(3)) / 2), 1e-12);
  near(adjustedRandIndex(classes, clusters), (2 - (6 * 3) / 15) / ((6 + 3) / 2 - (6 * 3) / 15), 1e-12);
});

test("clusters drawn by chance have an adjusted Rand index of about 0", () => {
  const random = uniform(2);
  const draw = () => Array.from({ length: 5000 }, () => Math.floor(10 * random()));
  near(adjustedRandIndex(draw(), draw()), 0, 0.003);
});

test("labels of different lengths and labels that are no whole numbers are refused", () => {
  assert.throws(() => clusterAccuracy([0, 1], [0]), /got 2 and 1/);
  assert.throws(() => clusterAccuracy([0, 0.5], [0, 1]), /whole number from 0, got 0.5/);
});

test("the area under the ROC curve is the share of pairs in the right order, ties counting one half", () => {
  const random = uniform(3);
  const scores = Array.from({ length: 200 }, () => Math.floor(20 * random()));
  const anomalous = scores.map(score => random() < score / 20);
  let right = 0;
  let all = 0;
  for (const [i, a] of scores.entries()) {
    for (const [j, b] of scores.entries()) {
      if (!anomalous[i] || anomalous[j]) continue;
      all++;
      right += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  near(auroc(scores, anomalous), right / all, 1e-12);
});

test("a ROC curve runs from (0, 0) to (1, 1), one point for each different score", () => {
  const { falsePositive, truePositive, threshold } = roc([3, 3, 2, 1], [true, false, true, false]);
  assert.deepEqual(falsePositive, [0, 0.5, 0.5, 1]);
  assert.deepEqual(truePositive, [0, 0.5, 1, 1]);
  assert.deepEqual(threshold, [Number.POSITIVE_INFINITY, 3, 2, 1]);
});

test("a ROC curve without anomalies is refused, and so is a score that is no number", () => {
  assert.throws(() => auroc([1, 2], [false, false]), /0 anomalies and 2 normal/);
  assert.throws(() => auroc([1, Number.NaN], [true, false]), /Score 1 is no number/);
});

test("endless scores are ranked like others, and ties among them count one half", () => {
  const { POSITIVE_INFINITY: high, NEGATIVE_INFINITY: low } = Number;
  assert.equal(auroc([high, high, 1, low], [1, 0, 1, 0]), 2.5 / 4); // pairs: ½, 1, 0, 1
  assert.equal(auroc([low, high, low, high, 0], [0, 1, 0, 1, 0]), 1);
});

test("what is not known or cannot be counted is refused with a sentence", () => {
  assert.throws(() => auroc([1, 2], [1, Number.NaN]), /example 1 is an anomaly is not known/);
  assert.throws(() => clusterAccuracy([0, 1e9], [0, 1]), /1000000001 × 2 labels is too large: number the labels/);
  assert.throws(
    () =>
      hungarian([
        [1, Number.NaN],
        [2, 3],
      ]),
    /finite number, got NaN in row 0, column 1/,
  );
  assert.throws(
    () =>
      hungarian([
        [1, Number.POSITIVE_INFINITY],
        [2, 3],
      ]),
    /finite number, got Infinity/,
  );
  assert.throws(() => hungarian([[1, 2], [3]]), /Row 0 has 2 costs and row 1 1/);
  assert.throws(() => probabilisticPca([1, 2, 3], 1), /from large to small: number 1 is 2/);
  assert.throws(() => probabilisticPca([Number.NaN, 2, 3], 1), /number 0 is NaN/);
  for (const count of [0, 1.5, Number.NaN]) assert.throws(() => gaussLegendre(count), /1 node or more/);
});

test("one example agrees with any clustering of it, and the information stays between 0 and 1", () => {
  assert.equal(adjustedRandIndex([0], [3]), 1);
  const random = uniform(8);
  for (let round = 0; round < 50; round++) {
    const classes = Array.from({ length: 30 }, () => Math.floor(3 * random()));
    const other = Array.from({ length: 30 }, () => Math.floor(4 * random()));
    for (const labels of [classes, other]) {
      const shared = normalizedMutualInformation(classes, labels);
      assert.ok(shared >= 0 && shared <= 1, `${shared}`);
    }
  }
});
