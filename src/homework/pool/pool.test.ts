import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { whereEngine } from "../../testkit/index.ts";
import { readAssignment } from "../assignment/assignment.ts";
import type { Runnable } from "../judge/submission.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import { gradeAll, type Job } from "./pool.ts";

const sample = fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url));
const { skip: noEngine } = await whereEngine(() => import("../judge/judge.ts"));
const layers = availableLayers();
const long = process.env.LATENT_FULL ? false : "a quarter of a minute: npm run test:full runs it";
const skip =
  noEngine || (isIsolated(layers) ? long : "this machine has no bubblewrap and prlimit to isolate code with");

const right: Runnable = {
  cells: [{ id: "q1", limit: 5000, source: "const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;" }],
  before: { "q1-tests": 1 },
};
/** No judge can grade it: what a judge makes of a submission that ends it. */
const fatal = { cells: null } as unknown as Runnable;

async function graded(jobs: readonly Job[]): Promise<{ done: string[]; failed: string[] }> {
  const { name, cells } = await readAssignment(sample);
  const first = { name, cells: cells.slice(0, cells.findIndex(({ id }) => id === "q1-tests") + 1) };
  const done: string[] = [];
  const failures = await gradeAll(first, jobs, { layers, seed: 5, jobs: 1 }, async key => {
    done.push(key);
  });
  return { done, failed: [...failures.keys()] };
}

test("a submission at which the grader fails costs nobody else the grade, and is named", { skip }, async () => {
  const jobs = [
    { key: "fatal", runnable: fatal },
    { key: "right", runnable: right },
  ];
  assert.deepEqual(await graded(jobs), { done: ["right"], failed: ["fatal"] });
});

test("a grader that fails at several submissions stops", { skip }, async () => {
  const jobs = ["a", "b", "c", "d"].map(key => ({ key, runnable: fatal }));
  await assert.rejects(graded(jobs), { name: "GraderFailed" });
});
