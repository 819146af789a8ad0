import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

/** Asks for the collector many times over, in a thread of its own. */
const PROGRAM = `
  import { workerData } from "node:worker_threads";
  const { garbage } = await import(workerData);
  for (let i = 0; i < 100; i++) garbage().collect;`;

test("threads that ask for V8's collector at the same time all get it", async () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`);
  const workerData = new URL("./garbage.js", import.meta.url).href;
  const workers = Array.from({ length: 4 }, () => new Worker(url, { workerData }));
  const ended = await Promise.all(workers.map(worker => once(worker, "exit"))); // rejects with what one of them throws
  assert.deepEqual(ended, [[0], [0], [0], [0]]);
});
