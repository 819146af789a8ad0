import assert from "node:assert/strict";
import test from "node:test";
import { median, percentile, written } from "./statistics.ts";

test("the median is the middle value, or the mean of the two in the middle, in any order", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.ok(Number.isNaN(median([])));
});

test("a percentile is a value that was measured, by the nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  assert.equal(percentile(hundred, 0.5), 50);
  assert.equal(percentile(hundred, 0.95), 95);
  assert.equal(percentile([7], 0.95), 7);
});

test("numbers are written with three digits that count", () => {
  assert.deepEqual([0.12345, 4.5678, 78.94, 1234.5, 0, Number.NaN].map(written), [
    "0.123",
    "4.57",
    "78.9",
    "1235",
    "0",
    "-",
  ]);
});
