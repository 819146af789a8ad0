import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Notebook } from "../../course/pair/index.ts";
import { emptyFolder } from "../../testkit/index.ts";
import { assignmentOf } from "../assignment/assignment.ts";
import { sourceNotebook, studentNotebook } from "../assignment/notebook.ts";
import { Course } from "../class/course.ts";
import { begin, release } from "../class/release.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import { nbgraderPython } from "./gradebook.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const sample = join(root, "src/homework/samples/sample.ts");
const assignment = assignmentOf("sample", readFileSync(sample, "utf8"));
const python = process.env.LATENT_FULL ? await nbgraderPython() : undefined;
const skip = !process.env.LATENT_FULL
  ? "two minutes: npm run test:full runs it"
  : python === undefined
    ? "there is no nbgrader: npm run nbgrader makes an environment for it"
    : isIsolated(availableLayers())
      ? false
      : "this machine has no bubblewrap and prlimit to isolate code with";

type Edit = (notebook: Notebook) => void;
const put =
  (id: string, source: string): Edit =>
  ({ cells }) => {
    for (const cell of cells) if (cell.id === id) cell.source = source;
  };
const all =
  (...edits: Edit[]): Edit =>
  notebook => {
    for (const edit of edits) edit(notebook);
  };
const without =
  (id: string): Edit =>
  notebook => {
    notebook.cells = notebook.cells.filter(cell => cell.id !== id);
  };
const wrong = put("q1", "function mean(n: number[]): number { return 0; }");

/** What the table of submissions measured for nbgrader: each row, its edit of the right submission, and its points of 7. */
const ROWS: [student: string, edit: Edit, points: number][] = [
  ["right", () => {}, 7],
  ["wrong", wrong, 4],
  ["syntax-error", put("q1", "const = 3"), 4],
  ["type-error", put("q1", "function mean(n: number[]): number { return n.total; }"), 4],
  ["loop", put("q1", "function mean(n: number[]): number { for (;;); }"), 4],
  ["tests-edited", all(wrong, put("q1-tests", "4")), 4],
  ["test-deleted", without("q1-tests"), 7],
  ["wrong-test-deleted", all(wrong, without("q1-tests")), 4],
  ["exit", put("q1", "process.exit(0);"), 4],
  ["heap", put("q1", "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(1));"), 4],
  [
    "warns",
    put(
      "q1",
      'function mean(n: number[]): number { console.warn("!"); return n.reduce((a, b) => a + b, 0) / n.length; }',
    ),
    7,
  ],
];

test("nbgrader's own commands give every submission of the table its points, with our grader in the kernel's place", {
  skip,
}, async t => {
  const course = new Course(emptyFolder(t));
  mkdirSync(join(course.folder, "source"));
  cpSync(sample, course.script("sample"));
  await begin(course, "sample");
  await release(course, assignment);
  for (const [student, edit] of ROWS) handIn(course, student, edit);
  handIn(course, "untouched", () => {}, studentNotebook(assignment));
  const bin = dirname(python as string);
  const env = { ...process.env, LATENT_HOME: root, PATH: `${bin}:${process.env.PATH}` };
  const nbgrader = async (...args: string[]) =>
    await promisify(execFile)(join(bin, "nbgrader"), args, { cwd: course.folder, env, maxBuffer: 2 ** 26 });
  await nbgrader("generate_assignment", "sample", "--force");
  await nbgrader("autograde", "sample");
  await nbgrader("generate_feedback", "sample");
  await nbgrader("export");
  const lines = readFileSync(join(course.folder, "grades.csv"), "utf8")
    .trim()
    .split("\n")
    .map(line => line.split(","));
  const [header = [], ...rows] = lines;
  const [student, score] = [header.indexOf("student_id"), header.indexOf("raw_score")];
  const scores = Object.fromEntries(rows.map(row => [row[student], Number(row[score])]));
  assert.deepEqual(scores, { ...Object.fromEntries(ROWS.map(([name, , points]) => [name, points])), untouched: 0 });
  assert.match(readFileSync(course.feedback("wrong", "sample"), "utf8"), /expected 2, got 0/);
});

function handIn(course: Course, student: string, edit: Edit, from: string = sourceNotebook(assignment)): void {
  const notebook = JSON.parse(from) as Notebook;
  edit(notebook);
  const folder = course.submitted(student, "sample");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sample.ipynb"), JSON.stringify(notebook));
}
