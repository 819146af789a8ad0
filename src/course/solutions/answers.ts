import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Paired } from "../pair/files.ts";
import { formatNotebook } from "../pair/notebook.ts";
import { toNotebook } from "../pair/pair.ts";
import { formatPercent, type PercentCell } from "../pair/percent.ts";
import { type Exercise, exercisesOf } from "./exercises.ts";
import { readSolutions, type Solution, type Solutions } from "./read.ts";

/** The folder of the scripts of solutions, one a lesson, under the lesson's own name. */
const folder = fileURLToPath(new URL("../../../src/course/solutions/", import.meta.url));

/**
 * The answer key of a lesson as a script in percent format: each exercise with its right solution in the starter's place,
 * its check, and the wrong ideas that the check knows. It runs like any lesson.
 *
 * @param lesson the lesson's script
 * @param solutions the script of its solutions
 * @throws SyntaxError when an exercise has no right solution
 */
export function answerKey(lesson: string, solutions: string): string {
  const { imports, sheet, exercises } = exercisesOf(lesson);
  const known = readSolutions(solutions);
  const title = markdown("# Answer key\n\nFor teachers. Made from the solutions that the tests of the course run.");
  const answered = exercises.flatMap(exercise => answer(exercise, known));
  return formatPercent([title, imports, ...sheet, ...answered, code("sheet;")]);
}

function answer({ id, task, check }: Exercise, { solutions }: Solutions): PercentCell[] {
  const own = solutions.filter(({ exercise }) => exercise === id);
  const right = own.find(({ idea }) => idea === "right");
  if (right === undefined) throw new SyntaxError(`Exercise ${id} has no right solution.`);
  const wrong = own.filter(({ idea }) => idea !== "right").map(remark);
  return [task, code(right.source), check, markdown(`Wrong ideas, and what is said to them:\n\n${wrong.join("\n")}`)];
}

function remark({ idea, says }: Solution): string {
  return `- ${idea}: “… ${says} …”`;
}

const markdown = (source: string): PercentCell => ({ type: "markdown", metadata: {}, source });
const code = (source: string): PercentCell => ({ type: "code", metadata: {}, source });

/**
 * The answer key of a lesson `NN-topic.ts` or `.ipynb` as a notebook `NN-topic.answers.ipynb` in `outputDir`. Writes nothing.
 */
export async function answersOf(lessonPath: string, outputDir: string): Promise<Paired> {
  const script = lessonPath.replace(/\.ipynb$/, ".ts");
  const solutions = join(folder, basename(script));
  const key = answerKey(await readFile(script, "utf8"), await readFile(solutions, "utf8"));
  const path = join(outputDir, basename(script).replace(/\.ts$/, ".answers.ipynb"));
  return { path, text: formatNotebook(toNotebook(key)), changed: true };
}
