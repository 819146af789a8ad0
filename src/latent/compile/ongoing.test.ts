import assert from "node:assert/strict";
import { test } from "node:test";
import { runInThisContext } from "node:vm";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";
import { nativeBackend } from "./native.ts";

/** Runs `body` and ends it after a moment as the kernel's interrupt does: no `catch` and no `finally` runs. */
function stopped(body: () => void): void {
  // Not stopped before it has begun: the first trace of a process took longer than that on a busy machine.
  compile(() => tf.add(1, 1))();
  Object.assign(globalThis, { stoppedBody: body });
  assert.throws(() => runInThisContext("stoppedBody()", { timeout: 1000 }), /timed out/);
}

test("a trace that was stopped half-way is taken back before the next cell", async () => {
  const count = tf.variable(tf.scalar(5));
  const { random } = Math;
  const binding = nativeBackend()?.binding;
  const endless = compile(() => {
    tf.variableGrads(() => {
      count.assign(tf.add(count, 1));
      for (;;) tf.add(count, 1);
    });
  });
  stopped(() => endless());
  assert.notEqual(Math.random, random);
  await new Promise(setImmediate);
  assert.equal(Math.random, random);
  assert.equal(nativeBackend()?.binding, binding);
  assert.equal(count.dataSync()[0], 5);
  const step = compile(() => count.assign(tf.add(count, 1)));
  step();
  assert.equal(Object.keys(step.program.graphs).length, 1);
  assert.equal(count.dataSync()[0], 6);
});

test("a trace that was stopped while it looked who calls leaves errors as they were", async () => {
  const { prepareStackTrace } = Error;
  const endless = compile(() => {
    Error.prepareStackTrace = () => ["as place.ts has it for a moment"];
    for (;;);
  });
  stopped(() => endless());
  await new Promise(setImmediate);
  assert.equal(Error.prepareStackTrace, prepareStackTrace);
});

test("after a step that failed, a variable has the value that the graph has", () => {
  const count = tf.variable(tf.scalar(0));
  const rows = tf.variable(tf.ones([3]), false);
  const step = compile((index: tf.Tensor1D) => {
    count.assign(tf.add(count, 1));
    return tf.gather(rows, index);
  });
  step(tf.tensor1d([1], "int32"));
  assert.equal(count.dataSync()[0], 1);
  assert.throws(() => step(tf.tensor1d([9], "int32")), /not in \[0, 3\)/);
  const after = count.dataSync()[0] as number;
  step(tf.tensor1d([1], "int32"));
  assert.equal(count.dataSync()[0], after + 1);
});
