import assert from "node:assert/strict";
import { test } from "node:test";
import { penguins } from "../data/penguins.ts";
import { wineQuality } from "../data/tables.ts";
import { engineReady } from "../engine/ready.ts";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";
import { clusterAccuracy } from "./agreement.ts";
import { kernelLogDensity } from "./density.ts";
import { kMeans } from "./kmeans.ts";
import { gaussianMixture } from "./mixture.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { pca } from "./pca.ts";
import { umap } from "./umap.ts";

await engineReady();

type Rows = number[][];

/** Nearly normal numbers of deviation 1, the same every time. */
function noise(seed: number): () => number {
  const random = uniform(seed);
  return () => 2 * (random() + random() + random() - 1.5);
}

/** Three groups of 60 examples with four entries, as float32 holds them at an offset. */
function groups(offset: number, seed = 1): { rows: Rows; truth: number[] } {
  const next = noise(seed);
  const truth = Array.from({ length: 180 }, (_, i) => i % 3);
  const rows = truth.map(group => [8 * group, -8 * group, 0, 4].map(at => Math.fround(at + next() + offset)));
  return { rows, truth };
}

const square = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0);

/** The k nearest rows by comparing all pairs in float64, the row itself first. */
function nearestByHand(rows: Rows, k: number): number[][] {
  return rows.map((row, i) => {
    const squares = rows.map(other => square(row, other));
    const rank = (j: number): number => (j === i ? -1 : j);
    const order = [...rows.keys()].sort((p, q) => (squares[p] ?? 0) - (squares[q] ?? 0) || rank(p) - rank(q));
    return order.slice(0, k);
  });
}

function densityByHand(examples: Rows, rows: Rows, h: number): number[] {
  return rows.map(row => {
    const logs = examples.map(each => -square(row, each) / (2 * h * h));
    const most = Math.max(...logs);
    const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
    return most + Math.log(sum / examples.length) - row.length * Math.log(h * Math.sqrt(2 * Math.PI));
  });
}

function expectNeighbours(rows: Rows, k: number): void {
  const x = tf.tensor2d(rows);
  const { indices, distances } = nearestNeighbours(x, x, k);
  const expected = nearestByHand(rows, k);
  assert.deepEqual(indices, expected);
  indices.forEach((row, i) => {
    assert.equal(row[0], i);
    row.forEach((j, place) => {
      assert.equal(distances[i]?.[place], Math.sqrt(square(rows[i] as number[], rows[j] as number[])));
    });
  });
}

function expectDensity(rows: Rows, h: number): void {
  const ours = kernelLogDensity(tf.tensor2d(rows), tf.tensor2d(rows), h).dataSync();
  densityByHand(rows, rows, h).forEach((value, i) => {
    const off = Math.abs(value - (ours[i] as number));
    assert.ok(off <= 2e-6 + 1e-7 * Math.abs(value), `row ${i}: ${ours[i]}, not ${value}`);
  });
}

const far = noise(7);
const places: Record<string, Rows> = {
  "one row of which is a million away": [...groups(0).rows.slice(1), [1e6, -1e6, 1e6, 0]],
  "in two groups two million apart": groups(0).rows.map((row, i) =>
    row.map(x => Math.fround(x + (i % 2 ? 1e6 : -1e6))),
  ),
  "whose columns differ in size by 10⁸": groups(0).rows.map(([a = 0, b = 0]) =>
    [a * 1e-3, b * 1e5, 5, far()].map(Math.fround),
  ),
  "with many equal rows": groups(0).rows.map((_, i) => [i % 7, i % 3]),
  "as large as 10³⁰": groups(0).rows.map(row => row.map(x => Math.fround(x * 1e30))),
  "as small as 10⁻³⁰": groups(0).rows.map(row => row.map(x => Math.fround(x * 1e-30))),
  "of one row": [[3, 4]],
  "of one column that is always the same": Array.from({ length: 20 }, () => [1e5]),
};
for (const offset of [0, 1e3, 1e4, 1e5, -1e5]) places[`at ${offset}`] = groups(offset).rows;

for (const [what, rows] of Object.entries(places)) {
  test(`neighbours and kernel densities of data ${what} are those of a comparison in float64`, () => {
    const size = Math.max(...rows.flat().map(Math.abs));
    expectNeighbours(rows, Math.min(rows.length, 6));
    expectNeighbours(rows, rows.length);
    for (const h of size > 1e20 ? [1e30] : size < 1e-20 ? [1e-30] : [0.3, 3, 1000]) expectDensity(rows, h);
  });
}

test("penguins in millimetres and grams have exact neighbours, themselves first, and wines exact densities", async () => {
  const birds = (await penguins()).filter(({ body_mass_g }) => body_mass_g !== null);
  const rows = birds.map(bird =>
    [bird.bill_length_mm, bird.bill_depth_mm, bird.flipper_length_mm, bird.body_mass_g].map(x =>
      Math.fround(x as number),
    ),
  );
  expectNeighbours(rows, 5);
  const { features } = await wineQuality();
  const some = features.slice([0, 0], [400, 11]).arraySync() as Rows;
  expectNeighbours(some, 5);
  for (const h of [0.1, 1]) expectDensity(some, h);
});

test("a kernel density has the gradient of a finite difference, for points and for examples", () => {
  const { rows } = groups(1e3);
  const [examples, x] = [tf.tensor2d(rows.slice(0, 20)), tf.tensor2d(rows.slice(20, 24))];
  const total = (e: Rows, p: Rows): number => densityByHand(e, p, 3).reduce((sum, value) => sum + value, 0);
  const [byPoint, byExample] = tf.grads((p, e) => kernelLogDensity(e as tf.Tensor2D, p as tf.Tensor2D, 3).sum())([
    x,
    examples,
  ]);
  const [points, kernels] = [x.arraySync(), examples.arraySync()];
  const moved = (all: Rows, step: number): Rows =>
    all.map((row, i) => (i === 1 ? row.map((v, j) => (j === 0 ? v + step : v)) : row));
  const slope = (value: (step: number) => number): number => (value(0.01) - value(-0.01)) / 0.02;
  const [atPoint, atExample] = [byPoint?.dataSync()[4] as number, byExample?.dataSync()[4] as number];
  assert.ok(Math.abs(atPoint - slope(step => total(kernels, moved(points, step)))) < 1e-4, `${atPoint}`);
  assert.ok(Math.abs(atExample - slope(step => total(moved(kernels, step), points))) < 1e-4, `${atExample}`);
});

for (const offset of [0, 1e3, 1e4, 1e5, -1e5]) {
  test(`k-means of groups at ${offset} finds them, with the inertia of a sum in float64`, () => {
    const { rows, truth } = groups(offset);
    const x = tf.tensor2d(rows);
    const { labels, inertia, centroids, assign, history } = kMeans(x, { clusters: 3, seed: 1 });
    assert.equal(clusterAccuracy(truth, labels), 1);
    assert.deepEqual(assign(x), labels);
    const sizes = [0, 1, 2].map(c => labels.filter(label => label === c).length);
    const means = [0, 1, 2].map(c =>
      [0, 1, 2, 3].map(
        j => rows.reduce((sum, row, i) => sum + (labels[i] === c ? (row[j] ?? 0) : 0), 0) / (sizes[c] ?? 1),
      ),
    );
    const exact = rows.reduce((sum, row, i) => sum + square(row, means[labels[i] as number] as number[]), 0);
    assert.ok(Math.abs(inertia / exact - 1) < 1e-5, `${inertia}, not ${exact}`);
    assert.equal(history.at(-1), inertia);
    const rounding = 1e-6 * Math.max(16, Math.abs(offset));
    centroids.arraySync().forEach((centroid, c) => {
      centroid.forEach((value, j) => {
        assert.ok(Math.abs(value - (means[c]?.[j] as number)) < rounding, `${value}`);
      });
    });
  });
}

test("k-means tells four groups apart that lie in two pairs a million apart, and beside a row a million away", () => {
  const next = noise(3);
  const truth = Array.from({ length: 200 }, (_, i) => i % 4);
  const rows = truth.map(group => [(group & 1 ? 1e6 : -1e6) + next(), (group & 2 ? 40 : -40) + next()]);
  const four = kMeans(tf.tensor2d(rows), { clusters: 4, seed: 2 });
  assert.equal(clusterAccuracy(truth, four.labels), 1);
  const near = groups(0);
  const three = kMeans(tf.tensor2d([...near.rows, [1e6, 1e6, 1e6, 1e6]]), { clusters: 4, seed: 1 });
  assert.equal(clusterAccuracy([...near.truth, 3], three.labels), 1);
});

test("k-means that is stopped returns labels and inertia of the centroids that it returns", () => {
  const next = noise(5);
  const x = tf.tensor2d(Array.from({ length: 600 }, () => [next(), next(), next()]));
  for (const iterations of [1, 2, 5]) {
    const { labels, inertia, centroids, assign } = kMeans(x, { clusters: 12, seed: 1, restarts: 2, iterations });
    assert.deepEqual(assign(x), labels);
    const at = centroids.arraySync();
    const sum = x.arraySync().reduce((total, row) => total + Math.min(...at.map(c => square(row, c))), 0);
    assert.ok(Math.abs(inertia / sum - 1) < 1e-5, `${inertia}, not ${sum}`);
  }
});

for (const covariance of ["full", "diagonal", "spherical"] as const) {
  test(`a ${covariance} mixture is the same wherever the data lie and however large they are`, () => {
    const options = { components: 3, covariance, seed: 1, tolerance: 1e-6 };
    const base = groups(0).rows;
    const expected = gaussianMixture(tf.tensor2d(base), options);
    const densities = expected.logDensity(tf.tensor2d(base)).dataSync();
    // whole powers of two move and scale float32 numbers without rounding
    for (const [scale, offset] of [
      [1, 2 ** 10],
      [1, -(2 ** 13)],
      [2 ** 20, 0],
      [2 ** -20, 0],
    ] as const) {
      const moved = base.map(row => row.map(x => Math.fround(x * scale) + offset));
      const rounded = moved.map(row => row.map(Math.fround));
      const fit = gaussianMixture(tf.tensor2d(rounded), options);
      const ours = fit.logDensity(tf.tensor2d(rounded)).dataSync();
      const tolerance = offset === 0 ? 1e-3 : 5e-3; // at 8,192 the data themselves are rounded to 0.001
      densities.forEach((value, i) => {
        const shifted = value - 4 * Math.log(scale);
        assert.ok(
          Math.abs((ours[i] as number) - shifted) < tolerance,
          `${scale}, ${offset}: ${ours[i]}, not ${shifted}`,
        );
      });
      const mean = Math.min(...(fit.means.slice([0, 0], [3, 1]).dataSync() as Float32Array));
      const least = Math.min(...(expected.means.slice([0, 0], [3, 1]).dataSync() as Float32Array));
      assert.ok(Math.abs(mean / scale - (least + offset / scale)) < 2e-3, `${mean}`);
    }
  });
}

test("a mixture of columns of very different size has variances a ten-thousandth above the data's, and finite densities", () => {
  const next = noise(9);
  const rows = Array.from({ length: 300 }, () => [1e3 * next(), 1e-3 * next(), 7].map(Math.fround));
  const variance = (j: number): number => {
    const mean = rows.reduce((sum, row) => sum + (row[j] as number), 0) / 300;
    return rows.reduce((sum, row) => sum + ((row[j] as number) - mean) ** 2, 0) / 300;
  };
  for (const covariance of ["full", "diagonal"] as const) {
    const { covariances, logDensity } = gaussianMixture(tf.tensor2d(rows), { components: 1, covariance, seed: 1 });
    const values = covariances.dataSync();
    const [first, second] = covariance === "full" ? [values[0], values[4]] : [values[0], values[1]];
    assert.ok(Math.abs((first as number) / variance(0) - 1.0001) < 1e-5, `${first}`);
    assert.ok(Math.abs((second as number) / variance(1) - 1.0001) < 1e-5, `${second}`);
    assert.ok(logDensity(tf.tensor2d(rows)).dataSync().every(Number.isFinite));
  }
});

for (const offset of [0, 1e3, 1e5, -1e5]) {
  test(`the principal components of data at ${offset} have the variances of float64, the smallest too`, () => {
    const next = noise(4);
    const spread = [1e3, 1, 1e-2].map(s => (offset === 0 ? s : Math.max(s, 1)));
    const rows = Array.from({ length: 200 }, () => spread.map(s => Math.fround(s * next() + offset)));
    const x = tf.tensor2d(rows);
    const { variances, totalVariance, encode, decode, error } = pca(x, 3);
    const mean = [0, 1, 2].map(j => rows.reduce((sum, row) => sum + (row[j] as number), 0) / 200);
    const total = rows.reduce((sum, row) => sum + square(row, mean), 0) / 200;
    assert.ok(Math.abs(totalVariance / total - 1) < 1e-9);
    const codes = encode(x).arraySync() as Rows;
    variances.dataSync().forEach((value, k) => {
      const along = codes.reduce((sum, code) => sum + (code[k] as number) ** 2, 0) / 200;
      assert.ok(Math.abs(value / along - 1) < 1e-3, `${value}, not ${along}`);
    });
    assert.ok((error(x).max().dataSync()[0] as number) < 1e-6 * total);
    const back = decode(encode(x)).sub(x).abs().max().dataSync()[0] as number;
    assert.ok(back <= 1e-6 * Math.max(1e3, Math.abs(offset)), `${back}`);
  });
}

test("data that are not numbers are refused with the place, and so are no data", async () => {
  const bad = tf.tensor2d([1, 2, 3, Number.NaN, 5, 6], [3, 2]);
  const place = /finite numbers, got NaN in row 1, column 1: drop or fill such rows first/;
  const fits = {
    neighbours: (x: tf.Tensor2D) => nearestNeighbours(x, x, 1),
    density: (x: tf.Tensor2D) => kernelLogDensity(x, x, 1),
    kMeans: (x: tf.Tensor2D) => kMeans(x, { clusters: 1, seed: 1 }),
    mixture: (x: tf.Tensor2D) => gaussianMixture(x, { components: 1, covariance: "full", seed: 1 }),
    pca: (x: tf.Tensor2D) => pca(x, 1),
  };
  for (const [name, fit] of Object.entries(fits)) {
    assert.throws(() => fit(bad), place, name);
    assert.throws(() => fit(tf.zeros([0, 2])), RangeError, name);
  }
  await assert.rejects(umap(bad, { seed: 1, neighbours: 2 }), place);
  const infinite = tf.fill([400, 784], Number.POSITIVE_INFINITY) as tf.Tensor2D; // too large for float64 to be quick
  assert.throws(() => pca(infinite, 2), /finite numbers, got Infinity in row 0, column 0/);
});

test("options out of their range are refused with a sentence", async () => {
  const x = tf.tensor2d(groups(0).rows);
  assert.throws(() => kMeans(x, { clusters: 2, seed: 1, iterations: 0 }), /iterations is a whole number from 1, got 0/);
  assert.throws(() => kMeans(x, { clusters: 2, seed: 1, restarts: 0.5 }), /restarts is a whole number from 1/);
  assert.throws(() => nearestNeighbours(x, tf.zeros([5, 3]), 1), /among have 3 entries and those of x 4/);
  assert.throws(() => gaussianMixture(x, { components: 2, covariance: "tied" as never, seed: 1 }), /got "tied"/);
  const flat = { components: 2, covariance: "diagonal", seed: 1, regularization: 0 } as const;
  assert.throws(
    () => gaussianMixture(tf.ones([9, 2]), flat),
    /collapsed onto a point or a plane: raise `regularization`/,
  );
  const full = { ...flat, covariance: "full" } as const;
  assert.throws(() => gaussianMixture(tf.ones([9, 2]), full), RangeError);
  await assert.rejects(umap(x, { seed: 1, neighbours: 1.5 }), /neighbours is a whole number from 2/);
});
