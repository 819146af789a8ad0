import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { decode, type EncodedArray } from "./encode.ts";
import { field } from "./field.ts";

/** As much of a tensor as a figure reads, so that figures are tested without the engine. */
function matrix(rows: number[][]): Tensor2D {
  const shape = [rows.length, (rows[0] as number[]).length];
  return { shape, dataSync: () => Float32Array.from(rows.flat()) } as unknown as Tensor2D;
}

const numbers = (encoded: unknown) => [...decode(encoded as EncodedArray)];
const words = { title: "Arrows lead to the data", x: "x₁", y: "x₂" };
const at = matrix([
  [0, 0],
  [1, 2],
]);
const vectors = matrix([
  [1, 0],
  [0, -1],
]);

test("an arrow goes from its point along its vector, has a head behind its tip, and is parted from the next", () => {
  const { data } = field({ learnt: vectors }, { ...words, at, scale: 2 });
  const [x, y] = [numbers(data[0]?.x), numbers(data[0]?.y)];
  assert.deepEqual(
    [x.slice(0, 2), y.slice(0, 2)],
    [
      [0, 2],
      [0, 0],
    ],
  );
  assert.ok((x[2] as number) < 2 && (y[2] as number) < 0 && (y[4] as number) > 0);
  assert.equal(x[2], x[4]);
  assert.ok(Number.isNaN(x[5]) && Number.isNaN(y[5]));
  assert.deepEqual(
    [x.slice(6, 8), y.slice(6, 8)],
    [
      [1, 1],
      [2, 0],
    ],
  );
});

test("data lie below two fields of two colours, and words say how long the arrows are", () => {
  const figure = field({ learnt: vectors, true: vectors }, { ...words, at, over: at });
  assert.deepEqual(
    figure.data.map(({ name }) => name),
    ["data", "learnt", "true"],
  );
  assert.deepEqual(numbers(figure.data[0]?.y), [0, 2]);
  const [, first, second] = figure.data.map(({ line }) => (line as { color: string } | undefined)?.color);
  assert.notEqual(first, second);
  assert.match(figure.summary, /2 arrows; learnt of mean length 1; true of mean length 1\. Arrows lead/);
});

test("vectors that do not fit their points are refused with both shapes", () => {
  assert.throws(() => field({ learnt: matrix([[1, 0]]) }, { ...words, at }), /learnt \[1,2\] at \[2,2\]/);
  assert.throws(() => field({ a: vectors, b: vectors, c: vectors }, { ...words, at }), /two fields, got 3/);
});
