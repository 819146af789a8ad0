import assert from "node:assert/strict";
import test from "node:test";
import { placesOf } from "./places.ts";
import { type Job, type Progress, runSteps, type Step } from "./step.ts";

const job = (progress: Progress): Job => ({
  places: placesOf("/nowhere"),
  signal: new AbortController().signal,
  progress,
});

function recorder(): { lines: string[]; progress: Progress } {
  const lines: string[] = [];
  const progress: Progress = {
    started: name => lines.push(`${name} started`),
    finished: (name, seconds) => lines.push(`${name} finished ${seconds < 5 ? "soon" : "late"}`),
    failed: name => lines.push(`${name} failed`),
    said: sentence => lines.push(sentence),
    advanced: () => {},
  };
  return { lines, progress };
}

function step(name: string, done: boolean, run: () => Promise<string | undefined> = async () => undefined): Step {
  return { name, isDone: async () => done, run };
}

test("a step that is done is neither run nor mentioned", async () => {
  const { lines, progress } = recorder();
  const refuse = async (): Promise<undefined> => assert.fail("run although done");
  await runSteps([step("old", true, refuse), step("new", false)], job(progress));
  assert.deepEqual(lines, ["new started", "new finished soon"]);
});

test("a step that fails ends the set-up, and later steps are not tried", async () => {
  const { lines, progress } = recorder();
  const fail = async (): Promise<undefined> => {
    throw new Error("no network");
  };
  await assert.rejects(runSteps([step("first", false, fail), step("second", false)], job(progress)), /no network/);
  assert.deepEqual(lines, ["first started", "first failed"]);
});

test("what a step has to say is said after its time", async () => {
  const { lines, progress } = recorder();
  await runSteps([step("engine", false, async () => "It is slower.")], job(progress));
  assert.deepEqual(lines, ["engine started", "engine finished soon", "It is slower."]);
});
