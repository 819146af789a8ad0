import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readIfPresent } from "../../course/pair/index.ts";
import { writeAtomically } from "../../setup/temporary.ts";
import type { Assignment } from "../assignment/assignment.ts";
import { sourceNotebook, studentNotebook } from "../assignment/notebook.ts";
import type { Course } from "./course.ts";

const shipped = fileURLToPath(new URL("../../../notebooks/homework", import.meta.url));

/** The script of an assignment that comes with Latent. */
export async function shippedScript(name: string): Promise<string | undefined> {
  return await readIfPresent(join(shipped, "source", `${name}.ts`));
}

/**
 * Begins an assignment in a course: its script, which is the course's own from then on, and nbgrader's configuration. Of the
 * assignments that come with Latent the script is a copy. Files that are there stay as they are; returns those that are new.
 */
export async function begin(course: Course, name: string): Promise<string[]> {
  const script = (await shippedScript(name)) ?? template(name);
  const configuration = await readFile(join(shipped, "nbgrader_config.py"), "utf8");
  const files = [
    [course.script(name), script],
    [join(course.folder, "nbgrader_config.py"), configuration],
  ] as const;
  const made: string[] = [];
  for (const [path, text] of files) {
    if ((await readIfPresent(path)) !== undefined) continue;
    await writeAtomically(path, text);
    made.push(path);
  }
  return made;
}

/**
 * Makes the two notebooks of an assignment: the teacher's, and the copy for students.
 *
 * @throws AssignmentFault when the script is not as an assignment has to be
 */
export async function release(course: Course, assignment: Assignment): Promise<string[]> {
  const { name } = assignment;
  const files = [
    [course.notebook("source", name), sourceNotebook(assignment)],
    [course.notebook("release", name), studentNotebook(assignment)],
  ] as const;
  for (const [path, text] of files) await writeAtomically(path, text);
  return files.map(([path]) => path);
}

function template(name: string): string {
  return `// %% [markdown]
// # Homework ${name}

// %%
import { exercise } from "latent";

// %% [markdown]
// **1 (2 points).** Return the mean of a list of numbers.

// %% homework={"role":"answer","id":"q1"}
function mean(numbers: number[]): number {
  // BEGIN SOLUTION
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q1-tests","points":2}
const q1 = exercise.question("1 · Mean");
await q1.part(1, "two numbers", () => ({ given: "1 and 3", got: mean([1, 3]), expected: 2 }));
// BEGIN HIDDEN TESTS
await q1.part(1, "any numbers", draw => {
  const [a, b, c] = [draw.number(-5, 5), draw.number(-5, 5), draw.number(-5, 5)];
  return { given: \`\${a}, \${b} and \${c}\`, got: mean([a, b, c]), expected: (a + b + c) / 3 };
});
// END HIDDEN TESTS
q1.score;
`;
}
