import assert from "node:assert/strict";
import { test } from "node:test";
import { permutation, uniform } from "./uniform.ts";

test("uniform numbers of a seed are mulberry32's, the same on every machine", () => {
  const random = uniform(0);
  assert.deepEqual([random(), random(), random()], [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]);
});

test("a permutation holds every number once and depends on the seed alone", () => {
  const order = permutation(100, uniform(3));
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i),
  );
  assert.deepEqual(permutation(100, uniform(3)), order);
  assert.notDeepEqual(permutation(100, uniform(4)), order);
});

test("every order of three is drawn equally often", () => {
  const random = uniform(1);
  const drawn: Record<string, number> = {};
  for (let i = 0; i < 6000; i++) {
    const order = permutation(3, random).join("");
    drawn[order] = (drawn[order] ?? 0) + 1;
  }
  assert.equal(Object.keys(drawn).length, 6);
  for (const times of Object.values(drawn)) assert.ok(Math.abs(times - 1000) < 120, JSON.stringify(drawn)); // 4 s.e.
});
