import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parsePercent } from "../../course/pair/index.ts";
import { whereEngine } from "../../testkit/index.ts";
import { type Assignment, pointsOf, readAssignment, testsOf } from "../assignment/assignment.ts";
import { sourceNotebook, studentNotebook } from "../assignment/notebook.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import { submittedNotebook } from "../submission/notebook.ts";
import { submissionOf } from "../submission/submission.ts";

const { skip: noEngine, loaded } = await whereEngine(() => import("./judge.ts"));
const layers = availableLayers();
const skip =
  noEngine || (isIsolated(layers) ? false : "this machine has no bubblewrap and prlimit to isolate code with");
const long = process.env.LATENT_FULL ? false : "the first assignment stands for all: npm run test:full grades each";
const folder = fileURLToPath(new URL("../../../notebooks/homework/", import.meta.url));
const scripts = readdirSync(`${folder}source`).filter(name => name.endsWith(".ts"));

/** An answer that is tried; notebooks/homework/README.md says what its marker holds. */
interface Tried {
  to: string;
  idea: string;
}

const answersOf = (script: string) =>
  parsePercent(readFileSync(`${folder}answers/${script}`, "utf8")).map(({ metadata }) => metadata.answer as Tried);

for (const [i, script] of scripts.entries()) {
  const read = () => readAssignment(`${folder}source/${script}`);

  test(`the source of ${script} earns every point, the student's copy none`, {
    skip: skip || (i > 0 && long),
  }, async () => {
    const assignment = await read();
    const judge = new loaded.Judge(assignment, layers);
    const grade = async (notebook: string) =>
      await judge.grade(submissionOf(assignment, submittedNotebook(Buffer.from(notebook))).runnable);
    try {
      const solved = await grade(sourceNotebook(assignment));
      assert.deepEqual(solved.cells, []);
      for (const { id, earned, points, message } of solved.questions) assert.equal(earned, points, `${id}: ${message}`);
      for (const { id, earned } of (await grade(studentNotebook(assignment))).questions) assert.equal(earned, 0, id);
    } finally {
      judge.close();
    }
  });

  test(`${script} has 30 points, some of them given by a person, and its text says how many`, async () => {
    const assignment = await read();
    assert.equal(pointsOf(assignment), 30);
    assert.ok(assignment.cells.some(({ role }) => role === "manual"));
    assert.deepEqual(saidPoints(assignment), givenPoints(assignment));
  });

  test(`each question of ${script} has a second right answer and ten wrong ones`, async () => {
    const tried = answersOf(script);
    const answers = (await read()).cells.filter(({ role, id }) => role === "answer" && !id?.endsWith("-code"));
    assert.deepEqual(new Set(tried.map(({ to }) => to)), new Set(answers.map(({ id }) => id)));
    for (const { id } of answers) {
      const to = tried.filter(answer => answer.to === id);
      assert.ok(to.some(({ idea }) => idea === "right") && to.length > 10, id);
    }
  });
}

/** The points in the headings of the questions: `## 3 · A title (4 points)`. */
function saidPoints({ cells }: Assignment): number[] {
  return cells.flatMap(({ source }) =>
    [...source.matchAll(/^## \d .*\((\d+) points/gm)].map(([, said]) => Number(said)),
  );
}

/** The points of the questions in the order of the notebook. */
function givenPoints(assignment: Assignment): number[] {
  const manual = assignment.cells.filter(({ role }) => role === "manual");
  return [...testsOf(assignment), ...manual].map(({ points = 0 }) => points);
}
