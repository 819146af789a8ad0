import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { whereEngine } from "../../testkit/needs.ts";
import { formatNotebook, type Notebook } from "../pair/notebook.ts";
import { toNotebook } from "../pair/pair.ts";
import { formatPercent, type PercentCell } from "../pair/percent.ts";
import { runNotebooks } from "../run/run.ts";
import { answersOf } from "./answers.ts";
import { type Exercise, exercisesOf } from "./exercises.ts";
import { functionName, readSolutions } from "./read.ts";

const { skip } = await whereEngine(() => import("latent"));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "src", "course", "solutions");
const lectures = join(root, "notebooks", "lectures");
const lessons = readdirSync(folder).filter(name => /^\d\d-.*\.ts$/.test(name));

/** Runs cells through our kernel and returns what each code cell said, errors included. */
async function said(cells: PercentCell[]): Promise<string[]> {
  const place = mkdtempSync(join(tmpdir(), "latent-solutions-"));
  try {
    const path = join(place, "run.ipynb");
    writeFileSync(path, formatNotebook(toNotebook(formatPercent(cells))));
    assert.equal(await runNotebooks([path], { print: () => {} }), 0);
    const { cells: ran } = JSON.parse(readFileSync(path, "utf8")) as Notebook;
    return ran.map(({ outputs = [] }) => JSON.stringify(outputs));
  } finally {
    rmSync(place, { recursive: true });
  }
}

const code = (source: string, tags: string[] = []): PercentCell => ({ type: "code", metadata: { tags }, source });

/** A solution, then the exercise's check of it. The check calls the solution by the solution's own name. */
function trial({ starter, check }: Exercise, { source }: { source: string }): PercentCell[] {
  const own = check.source.replaceAll(`${functionName(starter.source)}(`, `${functionName(source)}(`);
  return [code(source), code(own, ["raises-exception"])];
}

const trivialModule = new URL("./trivial.js", import.meta.url).href;

/** The sheet with questions that are the same in every run: what passes by luck would pass or fail a test by luck. */
const withSeed = (sheet: string, seed = 1, trials = 8) =>
  sheet.replace(/exercise\.sheet\((".*?")\)/, `exercise.sheet($1, { seed: ${seed}, trials: ${trials} })`);

const long = process.env.LATENT_FULL ? false : "half a minute a lesson: npm run test:full runs it";
/** They stand for all in `npm test`, which on a slow machine of two cores took more than its quarter of an hour. */
const standIns = ["05", "09", "13"];
const unlessStandIn = (lesson: string) => (standIns.some(number => lesson.startsWith(number)) ? false : long);

/** New questions in each full run: a wrong answer that passes by a rare chance is found some day, and named by its seed. */
const seed = process.env.LATENT_FULL ? randomInt(2 ** 31) : 1;

/** A cell that puts every trivial answer in the place of the starter and prints what the check says to each. */
function withoutIdea({ starter, check }: Exercise, right: string): string {
  const name = functionName(right);
  const body = check.source.replaceAll(`${functionName(starter.source)}(`, "attempt(");
  return `{
    const verdicts: Record<string, string> = {};
    for (const [idea, attempt] of Object.entries(trivialAnswers(tf, ${name}, ${name}.length)) as [string, any][]) {
      verdicts[idea] = await (async () => { ${body} })().then(() => "passes", error => error.message);
    }
    console.log(JSON.stringify(verdicts));
  }`;
}

/** So many questions, one at a time; a wrong answer to more of them than a few passes a whole check now and then. */
const [QUESTIONS, FEW] = [25, 10];

/** A cell that asks a solution one question after the other and prints how many it passes. */
function oneByOne(exercise: Exercise, { source }: { source: string }): string {
  const body = exercise.check.source.replaceAll(
    `${functionName(exercise.starter.source)}(`,
    `${functionName(source)}(`,
  );
  return `{
    let passed = 0;
    for (let seed = 1; seed <= ${QUESTIONS}; seed++) {
      const sheet = exercise.sheet("one question", { seed, trials: 1 });
      await (async () => { ${body} })().then(() => passed++, () => {});
    }
    console.log("passed", passed);
  }`;
}

const textOf = (outputs = "[]") =>
  (JSON.parse(outputs) as { name?: string; text?: string[] | string }[])
    .filter(({ name }) => name === "stdout")
    .map(({ text = "" }) => [text].flat().join(""))
    .join("");

for (const lesson of lessons) {
  const script = readFileSync(join(lectures, lesson), "utf8");
  const { imports, sheet, exercises } = exercisesOf(script);
  const { shared, solutions } = readSolutions(readFileSync(join(folder, lesson), "utf8"));
  const rightOf = (id: string) => of(id).find(({ idea }) => idea === "right")?.source ?? "";
  const of = (id: string) => solutions.filter(({ exercise }) => exercise === id);

  test(`every exercise of ${lesson} has one right solution and five wrong ones or more`, () => {
    assert.ok(exercises.length >= 3);
    for (const { id } of exercises) {
      assert.equal(of(id).filter(({ idea }) => idea === "right").length, 1, id);
      assert.ok(of(id).length >= 6, id);
    }
  });

  test(`right solutions of ${lesson} pass, each wrong one is told why, a starter is not tried yet`, {
    skip,
  }, async () => {
    const trials = exercises.flatMap(exercise => [
      { id: exercise.id, idea: "starter", says: "not tried yet", cells: trial(exercise, exercise.starter) },
      ...of(exercise.id).map(({ idea, says = "✓ right", source }) => {
        return { id: exercise.id, idea, says, cells: trial(exercise, { source }) };
      }),
    ]);
    const before = [code(imports.source), code(shared), ...sheet.map(({ source }) => code(withSeed(source, seed, 5)))];
    const outputs = await said([...before, ...trials.flatMap(({ cells }) => cells)]);
    trials.forEach(({ id, idea, says }, i) => {
      const output = outputs[before.length + 2 * i + 1] as string;
      assert.ok(output.includes(says), `${id}, ${idea}: "${says}" is not in ${output}; seed ${seed}`);
      const wrong = idea !== "starter" && idea !== "right";
      assert.equal(output.includes("ExerciseFailed"), wrong, `${id}, ${idea}: ${output}`);
    });
  });

  test(`answers without an idea fail every exercise of ${lesson}, with a sentence`, {
    skip: skip || unlessStandIn(lesson),
  }, async () => {
    const cells = exercises.map(exercise => [
      code(rightOf(exercise.id)),
      code(withoutIdea(exercise, rightOf(exercise.id))),
    ]);
    const start = code(`const { trivialAnswers } = await import(${JSON.stringify(trivialModule)});`);
    const before = [code(imports.source), code(shared), ...sheet.map(({ source }) => code(withSeed(source))), start];
    const outputs = await said([...before, ...cells.flat()]);
    const passed = exercises.flatMap(({ id }, i) => {
      const verdicts = JSON.parse(textOf(outputs[before.length + 2 * i + 1])) as Record<string, string>;
      return Object.entries(verdicts).map(([idea, verdict]) => ({ id, idea, verdict }));
    });
    const wrong = passed.filter(({ verdict }) => !/^\d.*: .{20}/.test(verdict));
    assert.deepEqual(wrong, []);
  });

  test(`a wrong answer to ${lesson} fails nearly every single question, and the right one none`, {
    skip: skip || long,
  }, async () => {
    const tried = exercises.flatMap(exercise => of(exercise.id).map(solution => ({ exercise, solution })));
    const before = [code(imports.source), code(shared), ...sheet.map(({ source }) => code(source))];
    const cells = tried.flatMap(one => [code(one.solution.source), code(oneByOne(one.exercise, one.solution))]);
    const outputs = await said([...before, ...cells]);
    tried.forEach(({ exercise: { id }, solution: { idea } }, i) => {
      const passed = Number(textOf(outputs[before.length + 2 * i + 1]).match(/passed (\d+)/)?.[1]);
      if (idea === "right") assert.equal(passed, QUESTIONS, `${id}: the right answer`);
      else assert.ok(passed <= FEW, `${id}: "${idea}" is right in ${passed} of ${QUESTIONS} questions`);
    });
  });

  test(`the answer key of ${lesson} runs, and all its answers are right`, {
    skip: skip || unlessStandIn(lesson),
  }, async () => {
    const place = mkdtempSync(join(tmpdir(), "latent-answers-"));
    try {
      const { path, text } = await answersOf(join(lectures, lesson), place);
      writeFileSync(path, text);
      assert.equal(await runNotebooks([path], { print: () => {} }), 0);
      assert.match(readFileSync(path, "utf8"), new RegExp(`${exercises.length} right, 0 wrong, 0 not tried yet`));
    } finally {
      rmSync(place, { recursive: true });
    }
  });
}

test("solutions pass the lessons' type checker", () => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
