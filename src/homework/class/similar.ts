import { readFile } from "node:fs/promises";
import { isNamed } from "../assignment/cell.ts";
import { studentSource } from "../assignment/notebook.ts";
import { type SimilarPair, similarPairs } from "../similarity/similar.ts";
import { SubmissionRefused, submittedNotebook } from "../submission/notebook.ts";
import { submissionOf } from "../submission/submission.ts";
import type { Course } from "./course.ts";

/** Pairs of submissions of an assignment whose code has the same form. */
export async function similarInClass(course: Course, name: string, threshold?: number): Promise<SimilarPair[]> {
  const assignment = await course.assignment(name);
  const answers = new Map<string, string[]>();
  for (const student of await course.students(name)) {
    const path = await course.submission(student, name);
    if (path === undefined) continue;
    try {
      const { runnable } = submissionOf(assignment, submittedNotebook(await readFile(path)));
      const locked = new Set(assignment.cells.filter(({ role }) => role === "given").map(({ source }) => source));
      answers.set(
        student,
        runnable.cells.map(({ source }) => source).filter(source => !locked.has(source)),
      );
    } catch (error) {
      if (!(error instanceof SubmissionRefused)) throw error; // its report says why
    }
  }
  const handedOut = assignment.cells
    .filter(cell => cell.type === "code" && (isNamed(cell) || cell.role === undefined))
    .map(studentSource);
  return similarPairs(answers, { handedOut, ...(threshold !== undefined && { threshold }) });
}
