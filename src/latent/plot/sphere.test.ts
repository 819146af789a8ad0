import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { decode, type EncodedArray } from "./encode.ts";
import { sphere } from "./sphere.ts";

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-6, `${actual} is not ${expected}`);

const numbers = (series: unknown) => Array.from(decode(series as EncodedArray));

test("codes of the sphere stand at their place on Hammer's map, over meridians and parallels that fill its ellipse", () => {
  const codes = tf.tensor2d([1, 0, 0, 0, 0, 5, 0, 1, 0], [3, 3]); // front, north pole at any length, east
  const { data } = sphere(codes, [1, 1, 1], { title: "Places" });
  const [lines, points] = data;
  assert.ok(lines && points);
  const [x, y] = [numbers(points.x), numbers(points.y)];
  for (const [i, place] of [
    [0, 0],
    [0, Math.SQRT2],
    [(2 * Math.SQRT2 * Math.SQRT1_2) / Math.sqrt(1 + Math.SQRT1_2), 0],
  ].entries()) {
    near(x[i] as number, place[0] as number);
    near(y[i] as number, place[1] as number);
  }
  const [lineX, lineY] = [numbers(lines.x), numbers(lines.y)].map(values => values.filter(Number.isFinite));
  near(Math.max(...(lineX as number[])), 2 * Math.SQRT2);
  near(Math.max(...(lineY as number[])), Math.SQRT2);
});

test("a class that lies on both sides of the map's edge is named at the edge, not in the middle of the map", () => {
  const codes = tf.tensor2d([-1, 0.1, 0, -1, -0.1, 0, -1, 0.1, 0], [3, 3]);
  const [name] = sphere(codes, [2, 2, 2], { title: "At the back" }).layout.annotations as { x: number }[];
  assert.ok(name && Math.abs(name.x) > 2.7);
});

test("a quantity colours the points, and codes in the plane are refused", () => {
  const { data, layout } = sphere(tf.tensor2d([1, 0, 0], [1, 3]), { title: "One", colour: [3], z: "κ" });
  const { color } = (data[1] as { marker: { color: unknown } }).marker;
  assert.deepEqual(numbers(color), [3]);
  assert.equal(layout.showlegend, false);
  assert.throws(() => sphere(tf.zeros([4, 2]), [1, 1, 1, 1], { title: "" }), /\[n, 3\], got \[4, 2\]/);
});
