import assert from "node:assert/strict";
import { test } from "node:test";
import { check, plot, tf } from "latent";

const codes = tf.tensor2d([0, 1, 2, 3], [2, 2]);
const draw: Record<string, (words?: object) => unknown> = {
  bars: words => plot.bars(["a", "b"], [1, 2], words),
  curves: words => plot.curves({ a: [1, 2] }, words),
  histogram: words => plot.histogram([1, 2], words),
  scatter: words => plot.scatter(codes, words),
  sphere: words => plot.sphere(tf.ones([2, 3]), words),
  images: words => plot.images(codes, { width: 2, ...words }),
  heatmap: words => plot.heatmap(codes, words),
  beside: words => plot.beside({ a: plot.curves({ a: [1] }) }, words),
  spectrum: words => plot.spectrum([2, 1], { keep: 1, ...words }),
  contours: words => plot.contours(codes, { rows: [0, 1], columns: [0, 1], ...words }),
  field: words => plot.field({ a: codes }, { at: codes, ...words }),
};

for (const [name, figure] of Object.entries(draw)) {
  test(`plot.${name} draws without any words, and its text has no gap where the title was`, () => {
    const { summary, layout } = figure() as plot.Figure;
    assert.equal(summary, summary.trim());
    assert.doesNotMatch(summary, /undefined/);
    assert.equal((layout.title as { text: string }).text, "");
  });

  test(`plot.${name} refuses a word that it does not know`, () => {
    assert.throws(() => figure({ titel: "x" }), /^TypeError: plot\.\w+ has no option titel\. It has /);
  });
}

test("a word that another library has is answered with ours", () => {
  assert.throws(() => draw.curves?.({ xlabel: "epoch" }), /plot\.curves has no option xlabel: it is called x\./);
  assert.throws(() => draw.scatter?.({ color: [1, 2] }), /plot\.scatter has no option color: it is called colour\./);
  assert.throws(() => draw.heatmap?.({ color: [1, 2] }), /plot\.heatmap has no option color\. It has /);
});

test("a word that has no default is named where it is missing", () => {
  assert.throws(() => plot.slider({}, {} as never), /plot\.slider needs label: plot\.slider\(…, \{ label: … \}\)/);
  assert.throws(() => plot.contours(codes, { rows: [0, 1] } as never), /plot\.contours needs columns/);
  assert.throws(() => plot.field({}, {} as never), /plot\.field needs at/);
});

const wrong: [title: string, act: () => unknown, says: RegExp][] = [
  ["an array of arrays", () => plot.heatmap([[1, 2]] as never), /as a tensor; it got an array\. tf\.tensor/],
  ["a promise", () => plot.scatter(Promise.resolve(codes) as never), /got a promise\. Write await before it/],
  ["a tensor of another rank", () => plot.images(tf.ones([2, 28, 28]) as never), /images \[n, height · width\]; got \[2, 28, 28\]/],
  ["no codes at all", () => plot.scatter(undefined as never), /as a tensor; it got undefined/],
  ["text among the numbers", () => plot.curves({ a: [1, "2"] as never }), /an array with a string in it/],
  ["numbers that are not there", () => plot.histogram(undefined as never), /This is undefined/],
  ["a table of something else", () => plot.table({ a: [1] } as never), /needs a data frame.*it got an object/],
  ["images in no column", () => plot.images(codes, { columns: 0 }), /got 2 images, 0 columns/],
]; // biome-ignore format: a table
for (const [title, act, says] of wrong)
  test(`a figure of ${title} is refused in a sentence`, () => assert.throws(act, says));

const expected = { target: 1, tolerance: 0.1, source: "theory" };
const claims: [title: string, claim: unknown, says: RegExp][] = [
  ["no source", ["a", 1, { target: 1, tolerance: 1 }], /^TypeError: "a" needs a source/],
  ["a tensor as ours", ["a", tf.scalar(1), expected], /"a" compares a number; it got a Tensor\. .*dataSync/],
  ["no tolerance", ["a", 1, { target: 1, source: "x" }], /"a" needs a tolerance.*got undefined/],
  ["a tolerance in words", ["a", 1, { ...expected, tolerance: "small" }], /got small/],
  ["nothing expected", ["a", 1], /"a" needs what is expected/],
  ["no brackets", "a", /Claim 1 has to be \[claim, ours, expected\], in brackets; it is a string/],
];
for (const [title, claim, says] of claims)
  test(`a check with ${title} is refused and does not pass or fail`, () =>
    assert.throws(() => check(claim as never), says));
