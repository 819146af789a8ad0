import { readFile } from "node:fs/promises";
import type { Result } from "../judge/result.ts";
import type { Layers } from "../sandbox/layers.ts";
import { submittedNotebook } from "../submission/notebook.ts";
import { submissionOf } from "../submission/submission.ts";
import type { Course } from "./course.ts";

/**
 * Grades one notebook, for whoever keeps the marks: nbgrader's autograder asks so.
 *
 * @throws SubmissionRefused when it is no notebook of the assignment
 */
export async function judgeOne(course: Course, name: string, path: string, layers: Layers): Promise<Result> {
  const assignment = await course.assignment(name);
  process.env.LATENT_EXERCISE_SEED = String(await course.seed(name));
  const { runnable } = submissionOf(assignment, submittedNotebook(await readFile(path)));
  const { Judge } = await import("../judge/judge.ts"); // loads TensorFlow
  const judge = new Judge(assignment, layers);
  try {
    return await judge.grade(runnable);
  } finally {
    judge.close();
  }
}
