import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { MimeBundle } from "../display/host.ts";
import { CheckFailed, check } from "./check.ts";
import { type Check, evaluate } from "./evaluate.ts";

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
let shown: MimeBundle[] = [];

beforeEach(() => {
  shown = [];
  host[place] = { display: (bundle: MimeBundle) => shown.push(bundle) };
});
afterEach(() => {
  delete host[place];
});

const base = { claim: "error", source: "theory" };
const cases: [title: string, check: Check, passed: boolean][] = [
  ["a value within an absolute tolerance passes", { ...base, ours: 1.04, target: 1, tolerance: 0.05 }, true],
  ["a value on the tolerance passes", { ...base, ours: 1.5, target: 1, tolerance: 0.5 }, true],
  ["a value outside an absolute tolerance fails", { ...base, ours: 1.06, target: 1, tolerance: 0.05 }, false],
  ["a percentage is a share of the target", { ...base, ours: 204, target: 200, tolerance: "3 %" }, true],
  ["a percentage of a negative target is a share too", { ...base, ours: -204, target: -200, tolerance: "3 %" }, true],
  ["a value outside a percentage fails", { ...base, ours: 207, target: 200, tolerance: "3 %" }, false],
  ["a value at its upper bound passes", { ...base, ours: 2, atMost: 2 }, true],
  ["a value above its upper bound fails", { ...base, ours: 2.1, atMost: 2 }, false],
  ["a value at its lower bound passes", { ...base, ours: 5, atLeast: 5 }, true],
  ["a value below its lower bound fails", { ...base, ours: 4.9, atLeast: 5 }, false],
  ["NaN is near nothing", { ...base, ours: Number.NaN, target: 1, tolerance: 9 }, false],
  ["NaN is below nothing", { ...base, ours: Number.NaN, atMost: 1 }, false],
  ["NaN is above nothing", { ...base, ours: Number.NaN, atLeast: 1 }, false],
];
for (const [title, row, passed] of cases) {
  test(title, () => assert.equal(evaluate(row).passed, passed));
}

const good: Check = { claim: "error, k = 2", ours: 3.3552532, target: 3.355253, tolerance: "0.5 %", source: "λ₃ + …" };
const bad: Check = { claim: "largest angle", ours: 3, atMost: 2, unit: "°", source: "0° at the minimum" };

test("a check that holds shows target, ours, tolerance, source and verdict, and does not throw", () => {
  check([good]);
  const html = String(shown[0]?.["text/html"]);
  for (const part of ["✓ pass", "error, k = 2", "3.355253 ± 0.5 %", "λ₃ + …"]) assert.ok(html.includes(part), part);
});

test("a claim that fails is named in the error, after the whole table was shown", () => {
  assert.throws(
    () => check([bad, good]),
    (error: Error) =>
      error instanceof CheckFailed && error.message === "1 of 2 checks failed. largest angle: 3, expected ≤ 2.",
  );
  assert.equal(shown.length, 1);
  const text = String(shown[0]?.["text/plain"]);
  assert.deepEqual(
    text.split("\n").map(line => line.slice(0, 6)),
    ["      ", "✗ FAIL", "✓ pass"],
  );
});

test("a check of nothing is an error and not a silent pass", () => {
  assert.throws(() => check([]), /no claim to check/);
});

test("a claim is text in the table, whatever it holds", () => {
  check([{ ...good, claim: "a < b & <script>" }]);
  assert.ok(String(shown[0]?.["text/html"]).includes("a &lt; b &amp; &lt;script&gt;"));
});
