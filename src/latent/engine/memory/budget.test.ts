import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "./budget.ts";

const MB = 2 ** 20;

/** How many milliseconds collections take in `seconds` of a program that wants one every millisecond. */
function spentIn(seconds: number, collection: { ms: number; bytes: number }): number {
  let now = 0;
  let spent = 0;
  const budget = new Budget(() => now);
  while (now < 1000 * seconds) {
    now += 1;
    if (!budget.allows) continue;
    now += collection.ms;
    spent += collection.ms;
    budget.spent(collection.ms, collection.bytes);
  }
  return spent;
}

test("collections that free nothing take 5 % of the time, and one collection more", () => {
  for (const ms of [5, 30, 200]) {
    const spent = spentIn(20, { ms, bytes: 0 });
    assert.ok(spent <= 0.05 * 20_000 + 20 + ms, `${spent} ms of 20 s, with collections of ${ms} ms`);
    assert.ok(spent >= 0.05 * 20_000 - ms, `${spent} ms of 20 s, with collections of ${ms} ms`);
  }
});

test("a collection that gives back enough memory may come at any time", () => {
  assert.ok(spentIn(2, { ms: 30, bytes: 200 * MB }) > 1800);
});

test("a process that has waited may not collect for long after it", () => {
  let now = 0;
  const budget = new Budget(() => now);
  now = 3_600_000;
  budget.spent(50, 0);
  assert.equal(budget.allows, false);
  now += 590;
  assert.equal(budget.allows, false);
  now += 20;
  assert.equal(budget.allows, true);
});
