import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { whereEngine } from "../../testkit/index.ts";
import { readAssignment } from "../assignment/assignment.ts";
import type { Judge } from "../judge/judge.ts";
import type { Result } from "../judge/result.ts";
import { availableLayers, isIsolated, type Layers, NO_LAYERS } from "./layers.ts";

const { skip: noEngine, loaded } = await whereEngine(() => import("../judge/judge.ts"));
const layers = availableLayers();
const skip =
  noEngine || (isIsolated(layers) ? false : "this machine has no bubblewrap and prlimit to isolate code with");
const long = process.env.LATENT_FULL ? false : "half a minute: npm run test:full runs it";
const sample = fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url));
process.env.LATENT_EXERCISE_SEED = "5";

/** A grader's folder that any user of the machine may read and write: only the box keeps it. */
const folder = join(tmpdir(), `latent-cheats-${process.pid}`);
const gradebook = join(folder, "gradebook.db");
const SECRET = "hidden: mean([1, 3]) is 2";
mkdirSync(folder, { mode: 0o777 });
writeFileSync(gradebook, SECRET, { mode: 0o666 });
process.env.LATENT_TEST_SECRET = SECRET;

let visits = 0;
const server: Server = createServer(socket => {
  visits++;
  socket.destroy();
});
await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as { port: number };

const judges = new Map<Layers, Judge>();
after(() => {
  server.close();
  for (const judge of judges.values()) judge.close();
});

/** Grades a wrong answer to the first question, with a cheat in its cell. */
async function graded(cheat: string, within: Layers = layers): Promise<Result> {
  const { name, cells } = await readAssignment(sample);
  const first = cells.slice(0, cells.findIndex(({ id }) => id === "q1-tests") + 1);
  const judge = judges.get(within) ?? new loaded.Judge({ name, cells: first }, within);
  judges.set(within, judge);
  const source = `let mean = (list: number[]) => 1e9;\n${cheat}`;
  return await judge.grade({ cells: [{ id: "q1", source, limit: 3000 }], before: { "q1-tests": 1 } });
}

const FS = 'const fs = await import("node:fs");';
const CHEATS: [name: string, code: string, short?: boolean][] = [
  ["reading the gradebook", `${FS} console.log(fs.readFileSync(${JSON.stringify(gradebook)}, "utf8"));`, true],
  ["writing the gradebook", `${FS} fs.writeFileSync(${JSON.stringify(gradebook)}, "all points");`, true],
  [
    "a link to the gradebook",
    `${FS} fs.symlinkSync(${JSON.stringify(gradebook)}, "/tmp/l"); console.log(fs.readFileSync("/tmp/l", "utf8"));`,
  ],
  [
    "looking through the environments and command lines of all processes",
    `${FS} for (const id of fs.readdirSync("/proc")) for (const file of ["environ", "cmdline"]) try { console.log(fs.readFileSync(\`/proc/\${id}/\${file}\`, "utf8")); } catch {}`,
  ],
  [
    "looking through the memory of all processes",
    `${FS} for (const id of fs.readdirSync("/proc").filter(each => /^\\d+$/.test(each) && Number(each) !== process.pid)) try { fs.openSync(\`/proc/\${id}/mem\`, "r"); console.log(${JSON.stringify(SECRET)}); } catch {}`,
  ],
  [
    "looking for the tests in all folders",
    `${FS} const look = (at: string, depth: number) => { for (const each of fs.readdirSync(at, { withFileTypes: true })) { const path = at + "/" + each.name; try { if (/homework.*(source|answers)|solutions/.test(path)) console.log(${JSON.stringify(SECRET)}); if (each.isDirectory() && depth < 4) look(path, depth + 1); } catch {} } }; look("/app", 0);`,
  ],
  [
    "a socket to this machine",
    `const net = await import("node:net"); await new Promise(done => net.connect(${port}, "127.0.0.1").on("connect", done).on("error", done));`,
    true,
  ],
  [
    "a question to a name server",
    'const dgram = await import("node:dgram"); const socket = dgram.createSocket("udp4"); await new Promise(done => socket.on("error", done).send("x", 53, "127.0.0.1", done));',
  ],
  [
    "a shell",
    `const { spawnSync } = await import("node:child_process"); console.log(String(spawnSync("/bin/sh", ["-c", "cat ${gradebook}"]).stdout));`,
  ],
  [
    "another Node",
    `const { spawnSync } = await import("node:child_process"); console.log(String(spawnSync(process.execPath, ["-p", "'${SECRET.slice(0, 7)}' + '${SECRET.slice(7)}'"]).stdout));`,
  ],
  [
    "ending all processes",
    "for (let id = 2; id < 100_000; id++) if (id !== process.pid) try { process.kill(id, 9); } catch {}",
  ],
  [
    "a patched assert, Error, JSON and Function.prototype",
    'const assert = await import("node:assert"); (assert.default as any).equal = () => {}; Error.prototype.toString = () => "ok"; Function.prototype.call = function () { return 2; }; Function.prototype.apply = Function.prototype.call; Object.is = () => true; Number.isFinite = () => true; Math.abs = () => 0; Array.prototype.every = () => true;',
  ],
  [
    "an answer that claims to be any number",
    "mean = () => ({ valueOf: () => 2, toString: () => '2', [Symbol.toPrimitive]: () => 2 }) as any;",
  ],
  [
    "an answer that is a promise of its own",
    "mean = () => ({ then: (f: (x: number) => void) => f(2), dataSync: () => [2], shape: [] }) as any;",
  ],
  ["not a number", "mean = () => Number.NaN;"],
  ["infinity", "mean = () => Number.POSITIVE_INFINITY;"],
  ["claiming not to have tried", 'mean = () => { throw Object.assign(new Error("x"), { name: "NotTried" }); };'],
  [
    "a result printed as the grader prints it",
    'console.log(JSON.stringify({ id: 1, value: 2, earned: 3, questions: [{ id: "q1-tests", earned: 3 }] }));',
  ],
  [
    "a later timer that changes the answer",
    "setTimeout(() => { mean = () => 2; }, 5); setInterval(() => { (globalThis as any).mean = () => 2; }, 1);",
  ],
  [
    "a prototype of all objects",
    "Object.defineProperty(Object.prototype, 'earned', { value: 3 }); (Object.prototype as any).value = 2;",
  ],
  [
    "200 threads",
    'const { Worker } = await import("node:worker_threads"); for (let i = 0; i < 200; i++) new Worker("for (;;);", { eval: true }).on("error", () => {});',
  ],
  ["an answer written as the pipe writes undefined", 'mean = () => ({ $: "undefined" }) as any;'],
  ["a handle that nobody gave", 'mean = () => ({ $: "handle", kind: "function", number: 0 }) as any;'],
  [
    "an answer that says 2 to whatever is asked",
    "mean = () => new Proxy(function () {}, { get: () => 2, apply: () => 2 }) as any;",
  ],
  [
    "a list that claims to be empty",
    'mean = () => new Proxy([], { get: (_, name) => (name === "length" ? 0 : 2) }) as any;',
  ],
  [
    "a list of lists without end",
    "mean = () => { let list: any = []; for (let i = 0; i < 1e5; i++) list = [list]; return list; };",
  ],
  ["four million empty lists", "mean = () => Array.from({ length: 4e6 }, () => []) as any;"],
  [
    "a hook in Node's own reading, to see what the grader asks",
    `${FS} const { syncBuiltinESMExports } = await import("node:module"); const { read } = fs.default; (fs.default as any).read = (fd: any, buffer: any, a: any, b: any, c: any, done: any) => read(fd, buffer, a, b, c, (error, length) => { console.log(buffer.toString("latin1", 0, length)); done(error, length); }); syncBuiltinESMExports();`,
  ],
  [
    "an inspector of its own",
    'const { Session } = await import("node:inspector"); const session = new Session(); session.connect(); session.post("Runtime.evaluate", { expression: "globalThis.mean = () => 2" });',
  ],
  [
    "native code, and the memory of its own process",
    `${FS} try { process.dlopen({ exports: {} } as any, "/usr/lib/x86_64-linux-gnu/libc.so.6"); } catch {} try { fs.openSync("/proc/self/mem", "r+"); } catch {} try { fs.openSync("/proc/1/mem", "r"); console.log(${JSON.stringify(SECRET)}); } catch {}`,
  ],
  ["changing the question instead of answering it", "mean = list => { list.length = 0; list.push(0); return 0; };"],
  [
    "sleeping in each call",
    "mean = () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500); return 2; };",
  ],
  ["a full disk", `${FS} for (let i = 0; i < 40; i++) fs.writeFileSync("/tmp/" + i, Buffer.alloc(1e7));`],
];
for (const [name, code, short] of CHEATS) {
  test(`a cheat earns nothing: ${name}`, { skip: skip || (short ? false : long) }, async () => {
    const { questions, printed } = await graded(code);
    // The example that students can see has a fixed question: its answer can be known. Nothing more can be had.
    assert.ok((questions[0]?.earned ?? 3) <= 1, questions[0]?.message);
    assert.ok(!printed.includes(SECRET), printed);
    assert.equal(readFileSync(gradebook, "utf8"), SECRET);
    assert.equal(visits, 0);
  });
}

test("without a box the first of these cheats reads the gradebook: they do run", { skip: skip || long }, async () => {
  const { printed } = await graded(CHEATS[0]?.[1] ?? "", NO_LAYERS);
  assert.ok(printed.includes(SECRET), printed);
});
