import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Assignment } from "../assignment/assignment.ts";
import { pointsOf, testsOf } from "../assignment/assignment.ts";
import { isNamed } from "../assignment/cell.ts";
import type { Result } from "../judge/result.ts";
import { gradeAll, type Job, type PoolOptions } from "../pool/pool.ts";
import { inWords } from "../sandbox/layers.ts";
import { SubmissionRefused, submittedNotebook } from "../submission/notebook.ts";
import { type Submission, submissionOf } from "../submission/submission.ts";
import { handedInAt } from "./collect.ts";
import type { Course } from "./course.ts";
import { type Report, readReport, writeReport } from "./report.ts";
import { typeErrors } from "./types.ts";

export interface GradeOptions extends Omit<PoolOptions, "seed" | "begins"> {
  /** Grade also what was graded already. */
  again?: boolean;
  /** Only these students. */
  students?: readonly string[];
  /** Hears of each begin and each end. */
  progress?: (now: GradeProgress) => void;
}

export interface GradeProgress {
  /** How many are graded, of how many. */
  done: number;
  of: number;
  /** Whose notebooks are graded now. */
  at: string[];
}

export interface Graded {
  graded: string[];
  /** Graded before, and unchanged since. */
  kept: string[];
  refused: string[];
  /** At which the grader failed, with the reason: they have no report, and are tried again the next time. */
  failed: { student: string; why: string }[];
}

/** A submission of one student, read. */
type Read = { student: string; key: string } & ({ submission: Submission } | { refused: string });

/**
 * Grades what a class has handed in. Each report is written when it is there, in one move: a run that is killed goes on where
 * it stopped. The same submission is graded once, whoever handed it in.
 */
export async function gradeClass(course: Course, name: string, options: GradeOptions): Promise<Graded> {
  const assignment = await course.assignment(name);
  const seed = await course.seed(name);
  const students = options.students ?? (await course.students(name));
  const version = createHash("sha256")
    .update(JSON.stringify([assignment, seed]))
    .digest("hex");
  const read = await Promise.all(students.map(student => readOne(course, assignment, student, version)));
  const [kept, open] = await partition(course, name, read, options.again ?? false);
  const groups = new Map<string, Read[]>();
  for (const each of open) groups.set(each.key, [...(groups.get(each.key) ?? []), each]);
  const jobs = [...groups].flatMap(([key, [first]]): Job[] =>
    first && "submission" in first ? [{ key, runnable: first.submission.runnable }] : [],
  );
  const types = typeErrors(jobs);
  const progress = progressOf(groups, open.length, options.progress);
  const finish = async (key: string, result?: Result) => {
    const same = groups.get(key) ?? [];
    const said = (await types).get(key) ?? [];
    for (const each of same) await writeReport(course, await reportOf(course, assignment, each, result, said, options));
    progress.ended(key);
  };
  for (const [key, [first]] of groups) if (first && "refused" in first) await finish(key);
  const failures = await gradeAll(assignment, jobs, { ...options, seed, begins: progress.begins }, finish);
  return {
    graded: open.filter(({ key }) => !failures.has(key)).map(({ student }) => student),
    kept: kept.map(({ student }) => student),
    refused: read.flatMap(each => ("refused" in each ? [each.student] : [])),
    failed: open.flatMap(({ student, key }) => {
      const why = failures.get(key);
      return why === undefined ? [] : [{ student, why }];
    }),
  };
}

/** Counts students; those who handed in the same begin and end together. */
function progressOf(groups: ReadonlyMap<string, readonly Read[]>, of: number, tell: GradeOptions["progress"]) {
  const now: GradeProgress = { done: 0, of, at: [] };
  const studentsOf = (key: string) => (groups.get(key) ?? []).map(({ student }) => student);
  return {
    begins: (key: string) => {
      now.at = [...new Set([...now.at, ...studentsOf(key)])];
      tell?.({ ...now });
    },
    ended: (key: string) => {
      const students = studentsOf(key);
      now.at = now.at.filter(student => !students.includes(student));
      now.done += students.length;
      tell?.({ ...now });
    },
  };
}

async function readOne(course: Course, assignment: Assignment, student: string, version: string): Promise<Read> {
  const hash = (...parts: (string | Buffer)[]) =>
    parts.reduce((sum, part) => sum.update(part), createHash("sha256").update(version)).digest("hex");
  const path = await course.submission(student, assignment.name);
  if (path === undefined)
    return { student, key: hash("none"), refused: `There is no notebook ${assignment.name}.ipynb.` };
  const bytes = await readFile(path);
  try {
    const submission = submissionOf(assignment, submittedNotebook(bytes));
    return { student, key: hash(submission.key), submission };
  } catch (error) {
    if (!(error instanceof SubmissionRefused)) throw error;
    return { student, key: hash("refused", bytes), refused: error.message };
  }
}

async function partition(
  course: Course,
  name: string,
  read: readonly Read[],
  again: boolean,
): Promise<[kept: Read[], open: Read[]]> {
  const before = await Promise.all(read.map(({ student }) => readReport(course, name, student)));
  const isKept = (each: Read, i: number) => !again && before[i]?.key === each.key;
  return [read.filter(isKept), read.filter((each, i) => !isKept(each, i))];
}

async function reportOf(
  course: Course,
  assignment: Assignment,
  read: Read,
  result: Result | undefined,
  types: string[],
  { layers }: GradeOptions,
): Promise<Report> {
  const { student, key } = read;
  const submission = "submission" in read ? read.submission : undefined;
  const tests = testsOf(assignment).map(({ id, points }) => ({ id, points, earned: 0, message: "Not graded." }));
  const questions = result?.questions ?? tests;
  const handedIn = (await handedInAt(course, student, assignment.name))?.toISOString();
  return {
    student,
    assignment: assignment.name,
    questions,
    manual: manualOf(assignment, submission),
    earned: questions.reduce((sum, { earned }) => sum + earned, 0),
    points: pointsOf({ ...assignment, cells: assignment.cells.filter(({ role }) => role === "tests") }),
    cells: result?.cells ?? [],
    notes: submission?.notes ?? [],
    types,
    ...("refused" in read && { refused: read.refused }),
    ...(handedIn !== undefined && { handedIn }),
    printed: result?.printed ?? "",
    isolation: inWords(layers),
    key,
  };
}

function manualOf({ cells }: Assignment, submission: Submission | undefined): Report["manual"] {
  return cells.filter(isNamed).flatMap(({ role, id, points = 0 }) => {
    if (role !== "manual") return [];
    const answer = submission?.answers.get(id);
    return [
      {
        id,
        points,
        untouched: answer === undefined || (submission?.untouched.includes(id) ?? true),
        answer: answer ?? "",
      },
    ];
  });
}
