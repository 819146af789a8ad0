import assert from "node:assert/strict";
import { test } from "node:test";
import { generator } from "../../compile/random.ts";
import { tf } from "../../engine/tf.ts";
import { gaussLegendre } from "../quadrature.ts";
import { implicitSlope } from "./cosine.ts";
import {
  besselRatio,
  besselRatioSlope,
  besselRatioTensor,
  klSlope,
  klToUniform,
  klToUniformTensor,
  sampleOneMinusCosine,
  sampleVmf,
  uniformOnSphere,
  woodProposal,
} from "./index.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

const scalar = (x: tf.Tensor): number => x.dataSync()[0] as number;
const columnOf = (value: number, count: number): tf.Tensor2D => tf.fill([count, 1], value);

/** The derivative with respect to one κ shared by `count` draws, of the mean of `f`. */
function slopeOf(kappa: number, count: number, f: (kappa: tf.Tensor2D) => tf.Tensor): number {
  return tf.tidy(() => {
    const gradient = tf.grad(x => tf.mean(f(tf.mul(tf.ones([count, 1]), x))));
    return scalar(gradient(tf.scalar(kappa)));
  });
}

test("the tensor forms of mean cosine and KL agree with the exact ones in float32, value and gradient", () => {
  const kappas = [0.001, 0.04, 0.3, 1, 2, 10, 50];
  const kappa = tf.tensor1d(kappas);
  for (const m of [2, 3, 5, 11, 41]) {
    const [ratio, kl] = [besselRatioTensor(m, kappa).dataSync(), klToUniformTensor(m, kappa).dataSync()];
    const ratioSlope = tf
      .grad(x => besselRatioTensor(m, x).sum())(kappa)
      .dataSync();
    const slope = tf
      .grad(x => klToUniformTensor(m, x).sum())(kappa)
      .dataSync();
    for (const [i, k] of kappas.entries()) {
      near(ratio[i] as number, besselRatio(m, k), 1e-6);
      near(kl[i] as number, klToUniform(m, k), 1e-7 * Math.max(10, k));
      near(ratioSlope[i] as number, besselRatioSlope(m, k), 1e-5);
      near(slope[i] as number, klSlope(m, k), 1e-5);
    }
  }
});

test("for concentrations up to 10⁵ the tensor form of KL keeps 6 digits", () => {
  for (const m of [3, 41]) {
    for (const k of [1e3, 1e5]) near(scalar(klToUniformTensor(m, tf.scalar(k))), klToUniform(m, k), 3e-5);
  }
});

test("the mean cosine of the draws is A within four standard errors, for every way of drawing", () => {
  const count = 20_000;
  for (const [m, kappa] of [
    [2, 1],
    [3, 0.2],
    [3, 10],
    [5, 2],
    [11, 10],
    [41, 100],
  ] as const) {
    tf.tidy(() => {
      const cosine = tf.sub(1, sampleOneMinusCosine(m, columnOf(kappa, count), generator(m)));
      const error = Math.sqrt(besselRatioSlope(m, kappa) / count); // A′ is the variance of the cosine
      near(scalar(cosine.mean()), besselRatio(m, kappa), 4 * error);
      near(scalar(tf.moments(cosine).variance) / besselRatioSlope(m, kappa), 1, 0.05);
    });
  }
});

test("the gradient of a draw, averaged exactly over the distribution, is A′ for every m", () => {
  const { nodes, weights } = gaussLegendre(200);
  for (const [m, kappa] of [
    [2, 1],
    [3, 2],
    [5, 2],
    [6, 10],
    [11, 10],
    [41, 100],
  ] as const) {
    const angles = nodes.map(x => Math.PI * x);
    const density = angles.map(
      (angle, i) => (weights[i] as number) * Math.sin(angle) ** (m - 2) * Math.exp(kappa * (Math.cos(angle) - 1)),
    );
    const y = tf.tensor2d(angles.map(angle => [2 * Math.sin(angle / 2) ** 2]));
    const slopes = implicitSlope(m, columnOf(kappa, 200), y).dataSync();
    const total = density.reduce((sum, p) => sum + p, 0);
    const mean = density.reduce((sum, p, i) => sum - (p * (slopes[i] as number)) / total, 0);
    near(mean / besselRatioSlope(m, kappa), 1, 3e-5);
  }
});

test("the gradient that a training step sees is A′: at m = 5, κ = 2 it is 0.147389", () => {
  const slope = slopeOf(2, 200_000, k => tf.sub(1, sampleOneMinusCosine(5, k, generator(7))));
  near(slope, 0.147389, 5e-4);
  const onS2 = slopeOf(2, 200_000, k => tf.sub(1, sampleOneMinusCosine(3, k, generator(7))));
  near(onS2, 0.34795634 / 2, 7e-4);
});

test("Wood's draw needs its correction: without it the gradient at m = 5, κ = 2 is 13 % low, with it 0.147389", () => {
  const cosine = (k: tf.Tensor2D) => tf.sub(1, woodProposal(5, k, generator(5)).oneMinusCosine);
  const uncorrected = slopeOf(2, 200_000, cosine);
  const corrected = slopeOf(2, 200_000, k => {
    const { oneMinusCosine, logRatio } = woodProposal(5, k, generator(5));
    const held = tf.customGrad(x => ({
      value: (x as tf.Tensor).clone(),
      gradFunc: dy => tf.zerosLike(dy as tf.Tensor),
    }));
    return tf.add(tf.sub(1, oneMinusCosine), tf.mul(held(tf.sub(1, oneMinusCosine)), logRatio));
  });
  near(uncorrected, 0.12768, 5e-4);
  near(corrected, 0.147389, 5e-4);
  assert.ok(Math.abs(uncorrected - 0.147389) > 0.015);
});

test("every draw has length 1 and lies about its own mean direction", () => {
  tf.tidy(() => {
    const mean = uniformOnSphere(4, 6, generator(1));
    const many = tf.tile(mean, [10_000, 1]);
    const z = sampleVmf(many, tf.fill([40_000, 1], 10), generator(2));
    const lengths = tf.norm(z, "euclidean", 1);
    assert.ok(scalar(tf.max(tf.abs(tf.sub(lengths, 1)))) < 1e-5);
    const average = tf.mean(tf.reshape(z, [10_000, 4, 6]), 0);
    const off = tf.sub(average, tf.mul(mean, besselRatio(6, 10)));
    assert.ok(scalar(tf.max(tf.abs(off))) < 0.015);
  });
});

test("draws and gradients stay finite where usual code gives NaN: µ = e₁, κ tiny, κ huge", () => {
  for (const m of [2, 3, 8]) {
    for (const kappa of [1e-3, 1, 1e5]) {
      const mean = tf.tensor2d([[1, ...new Array<number>(m - 1).fill(0)]]);
      const loss = (mu: tf.Tensor, k: tf.Tensor) =>
        tf.sum(
          tf.square(
            sampleVmf(tf.tile(mu as tf.Tensor2D, [2000, 1]), tf.tile(k as tf.Tensor2D, [2000, 1]), generator(3)),
          ),
        );
      for (const gradient of tf.grads(loss)([mean, tf.tensor2d([[kappa]])])) {
        assert.ok(Array.from(gradient.dataSync()).every(Number.isFinite), `m ${m}, κ ${kappa}`);
      }
    }
  }
});

test("the gradient reaches the mean direction: turning µ turns the draw", () => {
  const mean = tf.tensor2d([[0.6, 0.8, 0]]);
  const height = (mu: tf.Tensor) =>
    tf.sum(tf.slice(sampleVmf(mu as tf.Tensor2D, tf.tensor2d([[50]]), generator(3)), [0, 1], [1, 1]));
  const slope = tf.grad(height)(mean).dataSync()[1] as number;
  const at = (shift: number) => scalar(height(tf.add(mean, tf.tensor2d([[0, shift, 0]]))));
  near(slope, (at(1e-2) - at(-1e-2)) / 2e-2, 0.02);
});

test("shapes that do not belong together are refused", () => {
  assert.throws(() => sampleVmf(tf.zeros([2, 3]), tf.zeros([3, 1]), generator(1)), /got \[2,3\] and \[3,1\]/);
});
