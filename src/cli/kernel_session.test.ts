import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, stillRunning, streamText } from "../testkit/index.ts";

/** A session is four lives of the execution process: each begins with its names and ends with `process.exit`. */
const LIVES = 4;
const full = process.env.LATENT_FULL === "1";
const CELLS_A_LIFE = full ? 75 : 15;
/** Seconds that nobody else sleeps: by them the children are found. */
const SLEEP = 900_000 + (process.pid % 90_000);

const BIG = 4_000_000;
/** A leak of every big output would be 4 MB at each 13th cell: 12 MB of heap in half a life of 75 cells, where 1 MB is usual. */
const HEAP_MB = 6;
/** The front process holds no cell's text: a leak of it would be 4 MB a big output, some 60 MB in two lives of 75, where -10 to 30 MB are usual. */
const FRONT_MB = 40;

const NAMES = `var { execSync, spawn } = require("node:child_process"), pause = ms => new Promise(r => setTimeout(r, ms));
  globalThis[Symbol.for("latent.kernel")].comms.registerTarget("echo", comm => {
    comm.onMessage = ({ data }) => comm.send({ back: data.n });
  })`;

interface Kind {
  code: (n: number) => string;
  /** Interrupts it as soon as it displays something. */
  isStopped?: boolean;
  check: (executed: Executed, n: number) => void;
}

const errorIs = (name: string) => (executed: Executed) => assert.equal(errorOf(executed), name);
const resultIs = (text: (n: number) => string) => (executed: Executed, n: number) =>
  assert.equal(resultText(executed), text(n));

const KINDS: Record<string, Kind> = {
  print: {
    code: n => `for (let i = 0; i < 200; i++) console.log("line", i); ${n}`,
    check: (executed, n) => {
      assert.equal(streamText(executed).split("\n").length, 201);
      assert.equal(resultText(executed), String(n));
    },
  },
  figure: {
    code: n =>
      `({ data: [{ type: "scatter", y: Float32Array.from({ length: 1000 }, (_, i) => i * ${n}) }], layout: {} })`,
    check: executed => assert.ok("application/vnd.plotly.v1+json" in bundleOf(executed)),
  },
  display: {
    code: n => `const handle = display("one"); handle?.update?.("two"); display({ a: ${n} })`,
    check: executed => assert.ok(contents(executed, "display_data").length >= 2),
  },
  error: { code: n => `throw new RangeError("on purpose ${n}")`, check: errorIs("RangeError") },
  syntax: { code: () => "const = 1", check: errorIs("SyntaxError") },
  late: {
    code: n => `const late = Promise.reject(new Error("late")); await pause(3); try { await late } catch {} ; ${n}`,
    check: (executed, n) => {
      assert.equal(resultText(executed), String(n));
      assert.deepEqual(contents(executed, "error"), []);
    },
  },
  loop: { code: () => "display('go'); while (true) {}", isStopped: true, check: errorIs("KeyboardInterrupt") },
  wait: {
    code: () => "setInterval(() => {}, 1); display('go'); for (;;) await pause(1)",
    isStopped: true,
    check: errorIs("KeyboardInterrupt"),
  },
  module: {
    code: () => "import { forever } from './local.ts'; display('go'); await forever()",
    isStopped: true,
    check: errorIs("KeyboardInterrupt"),
  },
  "stopped child": {
    code: () => `display('go'); execSync("sleep ${SLEEP}")`,
    isStopped: true,
    check: errorIs("KeyboardInterrupt"),
  },
  child: {
    code: n => `execSync("printf half; printf err >&2", { stdio: "inherit" }); String(execSync("echo ${n}"))`,
    check: (executed, n) => {
      assert.equal(streamText(executed) + streamText(executed, "stderr"), "halferr");
      assert.equal(resultText(executed), `'${n}\\n'`);
    },
  },
  "child left": { code: n => `spawn("sleep", ["${SLEEP}"]); ${n}`, check: resultIs(String) },
  timer: {
    code: n => `setTimeout(() => console.log("fired"), 2); await pause(20); ${n}`,
    check: executed => assert.equal(streamText(executed), "fired\n"),
  },
  import: {
    code: n => `import { twice } from "./local.ts"; import { sep } from "node:path"; twice(${n}) + sep`,
    check: resultIs(n => `'${2 * n}/'`),
  },
  prompt: { code: () => "prompt('name')", check: errorIs("StdinNotImplementedError") },
  stdin: { code: () => "for await (const line of process.stdin) console.log(line)", check: errorIs("Error") },
  big: {
    code: () => `{ console.log("x".repeat(${BIG})) } 'big'`,
    check: executed => assert.equal(streamText(executed).length, BIG + 1),
  },
  "big result": {
    code: () => `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "y".repeat(${BIG}) }) })`,
    check: executed => assert.equal(resultText(executed)?.length, BIG),
  },
};

test(`a session of ${LIVES * CELLS_A_LIFE} cells of all kinds loses no cell, leaves no child, and its memory stays flat`, {
  timeout: 300_000,
}, async t => {
  const cwd = emptyFolder(t);
  writeFileSync(
    join(cwd, "local.ts"),
    `export const twice = (n: number): number => 2 * n;
     export async function forever(): Promise<never> { for (;;) await new Promise(resolve => setTimeout(resolve, 1)) }`,
  );
  const { client, launched } = await startOurs(t, { cwd, env: { LATENT_TYPES: "off" } });
  const order = shuffled(Object.keys(KINDS));
  const heap: number[][] = [];
  const front: number[] = [];
  for (let life = 0, n = 0; life < LIVES; life++) {
    await ran(client, NAMES);
    const heaps = [];
    let lowest = Number.POSITIVE_INFINITY;
    for (let cell = 1; cell <= CELLS_A_LIFE; cell++, n++) {
      await oneCell(client, order(), n);
      if (n % 5 === 0) await assertEcho(client, n);
      lowest = Math.min(lowest, residentOf(launched.process.pid));
      if (cell === Math.ceil(CELLS_A_LIFE / 2) || cell === CELLS_A_LIFE) heaps.push(await heapOf(client));
    }
    heap.push(heaps);
    front.push(lowest);
    assert.equal(errorOf(await client.execute("process.exit(3)", { stop_on_error: false })), "ProcessExited");
    assert.deepEqual(await stillRunning(`sleep ${SLEEP}`), [], "children ended with their process");
  }
  t.diagnostic(JSON.stringify({ heap, front }));
  for (const [half = 0, end = 0] of heap) assert.ok(end - half < HEAP_MB, `heap in MB: ${JSON.stringify(heap)}`);
  // A front process of 60 cells has not come to its working size.
  if (full) assert.ok((front[3] ?? 0) - (front[1] ?? 0) < FRONT_MB, `front process in MB: ${front}`);
  await client.ask("shutdown_request", { restart: false }, "control");
  assert.deepEqual(await launched.exited, { code: 0, signal: null });
});

async function oneCell(client: Client, name: string, n: number): Promise<void> {
  const { code, isStopped, check } = KINDS[name] as Kind;
  // Two more are in line, as in Run All: none is lost, whatever the first does.
  const first = client.execute(code(n), { stop_on_error: false, allow_stdin: false }, ({ header }) => {
    if (isStopped && header.msg_type === "display_data") void client.ask("interrupt_request", {}, "control");
  });
  const behind = isStopped ? [] : [client.execute(`${n} + 1`), client.execute(`${n} + 2`)];
  const executed = await first;
  try {
    check(executed, n);
    for (const [at, each] of (await Promise.all(behind)).entries())
      assert.equal(resultText(each), String(n + at + 1), "the cells behind it");
  } catch (error) {
    throw new Error(`cell ${n}, ${name}`, { cause: error });
  }
}

async function assertEcho(client: Client, n: number): Promise<void> {
  const comm_id = `comm ${n}`;
  client.send("comm_open", { comm_id, target_name: "echo", data: {} });
  const back = await new Promise<unknown>(resolve => {
    client.send("comm_msg", { comm_id, data: { n } }, "shell", ({ header, content }) => {
      if (header.msg_type === "comm_msg") resolve((content.data as { back: unknown }).back);
    });
  });
  assert.equal(back, n);
  client.send("comm_close", { comm_id, data: {} });
}

/** What lives in the execution process after a collection, in MB. */
async function heapOf(client: Client): Promise<number> {
  const used = await ran(
    client,
    `require("node:v8").setFlagsFromString("--expose-gc");
     { const gc = require("node:vm").runInNewContext("gc"); gc(); await pause(20); gc() }
     { const { heapUsed, external } = process.memoryUsage(); globalThis.used = heapUsed + external } used / 2 ** 20`,
  );
  return Number(used);
}

/** The memory of a process as the system counts it, in MB. */
function residentOf(pid: number | undefined): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

async function ran(client: Client, code: string): Promise<string | undefined> {
  const executed = await client.execute(code, { stop_on_error: false });
  assert.equal(executed.reply.status, "ok", JSON.stringify(executed.reply));
  return resultText(executed);
}

function errorOf({ reply }: Executed): unknown {
  return reply.status === "error" ? reply.ename : undefined;
}

function bundleOf(executed: Executed): object {
  return (contents(executed, "execute_result")[0]?.data ?? {}) as object;
}

/** Gives every kind once, in an order that looks random and is the same each time, and then again in another one. */
function shuffled(names: readonly string[]): () => string {
  let seed = 1;
  const left: string[] = [];
  return () => {
    if (left.length === 0) left.push(...names);
    seed = (seed * 48_271) % 2_147_483_647;
    return left.splice(seed % left.length, 1)[0] as string;
  };
}
