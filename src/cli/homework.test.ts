import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { availableLayers, isIsolated } from "../homework/index.ts";
import { emptyFolder } from "../testkit/index.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));
const sample = fileURLToPath(new URL("../../src/homework/samples/sample.ts", import.meta.url));
const long = process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it";
const skip = isIsolated(availableLayers()) ? long : "this machine has no bubblewrap and prlimit to isolate code with";

interface NotebookFile {
  cells: { id: string; source: string | string[] }[];
}

/** What the students of the class wrote to the first question: no two the same. */
const ANSWERS: Readonly<Record<string, string>> = {
  ada: "let mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;",
  bob: "let mean = (list: number[]) => list.reduce((a, b) => a + b, 0);",
  cem: "let mean = (list: number[]) => 2;",
  dan: "process.exit(0);",
  eva: 'let mean = (list: number[]) => "2";',
  fay: "let mean = (list: number[]) => { let s = 0; for (const x of list) s += x / list.length; return s; };",
};
const EARNED = { ada: 7, bob: 4.5, cem: 5, dan: 4, eva: 4, fay: 7 };

function latent(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "homework", ...args], {
    cwd,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/** A class that has handed in, made by the commands themselves; its tests draw what all others of this file draw. */
function classIn(t: TestContext): string {
  const course = emptyFolder(t);
  mkdirSync(join(course, "source"));
  cpSync(sample, join(course, "source", "sample.ts"));
  latent(course, "release", "sample");
  const inbox = emptyFolder(t);
  const right = readFileSync(join(course, "source", "sample", "sample.ipynb"), "utf8");
  for (const [student, answer] of Object.entries(ANSWERS)) {
    const notebook = JSON.parse(right) as NotebookFile;
    for (const cell of notebook.cells) if (cell.id === "q1") cell.source = answer;
    writeFileSync(join(inbox, `${student}.ipynb`), JSON.stringify(notebook));
  }
  latent(course, "collect", "sample", "--from", inbox);
  mkdirSync(join(course, "graded", "sample"), { recursive: true });
  writeFileSync(join(course, "graded", "sample", "seed"), "19\n");
  return course;
}

const graded = (course: string) => readdirSync(join(course, "graded", "sample")).filter(name => name.endsWith(".json"));

/** All that a grading leaves, without the time at which a notebook was collected. */
function reports(course: string): unknown[] {
  return graded(course)
    .sort()
    .map(name => {
      const { handedIn, ...report } = JSON.parse(readFileSync(join(course, "graded", "sample", name), "utf8"));
      return report;
    });
}

const earned = (course: string) =>
  Object.fromEntries(
    (reports(course) as { student: string; earned: number }[]).map(({ student, earned: points }) => [student, points]),
  );

/** Starts grading, and kills it once some reports are written. Returns those. */
async function killedAtWork(course: string): Promise<string[]> {
  const child = spawn(process.execPath, [main, "homework", "grade", "sample", "--jobs", "2"], {
    cwd: course,
    stdio: "ignore",
  });
  while (graded(course).length < 2) await delay(20);
  const below = childrenOf(child);
  child.kill("SIGKILL");
  await once(child, "exit");
  const done = graded(course).map(name => name.replace(".json", ""));
  assert.ok(below.length > 0);
  for (const id of below) await gone(id);
  return done;
}

function childrenOf({ pid }: ChildProcess): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list === "" ? [] : list.split(" ").map(Number);
}

/** Waits until a process has left; one that never does fails by the time limit of the test. */
async function gone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await delay(100);
}

test("a class gets the same reports at once, one by one in another order, and after a grader that was killed", {
  skip,
  timeout: 1_800_000,
}, async t => {
  const together = classIn(t);
  latent(together, "grade", "sample", "--jobs", "2");
  assert.deepEqual(earned(together), EARNED);
  const alone = classIn(t);
  for (const student of Object.keys(ANSWERS).reverse())
    latent(alone, "grade", "sample", "--jobs", "1", "--student", student);
  assert.deepEqual(reports(alone), reports(together));
  const killed = classIn(t);
  const done = await killedAtWork(killed);
  const said = latent(killed, "grade", "sample", "--jobs", "2");
  assert.match(said, new RegExp(`${6 - done.length} graded in .* ${done.length} unchanged`));
  assert.deepEqual(reports(killed), reports(together));
  assert.match(latent(killed, "grade", "sample"), /0 graded in .* 6 unchanged/);
});

/** Runs a step that has nothing to work on; gives what it says. */
function refused(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "homework", ...args], {
    cwd,
    encoding: "utf8",
  });
  assert.ok(status === 1 || status === 2, `${args.join(" ")}: ${status} ${stdout}`);
  assert.equal(stdout, "");
  assert.doesNotMatch(stderr, /\n {4}at /);
  return stderr;
}

test("a step for an assignment that the class has not says so, and writes nothing", t => {
  const course = emptyFolder(t);
  for (const step of ["release", "collect", "grade", "similar", "feedback", "export"]) {
    const said = refused(course, step, "smaple", ...(step === "collect" ? ["--from", course] : []));
    assert.match(said, /smaple\.ts is missing.*homework new smaple/, step);
  }
  for (const name of ["../sample", "source/sample.ts", "."])
    assert.match(refused(course, "new", name), /names no assignment/);
  assert.deepEqual(readdirSync(course), []);
});

test("what needs work of students says where nobody has handed in", t => {
  const course = emptyFolder(t);
  latent(course, "new", "sample");
  for (const step of ["grade", "similar", "feedback", "export"])
    assert.match(refused(course, step, "sample"), /Nobody has handed in sample.*homework collect sample --from/, step);
  assert.deepEqual(readdirSync(course).sort(), ["nbgrader_config.py", "source"]);
  assert.match(refused(course, "grade", "smaple"), /there are sample\./);
});

test("a notebook or a folder that is not there is named in a sentence", t => {
  const course = emptyFolder(t);
  latent(course, "new", "sample");
  for (const args of [
    ["validate", "mine.ipynb"],
    ["hand-in", "mine.ipynb", "--to", course],
    ["collect", "sample", "--from", "mine.ipynb"],
  ])
    assert.match(refused(course, ...args), /^There is no \S*mine\.ipynb\.$/m, args[0]);
});

test("validate says what each question is worth and earned, and nothing of what TensorFlow logs", {
  skip: isIsolated(availableLayers()) ? false : "this machine has no bubblewrap and prlimit to isolate code with",
}, t => {
  const course = emptyFolder(t);
  latent(course, "new", "sample");
  latent(course, "release", "sample");
  const right = join(course, "source", "sample", "sample.ipynb");
  const validated = spawnSync(process.execPath, [main, "homework", "validate", right], { encoding: "utf8" });
  assert.equal(validated.status, 0, validated.stderr);
  assert.equal(validated.stderr, `Running ${right} ...\n`);
  assert.match(validated.stdout, /^\S+: (\d+) of \1 points?$/m);
});
