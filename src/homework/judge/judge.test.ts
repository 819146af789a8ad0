import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { whereEngine } from "../../testkit/index.ts";
import { type Assignment, readAssignment } from "../assignment/assignment.ts";
import { studentSource } from "../assignment/notebook.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import type { Judge } from "./judge.ts";
import type { Result } from "./result.ts";
import type { Runnable } from "./submission.ts";

const { skip: noEngine, loaded } = await whereEngine(() => import("./judge.ts"));
const layers = availableLayers();
const skip =
  noEngine || (isIsolated(layers) ? false : "this machine has no bubblewrap and prlimit to isolate code with");
const long = process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it";
const sample = fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url));
const LIMIT = 2000;

process.env.LATENT_EXERCISE_SEED = "5";
let shared: { judge: Judge; assignment: Assignment } | undefined;
after(() => shared?.judge.close());

async function judgeOf(): Promise<{ judge: Judge; assignment: Assignment }> {
  if (shared === undefined) {
    const assignment = await readAssignment(sample);
    const cells = assignment.cells.map(cell => (cell.role === "tests" ? { ...cell, seconds: LIMIT / 1000 } : cell));
    shared = { judge: new loaded.Judge({ ...assignment, cells }, layers), assignment };
  }
  return shared;
}

/** The source with some of its cells replaced, and its questions after the cells that stand before them there. */
function runnable(
  { cells }: Assignment,
  edits: Record<string, string>,
  of = (cell: Assignment["cells"][number]) => cell.source,
): Runnable {
  const code = cells.filter(({ type }) => type === "code");
  const before: Record<string, number> = {};
  const run: { id?: string; source: string; limit: number }[] = [];
  for (const cell of code) {
    const { id, role } = cell;
    if (role === "tests") before[id ?? ""] = run.length;
    else run.push({ ...(id !== undefined && { id }), source: edits[id ?? ""] ?? of(cell), limit: LIMIT });
  }
  return { cells: run, before };
}

async function grade(edits: Record<string, string> = {}): Promise<Result> {
  const { judge, assignment } = await judgeOf();
  return await judge.grade(runnable(assignment, edits));
}

const earned = ({ questions }: Result) => questions.map(question => question.earned);

test("the source of an assignment earns every point, the student's copy none", { skip }, async () => {
  assert.deepEqual(earned(await grade()), [3, 2, 2]);
  const { judge, assignment } = await judgeOf();
  assert.deepEqual(earned(await judge.grade(runnable(assignment, {}, studentSource))), [0, 0, 0]);
});

test("a wrong answer keeps part of its points and is told what was expected and what came", { skip }, async () => {
  const { questions } = await grade({ q1: "const mean = (list: number[]) => list.reduce((a, b) => a + b, 0);" });
  assert.equal(questions[0]?.earned, 0.5);
  assert.match(questions[0]?.message ?? "", /For 1 and 3: expected 2, got 4.*\n.*0\.5 of 2 points.*That is the sum/);
});

const ENDS: [name: string, code: string, said: RegExp, short?: boolean][] = [
  ["process.exit in a call", "function mean() { process.exit(0); }", /left with code 0/, true],
  ["a loop in a call", "function mean() { for (;;); }", /time limit/],
  ["a loop in a cell", "for (;;);", /time limit/],
  ["a cell that waits for ever", "await new Promise(() => {});", /time limit/],
  ["process.exit in a cell", "process.exit(3);", /left with code 3/],
  ["a full heap", "const all: unknown[] = []; for (;;) all.push(new Array(1e7).fill(1));", /out of memory/],
  ["buffers without end", "const all = []; for (;;) all.push(new Uint8Array(1e8));", /memory|allocation failed/],
  [
    "forged messages on the pipe",
    'import fs from "node:fs"; fs.writeSync(3, Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 49, 50]));',
    /unexpected message/,
  ],
  ["a message of 4 GB announced", 'import fs from "node:fs"; fs.writeSync(3, Buffer.alloc(8, 255));', /at most/],
];
for (const [name, code, said, short] of ENDS) {
  test(`${name} costs the question, and no other`, { skip: skip || (short ? false : long) }, async () => {
    const result = await grade({ q1: code });
    assert.deepEqual(earned(result), [0, 2, 2]);
    const messages = [...result.cells.map(({ message }) => message), result.questions[0]?.message].join("\n");
    assert.match(messages, said);
  });
}

const HELD: [name: string, code: string][] = [
  ["five megabytes of output", 'for (let i = 0; i < 50; i++) console.log("x".repeat(1e5));'],
  ["warnings", 'console.warn("careful"); process.stderr.write("native");'],
  ["timers that change the answer later", "setTimeout(() => { mean = () => 0; }, 60_000);"],
  [
    "a hundred children",
    'import { spawn } from "node:child_process"; for (let i = 0; i < 100; i++) try { spawn(process.execPath, ["-e", "for(;;);"]).on("error", () => {}); } catch {}',
  ],
];
for (const [name, code] of HELD) {
  test(`${name} cost nothing`, { skip: skip || long }, async () => {
    const right = "let mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;";
    assert.deepEqual(earned(await grade({ q1: `${right}\n${code}` })), [3, 2, 2]);
  });
}

const LIBRARY: [name: string, code: string, loaded: boolean][] = [
  ["tables of plain numbers", 'import { data, exercise } from "latent"; (await data.penguins()).length;', false],
  ["tensors", 'import { tf } from "latent"; console.log(tf.scalar(41).add(1).dataSync()[0]);', true],
];
for (const [name, code, isLoaded] of LIBRARY) {
  test(`an answer that uses ${name} loads ${isLoaded ? "" : "no "}TensorFlow`, { skip }, async () => {
    const maps =
      'console.log("TensorFlow:", (await import("node:fs")).readFileSync("/proc/self/maps", "utf8").includes("tensorflow"));';
    const { judge } = await judgeOf();
    const result = await judge.grade({ cells: [{ source: `${code}\n${maps}`, limit: 10_000 }], before: {} });
    assert.deepEqual(result.cells, []);
    assert.match(result.printed, new RegExp(`${isLoaded ? "42\n" : ""}TensorFlow: ${isLoaded}`));
  });
}
