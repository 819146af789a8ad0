import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { emptyFolder } from "../../../testkit/index.ts";
import { whereEngine } from "../../../testkit/needs.ts";
import { sha256Of } from "../stored/checksum.ts";
import { drawPixels } from "./digits.ts";

const { skip, loaded } = await whereEngine(() => import("../../index.ts"));
const { data, tf } = loaded;
const paper = { size: 28, box: 20 };

test("the digits of a seed are the same on every machine", () => {
  const { pixels, labels } = drawPixels(50, 7, paper);
  assert.equal(sha256Of(pixels), "8116d966cb827c1f2de7b40d898903ea07c28ef3179211eaf8b78dcdad214859");
  assert.deepEqual([...labels.subarray(0, 10)], [0, 9, 5, 9, 0, 0, 6, 7, 0, 0]);
});

test("a longer set begins with the shorter one, and another seed draws others", () => {
  const few = drawPixels(20, 3, paper);
  assert.deepEqual(drawPixels(40, 3, paper).pixels.subarray(0, few.pixels.length), few.pixels);
  assert.notDeepEqual(drawPixels(20, 4, paper).pixels, few.pixels);
});

test("a drawn digit lies in MNIST's box of 20 pixels and its ink is centred", () => {
  const { pixels } = drawPixels(500, 1, paper);
  for (let i = 0; i < 500; i++) {
    const { height, width, x, y } = inkOf(pixels.subarray(i * 784, (i + 1) * 784));
    const longest = Math.max(height, width);
    assert.ok(longest >= 19 && longest <= 22, `image ${i} is ${longest} pixels long`);
    assert.ok(Math.abs(x - 14) < 1.2 && Math.abs(y - 14) < 1.2, `image ${i} is centred at ${x}, ${y}`);
  }
});

function inkOf(image: Uint8Array): { width: number; height: number; x: number; y: number } {
  let [ink, x, y] = [0, 0, 0];
  const [columns, rows]: [Set<number>, Set<number>] = [new Set(), new Set()];
  image.forEach((grey, at) => {
    if (grey === 0) return;
    columns.add(at % 28);
    rows.add(Math.floor(at / 28));
    ink += grey;
    x += grey * ((at % 28) + 0.5);
    y += grey * (Math.floor(at / 28) + 0.5);
  });
  return { width: columns.size, height: rows.size, x: x / ink, y: y / ink };
}

test("slant and thickness are what the pixels show", () => {
  const { pixels, labels, slant, thickness, style } = drawPixels(3000, 1, paper);
  const plain = [...labels.keys()].filter(i => labels[i] === 1 && style[i] === 0);
  const image = (i: number) => pixels.subarray(i * 784, (i + 1) * 784);
  assert.ok(
    correlation(
      plain.map(i => slant[i] as number),
      plain.map(i => leanOf(image(i))),
    ) > 0.9,
  );
  const ink = plain.map(i => image(i).reduce((sum, grey) => sum + grey, 0));
  assert.ok(
    correlation(
      plain.map(i => thickness[i] as number),
      ink,
    ) > 0.9,
  );
});

/** Horizontal pixels a pixel upward, of a straight line's ink. */
function leanOf(image: Uint8Array): number {
  let [xy, yy] = [0, 0];
  image.forEach((grey, at) => {
    const [x, y] = [(at % 28) - 13.5, 13.5 - Math.floor(at / 28)];
    xy += grey * x * y;
    yy += grey * y * y;
  });
  return xy / yy;
}

function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (f: (i: number) => number) => a.reduce((sum, _, i) => sum + f(i), 0);
  const [da, db] = [(i: number) => (a[i] as number) - ma, (i: number) => (b[i] as number) - mb];
  return product(i => da(i) * db(i)) / Math.sqrt(product(i => da(i) ** 2) * product(i => db(i) ** 2));
}

test("a linear classifier trained on 10,000 drawn digits gets 95 % of new ones right", { skip }, async () => {
  const [train, fresh] = [await data.drawnDigits({ seed: 1 }), await data.drawnDigits({ count: 2000, seed: 2 })];
  const weights = tf.variable(tf.zeros([784, 10]));
  const adam = tf.train.adam(0.01);
  const scores = (images: Tensor2D): Tensor2D => tf.matMul(images, weights as Tensor2D);
  const targets = tf.oneHot(tf.tensor1d(train.labels, "int32"), 10);
  for (let at = 0; at < 20_000; at += 200) {
    const rows = [at % 10_000, 200] as const;
    adam.minimize(() =>
      tf.losses.softmaxCrossEntropy(targets.slice(...rows), scores(train.images.slice(...rows))).asScalar(),
    );
  }
  const said = scores(fresh.images).argMax(1).dataSync();
  const right = fresh.labels.filter((label, i) => label === said[i]).length / 2000;
  assert.ok(right >= 0.95, `${100 * right} %`);
});

/** Runs with an empty cache and no network. */
async function offline<T>(t: Parameters<typeof emptyFolder>[0], work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env = { ...before, LATENT_CACHE: emptyFolder(t), LATENT_DATA: "", LATENT_OFFLINE: "1" };
  return work();
}

test("where MNIST cannot be had, drawn digits come with a notice that says so", { skip }, async t => {
  const said = t.mock.method(console, "log", () => {});
  const { train, test, source } = await offline(t, () => data.mnist({ train: 300, test: 200 }));
  assert.deepEqual([source, train.source, test.source], ["drawn", "drawn", "drawn"]);
  assert.deepEqual(
    [train.images.shape, test.images.shape],
    [
      [300, 784],
      [200, 784],
    ],
  );
  assert.equal(train.drawing?.slant.length, 300);
  const [notice] = said.mock.calls[0]?.arguments ?? [];
  assert.match(notice, /MNIST could not be had, so these are drawn digits/);
  assert.match(notice, /Figures differ from the paper's/);
  assert.match(notice, /set LATENT_DATA/);
});

test("the stand-ins of the two parts of MNIST share no digit", () => {
  const images = (seed: number) => {
    const { pixels } = drawPixels(3000, seed, paper);
    return Array.from({ length: 3000 }, (_, i) => sha256Of(pixels.subarray(i * 784, (i + 1) * 784)));
  };
  const train = new Set(images(60_000));
  assert.equal(train.size, 3000);
  assert.deepEqual(
    images(10_000).filter(each => train.has(each)),
    [],
  );
});

test("a set without a stand-in is an error that says how to get it", { skip }, async t => {
  await assert.rejects(
    offline(t, () => data.fashionMnist()),
    /Fashion-MNIST is not on this machine[\s\S]*LATENT_OFFLINE=1[\s\S]*LATENT_DATA/,
  );
});

test("a part of which no image is asked for is neither read nor drawn", { skip }, async t => {
  t.mock.method(console, "log", () => {});
  const parts = await offline(t, async () => [
    await data.fashionMnist({ train: 0, test: 0 }),
    await data.mnist({ train: 0, test: 20 }),
    await data.mnist({ train: 20, test: 0 }),
  ]);
  assert.deepEqual(
    parts.map(({ train, test }) => [train.images.shape, train.labels.length, test.images.shape, test.labels.length]),
    [
      [[0, 784], 0, [0, 784], 0],
      [[0, 784], 0, [20, 784], 20],
      [[20, 784], 20, [0, 784], 0],
    ],
  );
});

test("digits of no number, or of a seed that is no whole number, are refused", () => {
  assert.throws(() => drawPixels(0, 1, paper), /drawn from 1 upwards, not 0/);
  assert.throws(() => drawPixels(1, 0.5, paper), /whole number from 0/);
});

test("dynamic binarisation is repeatable by its seed, new at each call, and as dense as the greys", {
  skip,
}, async () => {
  const { images } = await data.drawnDigits({ count: 200, seed: 1 });
  const draw = data.dynamicBinary(5);
  const [first, second] = [draw(images), draw(images)];
  assert.deepEqual(data.dynamicBinary(5)(images).dataSync(), first.dataSync());
  assert.notDeepEqual(second.dataSync(), first.dataSync());
  assert.ok(Math.abs((first.mean().dataSync()[0] as number) - (images.mean().dataSync()[0] as number)) < 0.002);
  assert.deepEqual(data.threshold(tf.tensor2d([[0, 127 / 255, 128 / 255, 1]])).arraySync(), [[0, 0, 1, 1]]);
});
