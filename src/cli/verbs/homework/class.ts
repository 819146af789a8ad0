import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Course, Layers } from "../../../homework/index.ts";
import { writeAtomically } from "../../../setup/index.ts";
import { UsageError } from "../../verb.ts";
import { progressBar } from "./progress.ts";
import { room } from "./room.ts";
import type { Step } from "./steps.ts";

const IN_COURSE = { course: { type: "string", default: "." } } as const;
const UNSAFE = { unsafe: { type: "boolean", default: false } } as const;
type Names = "new" | "release" | "collect" | "grade" | "similar" | "feedback" | "export" | "judge";

/** What a teacher or an assistant does, in this order. */
export const classSteps: Readonly<Record<Names, Step>> = {
  new: {
    usage: "new <assignment> [--course <folder>]",
    summary: "begin an assignment: one of Latent's own by its name, or a small one to start from",
    run: async args => {
      const { course, name } = await inCourse(args, {});
      const { begin } = await room();
      const made = await begin(course, name);
      console.log(made.length > 0 ? made.join("\n") : `${course.script(name)} is there; nothing was changed.`);
      return 0;
    },
  },
  release: {
    usage: "release <assignment> [--course <folder>] [--copy-to <folder>]",
    summary: "make the students' copy, without solutions and hidden tests",
    run: async args => {
      const { course, name, values } = await inCourse(args, { "copy-to": { type: "string" } });
      const { begin, release, shippedScript, studentNotebook } = await room();
      if (typeof values["copy-to"] === "string") {
        const path = join(values["copy-to"], `${name}.ipynb`);
        await writeAtomically(path, studentNotebook(await course.assignment(name)));
        console.log(path);
        return 0;
      }
      // One of nobody's would be the small one to start from, in the students' hands.
      if ((await shippedScript(name)) === undefined) await course.assignment(name);
      await begin(course, name);
      for (const path of await release(course, await course.assignment(name))) console.log(path);
      return 0;
    },
  },
  collect: {
    usage: "collect <assignment> --from <folder or zip> [--course <folder>]",
    summary: "take what was handed in: a folder, nbgrader's exchange, or the zip of Moodle or Canvas",
    run: async args => {
      const { course, name, values } = await inCourse(args, { from: { type: "string" } });
      if (typeof values.from !== "string") throw new UsageError("collect takes --from, a folder or a zip.");
      await course.assignment(name);
      const { collect, counted } = await room();
      const { students, late, ignored } = await collect(course, name, values.from);
      console.log(`${counted(students.length, "submission")} of ${name}.`);
      if (late.length > 0) console.log(`Marked as late by the platform: ${late.join(", ")}.`);
      for (const path of ignored) console.log(`  not taken, no notebook of a student: ${path}`);
      return students.length > 0 ? 0 : 1;
    },
  },
  grade: {
    usage: "grade <assignment> [--course <folder>] [--jobs <n>] [--again] [--student <id>]... [--unsafe]",
    summary: "grade all that was collected; run it again after an interruption",
    run: gradeStep,
  },
  similar: {
    usage: "similar <assignment> [--course <folder>] [--threshold <0..1>]",
    summary: "name pairs of submissions whose code has the same form",
    run: async args => {
      const { course, name, values } = await inCourse(args, { threshold: { type: "string" } });
      await course.handedIn(name);
      const { counted, similarInClass } = await room();
      const threshold = values.threshold === undefined ? undefined : Number(values.threshold);
      const pairs = await similarInClass(course, name, threshold);
      for (const { students, share } of pairs)
        console.log(`${(100 * share).toFixed(0).padStart(3)} %  ${students.join("  ")}`);
      console.log(`${counted(pairs.length, "pair")}. Read both before you draw a conclusion.`);
      return 0;
    },
  },
  feedback: {
    usage: "feedback <assignment> [--course <folder>]",
    summary: "write a page for each student",
    run: async args => {
      const { course, name } = await inCourse(args, {});
      await course.handedIn(name);
      const { counted, writeFeedback } = await room();
      const pages = await writeFeedback(course, name);
      console.log(`${counted(pages.length, "page")} in ${join(course.folder, "feedback")}.`);
      return pages.length > 0 ? 0 : 1;
    },
  },
  export: {
    usage:
      "export <assignment> [--as csv | canvas | moodle] [--into <table.csv>] [--due <time>] [--output <file>] [--course <folder>]",
    summary: "write the gradebook; --into fills the table that Canvas or Moodle gave",
    run: async args => {
      const options = {
        as: { type: "string", default: "csv" },
        into: { type: "string" },
        output: { type: "string" },
        due: { type: "string" },
      } as const;
      const { course, name, values } = await inCourse(args, options);
      const { FORMS, isForm, notIn, scoresOf } = await room();
      await course.handedIn(name);
      const form = String(values.as);
      if (!isForm(form)) throw new UsageError(`--as is one of ${Object.keys(FORMS).join(", ")}.`);
      const into = typeof values.into === "string" ? await readFile(values.into, "utf8") : undefined;
      const file = `${name}${form === "csv" ? "" : `.${form}`}.csv`;
      const path = typeof values.output === "string" ? values.output : join(course.folder, file);
      const scores = await scoresOf(course, name);
      await writeAtomically(
        path,
        FORMS[form](name, scores, { ...(into !== undefined && { into }), ...dueIn(values.due) }),
      );
      console.log(path);
      const lost = into === undefined ? [] : notIn(form, into, scores);
      if (lost.length > 0) console.log(`The table has no row for ${lost.join(", ")}: these grades are not in it.`);
      const open = scores.filter(score => score.open.length > 0).length;
      if (open > 0)
        console.log(
          `Not graded yet, and counted as 0: a written answer of ${open === 1 ? "one student" : `each of ${open} students`}.`,
        );
      return 0;
    },
  },
  judge: {
    usage: "judge <assignment> <notebook.ipynb> [--course <folder>] [--unsafe]",
    summary: "grade one notebook, as JSON: what nbgrader's autograder asks",
    run: async args => {
      const { course, name, values, rest } = await inCourse(args, UNSAFE);
      if (rest[0] === undefined) throw new UsageError("judge takes an assignment and a notebook.");
      const { judgeOne } = await room();
      const result = await judgeOne(course, name, rest[0], await layersFor(values.unsafe === true));
      console.log(JSON.stringify(result));
      return 0;
    },
  },
};

async function gradeStep(args: readonly string[]): Promise<number> {
  const options = {
    ...UNSAFE,
    jobs: { type: "string" },
    again: { type: "boolean", default: false },
    student: { type: "string", multiple: true },
  } as const;
  const { course, name, values } = await inCourse(args, options);
  const { fillGradebook, gradeClass, inWords } = await room();
  await course.handedIn(name);
  const layers = await layersFor(values.unsafe === true);
  console.log(`Isolation: ${inWords(layers)}`);
  const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError("--jobs is a number of judges, 1 or more.");
  const students = values.student as string[] | undefined;
  const begun = performance.now();
  const bar = progressBar();
  const { graded, kept, refused, failed } = await gradeClass(course, name, {
    layers,
    jobs,
    again: values.again === true,
    progress: bar.show,
    ...(students && { students }),
  }).finally(bar.end);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${graded.length} graded in ${seconds} s, ${kept.length} unchanged since they were graded.`);
  for (const student of refused) console.log(`  could not be graded, 0 points: ${student} (see its report)`);
  for (const { student, why } of failed) console.log(`  NOT GRADED, the grader failed: ${student} (${why})`);
  const assignment = await course.assignment(name);
  const filled = await fillGradebook(course, assignment);
  if (filled) console.log("nbgrader's gradebook.db is filled.");
  const written = assignment.cells.filter(({ role }) => role === "manual").flatMap(({ id }) => id ?? []);
  if (written.length > 0)
    console.log(
      `A person grades ${written.join(", ")}, in formgrader${filled ? "" : ": npm run nbgrader installs it"}.`,
    );
  console.log(`Reports: ${relative(process.cwd(), course.graded(name)) || "."}`);
  return failed.length > 0 ? 1 : 0;
}

function dueIn(text: unknown): { due?: Date } {
  if (typeof text !== "string") return {};
  const due = new Date(text);
  if (Number.isNaN(due.getTime())) throw new UsageError("--due is a time such as 2026-12-01T18:00Z.");
  return { due };
}

/**
 * @throws Error where code cannot be isolated and nobody has said that it may run all the same
 */
async function layersFor(unsafe: boolean): Promise<Layers> {
  const { availableLayers, isIsolated } = await room();
  const layers = availableLayers();
  if (isIsolated(layers) || unsafe) return layers;
  throw new Error(
    "Student code cannot be isolated here: bubblewrap and prlimit are needed, on Linux (apt-get install bubblewrap). --unsafe grades all the same; code then may read and write whatever you may.",
  );
}

type Options = NonNullable<ParseArgsConfig["options"]>;

async function inCourse(
  args: readonly string[],
  more: Options,
): Promise<{ course: Course; name: string; rest: string[]; values: Record<string, unknown> }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...IN_COURSE, ...more },
    allowPositionals: true,
  });
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError("Name an assignment, for example 01-pca-and-sparse.");
  if (!/^[\w-]+$/.test(name))
    throw new UsageError(
      `"${name}" names no assignment: its name is of letters, digits, "-" and "_", without a folder.`,
    );
  const { Course } = await room();
  return { course: new Course(String(values.course)), name, rest, values };
}
