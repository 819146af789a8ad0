import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { findBrowser, openBrowser } from "../../browser/index.ts";
import type { Notebook } from "../../course/pair/index.ts";
import { emptyFolder, serve } from "../../testkit/index.ts";
import { assignmentOf } from "../assignment/assignment.ts";
import { sourceNotebook } from "../assignment/notebook.ts";
import { Course } from "../class/course.ts";
import { gradeClass } from "../class/grade.ts";
import { begin, release } from "../class/release.ts";
import { writeFeedback } from "../export/feedback.ts";
import { scoresOf } from "../export/scores.ts";
import { availableLayers, isIsolated } from "../sandbox/layers.ts";
import { fillGradebook, nbgraderPython } from "./gradebook.ts";

const sample = fileURLToPath(new URL("../../../src/homework/samples/sample.ts", import.meta.url));
const assignment = assignmentOf("sample", readFileSync(sample, "utf8"));
const layers = availableLayers();
const python = process.env.LATENT_FULL ? await nbgraderPython() : undefined;
const program = findBrowser();

function reasonToSkip(): string | false {
  if (!process.env.LATENT_FULL) return "a minute: npm run test:full runs it";
  if (python === undefined) return "there is no nbgrader: npm run nbgrader makes an environment for it";
  if (program === undefined) return "there is no Chromium on the PATH";
  return isIsolated(layers) ? false : "this machine has no bubblewrap and prlimit to isolate code with";
}

test("a mark and a comment that a person gives in formgrader reach export and feedback, and grading again keeps them", {
  skip: reasonToSkip(),
}, async t => {
  const course = await gradedCourse(t);
  assert.deepEqual(await totals(course), [["ada", 7, ["essay"]]]);
  const page = await formgrader(t, course);
  await page.fill("#essay", "2");
  await saved(page, "/grade/", () => page.press("#essay", "Tab"));
  await page.fill("#essay-comment", "Say why.");
  await saved(page, "/comment/", () => page.press("#essay-comment", "Tab"));
  assert.deepEqual(await totals(course), [["ada", 9, []]]);
  await gradeClass(course, "sample", { layers, jobs: 1, again: true });
  await fillGradebook(course, assignment);
  assert.deepEqual(await totals(course), [["ada", 9, []]]);
  const [own = ""] = await writeFeedback(course, "sample");
  assert.match(readFileSync(own, "utf8"), /<b>9 of 10 points<\/b>.*Say why\./s);
  await nbgrader(course, "export");
  assert.match(readFileSync(join(course.folder, "grades.csv"), "utf8"), /sample,.*,ada,.*,9\.0,10\.0/);
  await nbgrader(course, "generate_feedback", "sample", "--force");
  assert.match(readFileSync(own, "utf8"), /Say why\./);
});

/** One student, who has answered all and whose essay waits for a person. */
async function gradedCourse(t: TestContext): Promise<Course> {
  const course = new Course(emptyFolder(t));
  mkdirSync(join(course.folder, "source"));
  cpSync(sample, course.script("sample"));
  await begin(course, "sample");
  await release(course, assignment);
  const notebook = JSON.parse(sourceNotebook(assignment)) as Notebook;
  for (const cell of notebook.cells) if (cell.id === "essay") cell.source = "For many reasons.";
  mkdirSync(course.submitted("ada", "sample"), { recursive: true });
  writeFileSync(join(course.submitted("ada", "sample"), "sample.ipynb"), JSON.stringify(notebook));
  await gradeClass(course, "sample", { layers, jobs: 1 });
  await fillGradebook(course, assignment);
  return course;
}

async function totals(course: Course): Promise<unknown[]> {
  return (await scoresOf(course, "sample")).map(({ student, total, open }) => [student, total, open]);
}

const bin = dirname(python ?? "");
const PATH = `${bin}:${process.env.PATH}`;

/** Formgrader's page of the one submission, opened as a person opens it. */
async function formgrader(t: TestContext, course: Course): Promise<Page> {
  const { folder } = course;
  const server = [join(bin, "jupyter-server"), "--no-browser", "--allow-root", "--port=0"] as const;
  const { address } = await serve(
    t,
    // nbgrader takes the folder that it is started in for the course
    ["env", "-C", folder, ...server, `--ServerApp.root_dir=${folder}`],
    /http:\/\/127\S+/,
    { PATH },
  );
  const { page, close } = await openBrowser(program as string);
  t.after(close);
  await page.goto(address); // the token in it makes the browser known
  await page.goto(new URL("/formgrader/manage_students/ada/sample", address).href);
  await page.click("tbody a");
  // What was earned by itself is there once the page has asked for it.
  await page.locator('#q1-tests[placeholder="3"]').waitFor();
  return page;
}

async function saved(page: Page, what: string, act: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse(
    response => response.request().method() === "PUT" && response.url().includes(what),
  );
  await act();
  assert.equal((await answered).status(), 200);
}

async function nbgrader(course: Course, ...args: string[]): Promise<void> {
  const env = { ...process.env, PATH };
  await promisify(execFile)(join(bin, "nbgrader"), args, { cwd: course.folder, env, maxBuffer: 2 ** 26 });
}
