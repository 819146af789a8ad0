import assert from "node:assert/strict";
import { test } from "node:test";
import { oneHot } from "./one-hot.ts";

test("labels become one-hot rows of float32", () => {
  const rows = oneHot(Uint8Array.from([2, 0]), 3);
  assert.equal(rows.dtype, "float32");
  assert.deepEqual(rows.arraySync(), [
    [0, 0, 1],
    [1, 0, 0],
  ]);
  assert.deepEqual(oneHot([], 3).shape, [0, 3]);
});

test("a label that is no class is refused with its place", () => {
  for (const label of [3, -1, 0.5, Number.NaN])
    assert.throws(() => oneHot([0, label], 3), new RegExp(`^RangeError: Label 1 is ${label}; .* 0 … 2`));
  assert.throws(() => oneHot([0], 0), /the number of classes/);
});
