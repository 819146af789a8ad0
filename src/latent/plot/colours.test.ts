import assert from "node:assert/strict";
import { test } from "node:test";
import { classColours } from "./colours.ts";

type Triple = [number, number, number];

/** Machado, Oliveira and Fernandes 2009, severity 1: how a dichromat sees linear RGB. */
const visions: Record<string, Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Triple {
  const channels = [1, 3, 5].map(i => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
  return channels.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as Triple;
}

function times(matrix: Triple[], [a, b, c]: Triple): Triple {
  return matrix.map(([p, q, r]) => Math.min(1, Math.max(0, p * a + q * b + r * c))) as Triple;
}

/** CIE L*a*b* of linear sRGB under D65. */
function lab(rgb: Triple): Triple {
  const xyz = times(
    [
      [0.4339, 0.3762, 0.1899],
      [0.2126, 0.7152, 0.0722],
      [0.0177, 0.1095, 0.8728],
    ],
    rgb,
  );
  const [x, y, z] = xyz.map(t => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const pairs = classColours.flatMap((a, i) => classColours.slice(i + 1).map(b => [a, b] as const));

for (const [vision, matrix] of Object.entries(visions)) {
  test(`any two classes differ clearly to ${vision} eyes`, () => {
    const seen = (hex: string) => lab(times(matrix, linear(hex)));
    const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    const smallest = Math.min(...pairs.map(([a, b]) => distance(seen(a), seen(b))));
    assert.ok(smallest > 27, `smallest distance ${smallest.toFixed(1)}`);
  });
}

test("every class shows on white paper", () => {
  for (const hex of classColours) assert.ok(lab(linear(hex))[0] < 83, hex);
});

test("there are ten colours, all different", () => {
  assert.equal(new Set(classColours).size, 10);
});
