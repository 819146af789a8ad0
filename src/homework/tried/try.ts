import { compile } from "../../typescript/cell/index.ts";
import type { Assignment } from "../assignment/assignment.ts";
import { type AssignmentCell, isNamed } from "../assignment/cell.ts";
import type { Runnable } from "../judge/submission.ts";
import { GraderFailed, gradeAll, type PoolOptions } from "../pool/pool.ts";
import { submissionOf } from "../submission/submission.ts";
import type { TriedAnswer } from "./answers.ts";

/** What came of an answer. */
export interface Tried extends TriedAnswer {
  earned: number;
  points: number;
  message: string;
}

/** Tries answers at the tests behind their cell, each in a submission that is right otherwise. */
export async function tryAnswers(
  assignment: Assignment,
  answers: readonly TriedAnswer[],
  options: PoolOptions,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const to of new Set(answers.map(answer => answer.to))) {
    const own = answers.filter(answer => answer.to === to);
    const part = partFor(assignment, to);
    const behind = part.cells.slice(part.cells.findIndex(({ id }) => id === to)).map(({ id }) => id);
    const jobs = own.map((answer, i) => ({ key: String(i), runnable: withAnswer(part, answer) }));
    const failures = await gradeAll(part, jobs, options, async (key, { questions: all, cells }) => {
      const questions = all.filter(({ id }) => behind.includes(id));
      const earned = questions.reduce((sum, question) => sum + question.earned, 0);
      const points = questions.reduce((sum, question) => sum + question.points, 0);
      const said = [...questions.map(({ message }) => message), ...cells.map(({ message }) => message)];
      tried.push({ ...(own[Number(key)] as TriedAnswer), earned, points, message: said.join("\n") });
    });
    for (const why of failures.values()) throw new GraderFailed(why);
  }
  return tried;
}

/** The assignment up to the tests behind an answer cell, and of the tests only those and earlier ones that they need. */
export function partFor({ name, cells }: Assignment, to: string): Assignment {
  const at = cells.findIndex(({ id }) => id === to);
  if (at < 0) throw new RangeError(`${name} has no answer cell ${to}.`);
  const next = cells.findIndex((cell, i) => i > at && cell.role === "answer");
  const kept: AssignmentCell[] = [];
  let text = "";
  for (const [i, cell] of [...cells.slice(0, next < 0 ? cells.length : next).entries()].reverse()) {
    if (cell.role === "tests" && i < at && !declaresOneOf(cell, text)) continue;
    if (cell.role === "tests") text += cell.source;
    kept.unshift(cell);
  }
  return { name, cells: kept };
}

/** Whether a cell declares a name that a text mentions. */
function declaresOneOf({ source }: AssignmentCell, text: string): boolean {
  return compile(source).declares.some(name => new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text));
}

function withAnswer(part: Assignment, { to, source }: TriedAnswer): Runnable {
  const cells = part.cells.map((cell: AssignmentCell) => ({
    type: cell.type,
    source: cell.id === to ? source : cell.source,
    ...(isNamed(cell) && { id: cell.id }),
  }));
  return submissionOf(part, { cells }).runnable;
}
