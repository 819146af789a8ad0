import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import test, { type TestContext } from "node:test";
import type { Message } from "../protocol/index.ts";
import { emptyFolder, type Fault, fakeSpec, stillRunning, streamText } from "../testkit/index.ts";
import { Client, endKernel, launch, sentenceOf, type WithKernelOptions, withKernel } from "./index.ts";

const unhandled: unknown[] = [];
process.on("unhandledRejection", reason => unhandled.push(reason));

/** A number of seconds that no other process sleeps, so that a child is known by it. */
const someSeconds = (): string => `${randomInt(500_000, 900_000)}.5`;

/** Runs a cell in a kernel with a fault; returns what went wrong and whether a process stayed behind. */
async function tryFault(t: TestContext, fault: Fault, options: Partial<WithKernelOptions> = {}) {
  const child = someSeconds();
  const settings: WithKernelOptions = { cwd: emptyFolder(t), stderr: "keep", ...options };
  const run = withKernel(fakeSpec(fault, child), settings, async client => {
    void client.execute("nobody waits for this one");
    void client.ask("kernel_info_request", {});
    const executed = await client.execute("hello");
    return streamText(executed);
  });
  const problem = await run.then(text => `ok: ${text}`).catch((error: Error) => error.message);
  await new Promise(setImmediate);
  assert.deepEqual(unhandled, []);
  return { problem, left: await stillRunning(child) };
}

const FAULTS: Partial<Record<Fault, RegExp>> = {
  none: /^ok: hello$/,
  "does not start": /^The kernel ended with exit code 3:\n.*Cannot find module 'zeromq'$/,
  mute: /^After 0\.7 s the kernel did not answer\.$/,
  "dies when asked": /^The kernel ended with exit code 4\.$/,
  "dies in a cell": /^The kernel ended by SIGKILL\.$/,
  "dies behind its reply": /^The kernel ended with exit code 5\.$/,
  "loses replies": /^After 0\.3 s the kernel had sent no reply to a cell that ended\.$/,
  "loses idle": /^After 0\.3 s the kernel had not become idle behind its reply\.$/,
  "sends garbage": /^ok: hello$/,
};

for (const [fault, expected] of Object.entries(FAULTS)) {
  test(`a kernel with the fault "${fault}" gives one sentence and leaves no process`, async t => {
    const complaints = t.mock.method(console, "error", () => {});
    // Only where it has to end a wait: a busy machine makes any kernel slow.
    const impatient = {
      ...(fault === "mute" && { connectMs: 700 }),
      ...(fault.startsWith("loses") && { silenceMs: 300 }),
    };
    const { problem, left } = await tryFault(t, fault as Fault, impatient);
    assert.match(problem, expected);
    assert.deepEqual(left, []);
    assert.equal(complaints.mock.callCount(), fault === "sends garbage" ? 1 : 0);
  });
}

test("a kernel that answers and publishes nothing is told from one that is mute", async t => {
  const launched = await launch(fakeSpec("publishes nothing"), { cwd: emptyFolder(t) });
  const client = new Client(launched.connection);
  t.after(async () => {
    client.close();
    await endKernel(launched);
  });
  client.open();
  await client.ask("kernel_info_request", {});
  await assert.rejects(client.connect(500), { message: "After 0.5 s the kernel published nothing." });
});

test("a kernel that is stopped in a cell gives no heartbeat, and that ends the wait", async t => {
  const { problem, left } = await tryFault(t, "stops in a cell", { heartbeatMs: 500 });
  assert.equal(problem, "After 0.5 s the kernel gave no heartbeat.");
  assert.deepEqual(left, []);
});

test("a program that is not there is named", async t => {
  const spec = { ...fakeSpec("none"), argv: ["latent-has-no-such-program"] };
  const run = withKernel(spec, { cwd: emptyFolder(t) }, async () => undefined);
  await assert.rejects(run, { message: "The kernel could not be started (spawn latent-has-no-such-program ENOENT)." });
});

test("a failure of the caller's own is the one that is seen, and the kernel ends all the same", async t => {
  const child = someSeconds();
  const run = withKernel(fakeSpec("none", child), { cwd: emptyFolder(t) }, async () => {
    throw new Error("of the caller");
  });
  await assert.rejects(run, { message: "of the caller" });
  assert.deepEqual(await stillRunning(child), []);
});

test("what an output listener throws fails its own cell and no other", async t => {
  await withKernel(fakeSpec("none"), { cwd: emptyFolder(t) }, async client => {
    const throws = () => {
      throw new Error("of the listener");
    };
    await assert.rejects(client.execute("one", {}, throws), { message: "of the listener" });
    assert.equal(streamText(await client.execute("two")), "two");
  });
});

test("requests that were answered are forgotten, a thousand as one", async t => {
  await withKernel(fakeSpec("none"), { cwd: emptyFolder(t) }, async client => {
    for (let n = 0; n < 150; n++) await client.execute("x");
    for (let n = 0; n < 150; n++) await client.ask("kernel_info_request", {});
    assert.ok(client.remembered <= 110, `${client.remembered} are remembered`);
  });
});

test("an output that comes after its cell has ended is still heard by it", async t => {
  await withKernel(fakeSpec("none"), { cwd: emptyFolder(t) }, async client => {
    const heard: string[] = [];
    const published = (message: Message) => void heard.push(message.header.msg_type);
    const { reply } = client.send("execute_request", { code: "late" }, "shell", published);
    await reply;
    await client.execute("behind it");
    assert.deepEqual(heard, ["status", "stream", "status"]);
  });
});

test("what is asked of a kernel that is gone is refused at once", async t => {
  const launched = await launch(fakeSpec("none"), { cwd: emptyFolder(t) });
  const client = new Client(launched.connection);
  t.after(() => client.close());
  await client.connect();
  await endKernel(launched);
  client.fail(new Error(sentenceOf(await launched.exited)));
  await assert.rejects(client.execute("1"), { message: "The kernel ended with exit code 0." });
  await assert.rejects(client.ask("kernel_info_request", {}), { message: "The kernel ended with exit code 0." });
});

test("a client that is closed while it waits ends nothing and throws nothing", async t => {
  const launched = await launch(fakeSpec("loses replies"), { cwd: emptyFolder(t) });
  const client = new Client(launched.connection, { silenceMs: 50 });
  await client.connect();
  void client.execute("1");
  void client.heartbeat().catch(() => {});
  void client.watchHeartbeat(1000, 10);
  client.close();
  await endKernel(launched);
  await new Promise(resolve => setTimeout(resolve, 150));
  assert.deepEqual(unhandled, []);
});

test("the connection file, with its key, is gone when the kernel is", async t => {
  const launched = await launch(fakeSpec("none"), { cwd: emptyFolder(t) });
  const file = launched.process.spawnargs.find(argument => argument.endsWith("connection.json")) ?? "";
  assert.equal(existsSync(file), true);
  await endKernel(launched);
  assert.equal(existsSync(file), false);
});
