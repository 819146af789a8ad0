import assert from "node:assert/strict";
import { test } from "node:test";
import { besselRatio, besselRatioSlope } from "./bessel.ts";
import { entropy, klSlope, klToUniform, logSphereArea } from "./moments.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

/** m, κ, A_m(κ), KL to the uniform, dKL/dκ: computed with 50 digits elsewhere. */
const TABLE = [
  [3, 1, 0.313035285, 0.151595924, 0.275938339],
  [3, 2, 0.537314721, 0.479409249, 0.34795634],
  [3, 10, 0.900000004, 1.995732317, 0.099999918],
  [3, 100, 0.99, 4.298317367, 0.01],
  [2, 1, 0.446389966, 0.210475607, 0.354346032],
  [6, 10, 0.770706157, 2.500193504, 0.206589403],
  [11, 10, 0.604922677, 2.43834453, 0.291458783],
  [21, 50, 0.818198677, 11.329925892, 0.163572671],
  [41, 100, 0.819008557, 22.478793159, 0.162156083],
] as const;

test("mean cosine, KL to the uniform and its slope agree with the table in 9 digits", () => {
  for (const [m, kappa, ratio, kl, slope] of TABLE) {
    near(besselRatio(m, kappa), ratio, 6e-10);
    near(klToUniform(m, kappa), kl, 6e-10);
    near(klSlope(m, kappa), slope, 6e-10);
  }
});

test("on S² the general formulas are the closed ones", () => {
  for (const kappa of [1e-3, 0.1, 1, 5, 30, 300]) {
    near(besselRatio(3, kappa), 1 / Math.tanh(kappa) - 1 / kappa, 1e-11);
    const logSinh = kappa + Math.log1p(-Math.exp(-2 * kappa)) - Math.LN2;
    near(klToUniform(3, kappa), kappa / Math.tanh(kappa) - 1 + Math.log(kappa) - logSinh, 1e-10);
  }
});

test("the derivative of the mean cosine is its finite difference, also at 0", () => {
  for (const m of [2, 3, 5, 41]) {
    for (const kappa of [0.5, 2, 20]) {
      const difference = (besselRatio(m, kappa + 1e-4) - besselRatio(m, kappa - 1e-4)) / 2e-4;
      near(besselRatioSlope(m, kappa), difference, 1e-7);
    }
    near(besselRatioSlope(m, 0), besselRatioSlope(m, 1e-3), 1e-6);
  }
  near(besselRatioSlope(5, 2), 0.147389, 5e-7);
  near(besselRatioSlope(6, 10), 0.020659, 5e-7);
});

test("entropy and KL add up to the logarithm of the sphere's area", () => {
  near(logSphereArea(3), Math.log(4 * Math.PI), 1e-12);
  near(logSphereArea(2), Math.log(2 * Math.PI), 1e-12);
  for (const m of [2, 3, 10, 41]) near(entropy(m, 7) + klToUniform(m, 7), logSphereArea(m), 1e-10);
  near(klToUniform(10, 0), 0, 1e-11);
});

test("a negative concentration and a sphere in one dimension are refused", () => {
  assert.throws(() => klToUniform(3, -1), /κ is a number ≥ 0, got -1/);
  assert.throws(() => besselRatio(1, 1), /m ≥ 2 dimensions/);
});
