import assert from "node:assert/strict";
import { test } from "node:test";
import { runOps } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const nearest = (x: tf.Tensor, points: tf.Tensor, group: number) =>
  runOps("LatentNearest", { group: { int: group } }, [x, points], 2) as [tf.Tensor, tf.Tensor];

function election(x: tf.Tensor, points: tf.Tensor, before: tf.Tensor, candidates: number) {
  const [chosen, left] = runOps("LatentElection", { candidates: { int: candidates } }, [x, points, before], 2);
  return { chosen: chosen?.dataSync() as Int32Array, left: left?.dataSync() as Float32Array };
}

test("the operations of k-means have all squared distances, and the least of each group of points", { skip }, () => {
  for (const [rows, columns, group, groups] of [
    [1, 1, 1, 1],
    [9, 3, 5, 2],
    [3000, 20, 10, 3],
  ] as const) {
    const x = tf.randomNormal([rows, columns], 1000, 1, "float32", 1);
    const points = tf.randomNormal([group * groups, columns], 1000, 1, "float32", 2);
    const differences = tf.sub(tf.expandDims(x, 1), points);
    const expected = tf.sum(tf.square(differences), 2).arraySync() as number[][];
    const [all] = runOps("LatentDistances", {}, [x, points], 1) as [tf.Tensor];
    const [which, distances] = nearest(x, points, group);
    const [ours, own, least] = [all, which, distances].map(tensor => tensor.arraySync() as number[][]) as number[][][];
    expected.forEach((row, i) => {
      for (const [j, distance] of row.entries())
        assert.ok(Math.abs((ours?.[i]?.[j] as number) - distance) <= 1e-5 * distance);
      for (let g = 0; g < groups; g++) {
        const members = ours?.[i]?.slice(g * group, (g + 1) * group) as number[];
        assert.equal(least?.[i]?.[g], Math.min(...members));
        assert.equal(own?.[i]?.[g], members.indexOf(Math.min(...members)));
      }
    });
  }
});

test("the operation of k-means++ takes the candidate of each run that leaves the least sum of distances", {
  skip,
}, () => {
  for (const [rows, columns, candidates, runs] of [
    [1, 1, 1, 1],
    [5000, 20, 4, 3],
    [700, 64, 5, 7],
  ] as const) {
    const x = tf.randomNormal([rows, columns], 0, 1, "float32", 5);
    const points = tf.randomNormal([candidates * runs, columns], 0, 1, "float32", 6);
    const before = tf.mul(columns, tf.randomUniform([rows, runs], 1, 3, "float32", 7));
    const [distances] = runOps("LatentDistances", {}, [x, points], 1) as [tf.Tensor];
    const after = tf.minimum(tf.reshape(distances, [rows, runs, candidates]), tf.expandDims(before, 2));
    const all = after.arraySync() as number[][][];
    const { chosen, left } = election(x, points, before, candidates);
    for (let run = 0; run < runs; run++) {
      const sums = Array.from({ length: candidates }, (_, j) => {
        return all.reduce((sum, row) => sum + (row[run]?.[j] as number), 0);
      });
      assert.equal(chosen[run], sums.indexOf(Math.min(...sums)));
      all.forEach((row, i) => {
        assert.equal(left[i * runs + run], row[run]?.[chosen[run] as number]);
      });
    }
  }
  const twins = election(tf.tensor2d([[1], [2]]), tf.tensor2d([[5], [1], [1]]), tf.fill([2, 1], 9), 3);
  assert.deepEqual([...twins.chosen], [1], "of equal candidates the first");
});

test("the operation of k-means++ refuses candidates that not every run has, and distances of other runs", {
  skip,
}, () => {
  const [x, points] = [tf.zeros([6, 2]), tf.zeros([5, 2])];
  assert.throws(() => election(x, points, tf.zeros([6, 1]), 2), /as many candidates/);
  assert.throws(() => election(x, points, tf.zeros([6, 1]), 0), /as many candidates/);
  assert.throws(() => election(x, points, tf.zeros([6, 2]), 5), /of each row in each run/);
});

const means = (x: tf.Tensor, groups: tf.Tensor, count: number) =>
  runOps("LatentGroupMeans", { count: { int: count } }, [x, groups], 1)[0] as tf.Tensor;

test("the operation of k-means has the mean of each group of rows, for each way to group them", { skip }, () => {
  for (const [rows, columns, ways, count] of [
    [1, 1, 1, 1],
    [500, 130, 3, 7],
  ] as const) {
    const x = tf.randomNormal([rows, columns], 3, 1, "float32", 3);
    const groups = tf.randomUniformInt([rows, ways], 0, count, 4);
    const members = tf.cast(tf.equal(tf.expandDims(groups, 2), tf.range(0, count, 1, "int32")), "float32");
    const sums = tf.matMul(tf.reshape(members, [rows, ways * count]), x, true);
    const sizes = tf.reshape(tf.sum(members, 0), [-1, 1]);
    const ours = means(x, groups, count);
    assert.deepEqual(ours.shape, [ways, count, columns]);
    const off = tf.max(tf.abs(tf.sub(tf.reshape(ours, [-1, columns]), tf.div(sums, sizes)))).dataSync()[0] as number;
    assert.ok(off <= 2e-6, `off by ${off}`);
  }
  const [empty, whole] = means(tf.tensor2d([1, 5], [2, 1]), tf.tensor2d([1, 1], [2, 1], "int32"), 2).dataSync();
  assert.deepEqual([empty, whole], [0, 3]);
});

test("the operation of means refuses groups that there are not, and another number of them than rows", { skip }, () => {
  for (const bad of [-1, 2]) {
    const groups = tf.tensor2d([0, bad], [2, 1], "int32");
    assert.throws(() => means(tf.zeros([2, 3]), groups, 2), /groups below their count/);
  }
  assert.throws(() => means(tf.zeros([3, 3]), tf.zeros([2, 1], "int32"), 2), /a group for each row/);
});

test("the operations of k-means refuse points of another length, and part of a group", { skip }, () => {
  const distances = (x: number[], points: number[]) =>
    runOps("LatentDistances", {}, [tf.zeros(x), tf.zeros(points)], 1);
  assert.throws(() => distances([4, 3], [2, 2]), /as many entries/);
  assert.throws(() => distances([4, 3], [3]), /as many entries/);
  assert.throws(() => nearest(tf.zeros([4, 3]), tf.zeros([5, 3]), 2), /whole groups/);
});
