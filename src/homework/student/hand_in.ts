import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeAtomically } from "../../setup/temporary.ts";
import { submittedNotebook } from "../submission/notebook.ts";
import { unanswered, visibleAssignment } from "./validate.ts";

/**
 * Puts a copy of a notebook into the folder where a class hands in, in the form of nbgrader's exchange: student, assignment,
 * time. Returns the copy's path, and what was left unanswered.
 *
 * @throws SubmissionRefused when the file is no notebook of an assignment
 */
export async function handIn(
  path: string,
  folder: string,
  student: string,
  now: Date = new Date(),
): Promise<{ path: string; missing: string[] }> {
  const bytes = await readFile(path);
  const submitted = submittedNotebook(bytes);
  const { name } = visibleAssignment(submitted, basename(path, ".ipynb"));
  const time = `${now.toISOString().slice(0, 19).replace("T", " ")}.000000 UTC`;
  const copy = join(folder, `${student}+${name}+${time}+${randomBytes(8).toString("hex")}`);
  await writeAtomically(join(copy, "timestamp.txt"), time);
  await writeAtomically(join(copy, `${name}.ipynb`), bytes);
  return { path: copy, missing: unanswered(submitted) };
}
