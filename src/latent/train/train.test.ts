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

/** A descent of 100 steps on w², which calls `after` with the number of steps done. */
async function descend(after: (step: number) => void): Promise<void> {
  const w = tf.variable(tf.scalar(3));
  const sgd = tf.train.sgd(0.1);
  for (let step = 1; step <= 100; step++) {
    await train.minimize(sgd, () => w.square().asScalar());
    after(step);
  }
}

test("a training loop ends with the interrupt's reason", { skip }, async () => {
  const controller = new AbortController();
  host[place] = { signal: controller.signal };
  let last = 0;
  const interrupted = descend(step => {
    last = step;
    if (step === 5) setImmediate(() => controller.abort(new Error("interrupted")));
  });
  await assert.rejects(interrupted, /interrupted/);
  assert.ok(last <= 6, `${last} steps`);
});

test("a loop that was interrupted ends although another cell runs by then", { skip }, async () => {
  const old = new AbortController();
  host[place] = { signal: old.signal };
  const waiting = train.turn();
  old.abort(new Error("interrupted"));
  host[place] = { signal: new AbortController().signal };
  await assert.rejects(waiting, /interrupted/);
});

test("timers run between the steps of a training loop", { skip }, async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await descend(() => busy(1));
  clearInterval(timer);
  assert.ok(ticks > 20, `${ticks} ticks`);
});

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function epochsOf(options: { batchSize: number; epochs: number; seed: number }): number[][] {
  const seen: number[][] = [];
  for (const batch of train.batches(tf.tensor2d([[0], [1], [2], [3], [4]]), options)) {
    seen.push([...batch.dataSync()]);
  }
  return seen;
}

test("batches show every row once an epoch, the last batch holds the rest", { skip }, () => {
  const seen = epochsOf({ batchSize: 2, epochs: 2, seed: 1 });
  assert.deepEqual(
    seen.map(batch => batch.length),
    [2, 2, 1, 2, 2, 1],
  );
  for (const epoch of [seen.slice(0, 3), seen.slice(3)]) assert.deepEqual(epoch.flat().sort(), [0, 1, 2, 3, 4]);
  assert.notDeepEqual(seen.slice(0, 3), seen.slice(3));
});

test("the same seed gives the same batches, another seed others", { skip }, () => {
  const first = epochsOf({ batchSize: 2, epochs: 3, seed: 1 });
  assert.deepEqual(epochsOf({ batchSize: 2, epochs: 3, seed: 1 }), first);
  assert.notDeepEqual(epochsOf({ batchSize: 2, epochs: 3, seed: 2 }), first);
});

test("batches leave no tensors behind, not even when the loop breaks off", { skip }, () => {
  const rows = tf.tensor2d([[0], [1], [2], [3], [4]]);
  const before = tf.memory().numTensors;
  for (const _ of train.batches(rows, { batchSize: 2, epochs: 1, seed: 1 })) break;
  assert.equal(tf.memory().numTensors, before);
});

test("a batch of no rows is refused", { skip }, () => {
  assert.throws(() => epochsOf({ batchSize: 0, epochs: 1, seed: 1 }), RangeError);
});

test("minimize makes one step and returns the loss before it", { skip }, async () => {
  const w = tf.variable(tf.scalar(3));
  const loss = await train.minimize(tf.train.sgd(0.25), () => w.square().asScalar());
  assert.equal(loss, 9);
  assert.equal(w.dataSync()[0], 1.5); // 3 − 0.25 · 2 · 3
});
