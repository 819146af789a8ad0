import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Assignment } from "../assignment/assignment.ts";
import { sourceNotebook, studentNotebook } from "../assignment/notebook.ts";
import type { Course } from "../class/course.ts";
import { reportsOf } from "../class/report.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = join(root, "notebooks", "homework", "latent_nbgrader.py");

let known: string | undefined | null = null;

/** A Python that has nbgrader: `$LATENT_NBGRADER_PYTHON`, that of `npm run nbgrader`, or the one on the PATH. */
export async function nbgraderPython(): Promise<string | undefined> {
  if (known !== null) return known;
  const named = process.env.LATENT_NBGRADER_PYTHON;
  const own = join(root, ".latent", "nbgrader", "bin", "python");
  const candidates = named ? [named] : [...(existsSync(own) ? [own] : []), "python3"];
  known = undefined;
  for (const python of candidates) {
    if (known === undefined && (await answer(python, ["-c", "import nbgrader"], "")).code === 0) known = python;
  }
  return known;
}

/**
 * Writes the reports of an assignment into nbgrader's gradebook.db, with its own schema, as its autograder would. Marks that
 * people gave are left as they are. Returns false where there is no nbgrader.
 */
export async function fillGradebook(course: Course, assignment: Assignment): Promise<boolean> {
  const python = await nbgraderPython();
  if (python === undefined) return false;
  const reports = await reportsOf(course, assignment.name);
  const filled = await Promise.all(
    reports.map(async ({ student, questions, refused }) => ({
      student,
      refused,
      submitted: await course.submission(student, assignment.name),
      cells: questions.map(({ id, earned, message }) => ({ id, score: earned, comment: message })),
    })),
  );
  const notebooks = {
    source: JSON.parse(sourceNotebook(assignment)),
    release: JSON.parse(studentNotebook(assignment)),
  };
  const input = JSON.stringify({ assignment: assignment.name, ...notebooks, reports: filled });
  const { code, said } = await answer(python, [program, "fill"], input, course.folder);
  if (code !== 0) throw new Error(`nbgrader's gradebook could not be filled: ${said.slice(-2000)}`);
  return true;
}

/** What people gave one student in formgrader, by the ids of cells. */
export interface GivenByHand {
  marks: Readonly<Record<string, number>>;
  comments: Readonly<Record<string, string>>;
}

/** What people gave in formgrader, by student. */
export async function givenByHand(course: Course, assignment: string): Promise<Map<string, GivenByHand>> {
  const python = await nbgraderPython();
  if (python === undefined) return new Map();
  const { code, said } = await answer(python, [program, "scores", assignment], "", course.folder);
  if (code !== 0) throw new Error(`nbgrader's gradebook could not be read: ${said.slice(-2000)}`);
  return new Map(Object.entries(JSON.parse(said.trim().split("\n").at(-1) ?? "{}") as Record<string, GivenByHand>));
}

async function answer(
  python: string,
  args: readonly string[],
  input: string,
  cwd?: string,
): Promise<{ code: number | null; said: string }> {
  return await new Promise(resolve => {
    // nbgrader makes its database by `alembic`, which lies beside its Python.
    const PATH = isAbsolute(python) ? `${dirname(python)}${delimiter}${process.env.PATH}` : process.env.PATH;
    const child = spawn(python, args, {
      env: { ...process.env, PATH },
      ...(cwd !== undefined && { cwd }),
      stdio: ["pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", error => resolve({ code: 1, said: error.message }));
    child.on("close", code => resolve({ code, said: Buffer.concat(code === 0 ? out : [...out, ...err]).toString() }));
    child.stdin.on("error", () => {}); // a program that has left says why by its code
    child.stdin.end(input);
  });
}
