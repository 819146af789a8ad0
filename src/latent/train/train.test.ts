import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(() => import("../index.ts"));
const { tf, train } = loaded;

const place = Symbol.for("latent.kernel");
const host = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete host[place];
});

test("steps counts from 1", { skip }, async () => {
  const seen: number[] = [];
  for await (const step of train.steps(3)) seen.push(step);
  assert.deepEqual(seen, [1, 2, 3]);
});

test("a loop of steps ends with the interrupt's reason at its next step", { skip }, async () => {
  const controller = new AbortController();
  host[place] = { signal: controller.signal };
  let last = 0;
  const loop = async () => {
    for await (const step of train.steps(100)) {
      last = step;
      if (step === 5) controller.abort(new Error("interrupted"));
    }
  };
  await assert.rejects(loop(), /interrupted/);
  assert.equal(last, 5);
});

test("a loop of busy steps lets timers run", { skip }, async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  for await (const _ of train.steps(20)) busy(5);
  clearInterval(timer);
  assert.ok(ticks >= 2, `${ticks} ticks in 100 ms of steps`);
});

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

async function epochsOf(options: { size: number; epochs: number; seed: number }): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const batch of train.batches(tf.tensor2d([[0], [1], [2], [3], [4]]), options)) {
    seen.push([...batch.dataSync()]);
  }
  return seen;
}

test("batches show every row once an epoch, the last batch holds the rest", { skip }, async () => {
  const seen = await epochsOf({ size: 2, epochs: 2, seed: 1 });
  assert.deepEqual(
    seen.map(batch => batch.length),
    [2, 2, 1, 2, 2, 1],
  );
  for (const epoch of [seen.slice(0, 3), seen.slice(3)]) assert.deepEqual(epoch.flat().sort(), [0, 1, 2, 3, 4]);
  assert.notDeepEqual(seen.slice(0, 3), seen.slice(3));
});

test("the same seed gives the same batches, another seed others", { skip }, async () => {
  const first = await epochsOf({ size: 2, epochs: 3, seed: 1 });
  assert.deepEqual(await epochsOf({ size: 2, epochs: 3, seed: 1 }), first);
  assert.notDeepEqual(await epochsOf({ size: 2, epochs: 3, seed: 2 }), first);
});

test("batches leave no tensors behind, not even when the loop breaks off", { skip }, async () => {
  const rows = tf.tensor2d([[0], [1], [2], [3], [4]]);
  const before = tf.memory().numTensors;
  for await (const _ of train.batches(rows, { size: 2, epochs: 1, seed: 1 })) break;
  assert.equal(tf.memory().numTensors, before);
});

test("a batch of no rows is refused", { skip }, async () => {
  await assert.rejects(epochsOf({ size: 0, epochs: 1, seed: 1 }), RangeError);
});

test("minimize makes one step and returns the loss before it", { skip }, () => {
  const w = tf.variable(tf.scalar(3));
  const loss = train.minimize(tf.train.sgd(0.25), () => w.square().asScalar());
  assert.equal(loss, 9);
  assert.equal(w.dataSync()[0], 1.5); // 3 − 0.25 · 2 · 3
});
