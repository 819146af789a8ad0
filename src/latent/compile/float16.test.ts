import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFloat16, LARGEST_FLOAT16, toFloat16 } from "./float16.ts";

const rounded = (...values: number[]) => Array.from(fromFloat16(toFloat16(Float32Array.from(values))));

test("every number of half precision comes back with its own bits, and each NaN as a NaN", () => {
  const all = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half);
  const values = fromFloat16(all);
  const back = toFloat16(values);
  for (const [half, bits] of back.entries()) {
    if (Number.isNaN(values[half])) assert.ok((bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0, `${half}`);
    else assert.equal(bits, half);
  }
});

test("the nearest number is taken, and of two equally near the even one", () => {
  const step = 2 ** -10; // between 1 and 2
  assert.deepEqual(rounded(1 + 0.49 * step, 1 + 0.5 * step, 1 + 0.51 * step, 1 + 1.5 * step, -1 - 1.5 * step), [
    1,
    1,
    1 + step,
    1 + 2 * step,
    -1 - 2 * step,
  ]);
  assert.deepEqual(rounded(1 / 3), [0.333251953125]);
});

test("subnormal numbers are kept and rounded, down to 0", () => {
  const least = 2 ** -24;
  assert.deepEqual(
    rounded(least, 0.5 * least, 0.51 * least, 1.5 * least, 2.5 * least, 1023.5 * least, -3 * least, -0),
    [least, 0, least, 2 * least, 2 * least, 1024 * least, -3 * least, -0],
  );
  assert.deepEqual(rounded(1e-40), [0]); // subnormal in float32 as well
});

test("infinities stay, and what lies nearer to them than to the largest number becomes one", () => {
  const infinity = Number.POSITIVE_INFINITY;
  assert.deepEqual(rounded(infinity, -infinity, LARGEST_FLOAT16, 65_519, 65_520, -1e30), [
    infinity,
    -infinity,
    LARGEST_FLOAT16,
    LARGEST_FLOAT16,
    infinity,
    -infinity,
  ]);
  assert.ok(Number.isNaN(rounded(Number.NaN)[0]));
});

test("no rounding moves a number by more than half a step, over all magnitudes", () => {
  for (let exponent = -14; exponent < 15; exponent++) {
    for (let i = 0; i < 200; i++) {
      const value = Math.fround(2 ** exponent * (1 + ((i * 0.618) % 1)));
      const [half] = rounded(value) as [number];
      assert.ok(Math.abs(half - value) <= 2 ** (exponent - 11), `${value} became ${half}`);
    }
  }
});
