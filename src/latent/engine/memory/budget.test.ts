import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget, worked } from "./budget.ts";

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
    budget.spent(collection.ms, collection.bytes, 60 * MB);
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
  for (const ms of [30, 300]) assert.ok(spentIn(6, { ms, bytes: 120 * MB }) > 5400, `${ms} ms each`);
  const half = spentIn(20, { ms: 30, bytes: 60 * MB });
  assert.ok(half <= 0.1 * 20_000 + 100, `${half} ms of 20 s that give back half`);
});

test("a process that has waited may not collect for long after it", () => {
  let now = 0;
  const budget = new Budget(() => now);
  now = 3_600_000;
  budget.spent(50, 0, 60 * MB);
  assert.equal(budget.allows, false);
  now += 590;
  assert.equal(budget.allows, false);
  now += 20;
  assert.equal(budget.allows, true);
});

test("the clock of work runs on however often it is asked, and stands still while the process waits", async () => {
  const [start, processors] = [worked(), process.cpuUsage()];
  const used = () => {
    const { user, system } = process.cpuUsage(processors);
    return (user + system) / 1000;
  };
  while (used() < 300) worked();
  const busy = worked() - start;
  assert.ok(busy > 150 && busy < 3000, `${busy} ms`);
  const resting = worked();
  const waited = performance.now();
  await new Promise(later => setTimeout(later, 1500));
  const share = (worked() - resting) / (performance.now() - waited);
  assert.ok(share < 0.5, `${share} of the time`);
});
