import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import type { Client } from "../client/index.ts";
import { resultText, startOurs, whereEngine } from "../testkit/index.ts";

const { skip } = await whereEngine(() => import("../latent/index.ts"));
const full = process.env.LATENT_FULL === "1";
/** A folder in which cells find `latent`. */
const cwd = fileURLToPath(new URL("../../notebooks/lectures", import.meta.url));

const value = async (client: Client, code: string) => resultText(await client.execute(code));

/** Gives a cell `gc`, and a `Lost` whose objects it counts. */
const WATCH = `
  (await import("node:v8")).setFlagsFromString("--expose-gc");
  const gc = (await import("node:vm")).runInNewContext("gc");
  const refs = [];
  const lost = () => { const object = { large: new Array(1000) }; refs.push(new WeakRef(object)); return object; };`;
const LEFT = "await new Promise(later => setTimeout(later, 20)); gc(); refs.filter(ref => ref.deref()).length";

test("the kernel holds no result, no error and no value of an expression that the author does not hold", async t => {
  const { client } = await startOurs(t);
  await client.execute(WATCH);
  await client.execute("lost()");
  await client.execute("throw lost()");
  await client.execute("await Promise.reject(lost())");
  await client.execute("await Promise.resolve(); lost()");
  await client.execute("1", { user_expressions: { a: "lost()", b: "(() => { throw lost() })()" } });
  assert.equal(await value(client, LEFT), "0");
  await client.execute("const held = lost(); held");
  assert.equal(await value(client, LEFT), "1");
});

test("what is called between cells is called once after each, in no cell's time, also after one that failed", async t => {
  const { client } = await startOurs(t);
  await client.execute(`let calls = 0; globalThis[Symbol.for("latent.kernel")].betweenCells(() => { calls++ })`);
  await client.execute("throw new Error('on purpose')");
  await client.execute("syntax error");
  await client.execute("while (true) {");
  await new Promise(later => setTimeout(later, 50));
  assert.equal(await value(client, "calls"), "4");
});

test("usage says how much memory the process that runs cells has, and had at most", async t => {
  const { client } = await startOurs(t);
  const usage = async () => (await client.ask("usage_request", {}, "control")).content as Record<string, number>;
  await client.execute("let large = Buffer.alloc(300e6, 1)");
  const { kernel_memory: with300 = 0, kernel_memory_peak: peak = 0 } = await usage();
  assert.ok(with300 > 300e6, `${with300}`);
  assert.ok(peak > 300e6 && peak < 700e6, `${peak}`);
});

test("usage says the processor time of the process that runs cells, while a cell computes", {
  skip: process.platform === "linux" ? false : "only Linux says it from outside",
}, async t => {
  const { client } = await startOurs(t);
  const spent = async (ms: number) => {
    const begun = performance.now();
    await new Promise(later => setTimeout(later, ms));
    const { content } = await client.ask("usage_request", {}, "control");
    return ((content.kernel_cpu as number) / 100) * (performance.now() - begun);
  };
  await client.execute("1");
  await spent(0);
  const loop = client.execute("while (true) {}");
  let computing = 0;
  while (computing < 500) computing += await spent(200); // a busy machine gives it little at a time
  await client.ask("interrupt_request", {}, "control");
  assert.equal((await loop).reply.status, "error");
});

test("tensors of a cell that ran again are freed soon after", { skip }, async t => {
  const { client } = await startOurs(t, { cwd });
  await client.execute(`import { tf } from "latent"; tf.zeros([1]).dispose()`);
  // 16 cells make 512 MB; a collection comes where 96 MB have been added.
  for (let run = 0; run < 16; run++) await client.execute("const x = tf.zeros([1024, 1024, 4]).add(1); undefined");
  // A collection waits until there is processor time for it: on a busy machine that takes longer.
  let megabytes = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 50 && megabytes > 128; tries++) {
    await new Promise(later => setTimeout(later, 200));
    megabytes = Number(await value(client, "tf.memory().numBytes / 2 ** 20"));
  }
  assert.ok(megabytes <= 128, `${megabytes} MB of 512`);
});

const TRAINING = `
  const weights = [tf.variable(tf.randomNormal([64, 16], 0, 0.1, "float32", 1)), tf.variable(tf.zeros([16, 64]))];
  const loss = batch => batch.sub(batch.matMul(weights[0]).relu().matMul(weights[1])).square().mean();
  const { epochs } = await fit(loss, images, { epochs: 2, batchSize: 64, optimizer: tf.train.adam(0.01), seed: 1 });
  const codes = images.matMul(weights[0]);
  codes`;

test(`a training cell that runs ${full ? 1000 : 24} times leaves no tensors and no memory behind`, {
  skip,
  timeout: 3_000_000,
}, async t => {
  const { client } = await startOurs(t, { cwd, env: { LATENT_TYPES: "off" } });
  const quarter = full ? 250 : 6;
  await client.execute(
    `import { fit, tf } from "latent"; const images = tf.randomUniform([256, 64], 0, 1, "float32", 1)`,
  );
  const seen: { tensors: number; resident: number }[] = [];
  for (let part = 0; part < 4; part++) {
    for (let run = 0; run < quarter; run++) {
      const { reply } = await client.execute(TRAINING);
      assert.equal(reply.status, "ok", JSON.stringify(reply));
    }
    await new Promise(later => setTimeout(later, 1500));
    const figures = await value(
      client,
      "JSON.stringify({ tensors: tf.memory().numTensors, resident: process.memoryUsage.rss() / 2 ** 20 })",
    );
    seen.push(JSON.parse((figures ?? "").slice(1, -1)));
  }
  const [, second, , last] = seen as [
    unknown,
    { tensors: number; resident: number },
    unknown,
    { tensors: number; resident: number },
  ];
  const text = JSON.stringify(seen);
  t.diagnostic(text);
  assert.ok(last.tensors <= second.tensors + 200, text);
  assert.ok(last.resident - second.resident < 20, text);
});
