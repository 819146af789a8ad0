import assert from "node:assert/strict";
import { test } from "node:test";
import { generator } from "../compile/random.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { tf } from "../engine/tf.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { umap } from "./umap.ts";

test("the nearest neighbours are those of a comparison in float64, oneself first", () => {
  const x = generator(1).normal([60, 5]) as tf.Tensor2D;
  const rows = x.arraySync();
  const { indices, distances } = nearestNeighbours(x, x, 4);
  rows.forEach((row, i) => {
    const all = rows
      .map((other, j) => [Math.hypot(...row.map((value, c) => value - (other[c] as number))), j] as const)
      .sort((a, b) => a[0] - b[0]);
    assert.deepEqual(
      indices[i],
      all.slice(0, 4).map(([, j]) => j),
    );
    assert.equal(indices[i]?.[0], i);
    assert.equal(distances[i]?.[0], 0);
    assert.ok(Math.abs((distances[i]?.[3] as number) - (all[3]?.[0] as number)) < 1e-5);
  });
});

test("the plane keeps the digits together: most points have a neighbour of their own class there", async () => {
  const { images, labels } = await digits8x8();
  const few = tf.slice(images, [0, 0], [600, 64]) as tf.Tensor2D;
  const plane = await umap(few, { seed: 1, epochs: 120 });
  assert.deepEqual(plane.shape, [600, 2]);
  const { indices } = nearestNeighbours(plane, plane, 2);
  const kept = indices.filter(([, next], i) => labels[next as number] === labels[i]).length / 600;
  assert.ok(kept > 0.9, `${kept}`);
});

test("the same seed gives the same picture", async () => {
  const x = generator(1).normal([40, 3]) as tf.Tensor2D;
  const draw = async () => (await umap(x, { seed: 3, neighbours: 5, epochs: 20 })).dataSync();
  assert.deepEqual(await draw(), await draw());
});

test("fewer examples than neighbours is refused", async () => {
  await assert.rejects(umap(tf.zeros([10, 2]), { seed: 1 }), /15 neighbours need more than 15 examples, got 10/);
  assert.throws(() => nearestNeighbours(tf.zeros([2, 2]), tf.zeros([2, 2]), 3), /1 to 2 neighbours, got 3/);
});
