import assert from "node:assert/strict";
import test from "node:test";
import { DataFrame, Series } from "danfojs-node";
import { describe } from "./describe.ts";

test("missing values are counted and left out; text is not described", () => {
  const frame = new DataFrame({ a: [4, 1, 3, 2], b: [1, Number.NaN, 2.5, 10], c: ["x", "y", "z", "x"] });
  const { columns, values } = describe(frame);
  assert.deepEqual(columns, ["column", "count", "missing", "mean", "sd", "min", "25 %", "median", "75 %", "max"]);
  // By hand: 23.25 = (3.5² + 2² + 5.5²) / 2.
  assert.deepEqual(values, [
    ["a", 4, 0, 2.5, Math.sqrt(5 / 3), 1, 1.75, 2.5, 3.25, 4],
    ["b", 3, 1, 4.5, Math.sqrt(23.25), 1, 1.75, 2.5, 6.25, 10],
  ]);
});

test("a Series, one value and no value", () => {
  assert.deepEqual(describe(new Series([2], { columns: ["n"] })).values, [["n", 1, 0, 2, Number.NaN, 2, 2, 2, 2, 2]]);
  assert.deepEqual(describe({ columns: ["n"], values: [[null], [Number.NaN]] }).values, []);
});
