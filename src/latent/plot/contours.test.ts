import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { classColours } from "./colours.ts";
import { contours } from "./contours.ts";
import { decode, type EncodedArray } from "./encode.ts";
import type { PlotlyObject } from "./figure.ts";

function matrix(rows: number[][]): Tensor2D {
  const shape = [rows.length, (rows[0] as number[]).length];
  return { shape, dataSync: () => Float32Array.from(rows.flat()) } as unknown as Tensor2D;
}

const grid = matrix([
  [0, 1, 2],
  [3, 4, 5],
]);
const words = { title: "A ridge", x: "z₁", y: "z₂", columns: [-1, 0, 1], rows: [5, 6] };
const numbers = (encoded: unknown) => [...decode(encoded as EncodedArray)];

test("contours send the grid with the positions of its rows and columns, to one scale", () => {
  const { data, layout, summary } = contours(grid, words);
  const [surface] = data as [PlotlyObject];
  assert.deepEqual(numbers(surface.z), [0, 1, 2, 3, 4, 5]);
  assert.equal((surface.z as EncodedArray).shape, "2, 3");
  assert.deepEqual([numbers(surface.x), numbers(surface.y)], [words.columns, words.rows]);
  assert.deepEqual(surface.contours, { start: 0.5, end: 5, size: 0.5 });
  assert.equal((layout.yaxis as PlotlyObject).scaleanchor, "x");
  assert.equal(summary, "Contours: 2 × 3, 0 … 5. A ridge");
});

test("points lie over the contours in the colour of their class", () => {
  const points = matrix([
    [0, 5],
    [1, 6],
  ]);
  const [, over] = contours(grid, { ...words, points, labels: [5, 0] }).data as [PlotlyObject, PlotlyObject];
  assert.deepEqual(
    [numbers(over.x), numbers(over.y)],
    [
      [0, 1],
      [5, 6],
    ],
  );
  assert.deepEqual((over.marker as PlotlyObject).color, [classColours[5], classColours[0]]);
});

test("contours refuse positions and labels that are too few", () => {
  assert.throws(() => contours(grid, { ...words, rows: [5] }), /A grid \[2, 3\].*got 1 and 3/);
  const points = matrix([[0, 5]]);
  assert.throws(
    () => contours(grid, { ...words, points, labels: [] }),
    /points \[n, 2\] and n labels; got \[1, 2\] and 0/,
  );
});
