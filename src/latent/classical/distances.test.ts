import assert from "node:assert/strict";
import { test } from "node:test";
import { runOps } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const nearest = (x: tf.Tensor, points: tf.Tensor, group: number) =>
  runOps("LatentNearest", { group: { int: group } }, [x, points], 2) as [tf.Tensor, tf.Tensor];

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

test("the operations of k-means refuse points of another length, and part of a group", { skip }, () => {
  const distances = (x: number[], points: number[]) =>
    runOps("LatentDistances", {}, [tf.zeros(x), tf.zeros(points)], 1);
  assert.throws(() => distances([4, 3], [2, 2]), /as many entries/);
  assert.throws(() => distances([4, 3], [3]), /as many entries/);
  assert.throws(() => nearest(tf.zeros([4, 3]), tf.zeros([5, 3]), 2), /whole groups/);
});
