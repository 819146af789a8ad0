import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { MimeBundle } from "../display/host.ts";
import { CheckFailed, check } from "./check.ts";
import { type Check, type Expected, holds } from "./evaluate.ts";

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

const source = "theory";
const near = (target: number, tolerance: number | `${number} %`): Expected => ({ target, tolerance, source });
const cases: [title: string, ours: number, expected: Expected, holds: boolean][] = [
  ["a value within an absolute tolerance passes", 1.04, near(1, 0.05), true],
  ["a value on the tolerance passes", 1.5, near(1, 0.5), true],
  ["a value outside an absolute tolerance fails", 1.06, near(1, 0.05), false],
  ["a percentage is a share of the target", 204, near(200, "3 %"), true],
  ["a percentage of a negative target is a share too", -204, near(-200, "3 %"), true],
  ["a value outside a percentage fails", 207, near(200, "3 %"), false],
  ["a value at its upper bound passes", 2, { atMost: 2, source }, true],
  ["a value above its upper bound fails", 2.1, { atMost: 2, source }, false],
  ["a value at its lower bound passes", 5, { atLeast: 5, source }, true],
  ["a value below its lower bound fails", 4.9, { atLeast: 5, source }, false],
  ["NaN is near nothing", Number.NaN, near(1, 9), false],
  ["NaN is below nothing", Number.NaN, { atMost: 1, source }, false],
  ["NaN is above nothing", Number.NaN, { atLeast: 1, source }, false],
];
for (const [title, ours, expected, right] of cases) {
  test(title, () => assert.equal(holds(ours, expected), right));
}

const good: Check = ["error, k = 2", 3.3552532, { target: 3.355253, tolerance: "0.5 %", source: "λ₃ + …" }];
const bad: Check = ["largest angle", 3, { atMost: 2, unit: "°", source: "0° at the minimum" }];

test("a check that holds shows target, ours, tolerance, source and verdict, and does not throw", () => {
  check(good);
  const html = String(shown[0]?.["text/html"]);
  for (const part of ["✓ pass", "error, k = 2", "3.355253 ± 0.5 %", "λ₃ + …"]) assert.ok(html.includes(part), part);
});

test("a claim that fails is named in the error, after the whole table was shown", () => {
  assert.throws(
    () => check(bad, good),
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
  assert.throws(() => check(), /no claim to check/);
});

test("a claim is text in the table, whatever it holds", () => {
  check(["a < b & <script>", good[1], good[2]]);
  assert.ok(String(shown[0]?.["text/html"]).includes("a &lt; b &amp; &lt;script&gt;"));
});
