import { writeAtomically } from "../../setup/temporary.ts";
import type { Course } from "../class/course.ts";
import type { ManualQuestion } from "../class/report.ts";
import { counted } from "../counted.ts";
import { type Score, scoresOf } from "./scores.ts";

/** Writes a page for each student, `feedback/<student>/<assignment>/<assignment>.html`; returns their paths. */
export async function writeFeedback(course: Course, assignment: string): Promise<string[]> {
  const scores = await scoresOf(course, assignment);
  return await Promise.all(
    scores.map(async score => {
      const path = course.feedback(score.student, assignment);
      await writeAtomically(path, page(assignment, score));
      return path;
    }),
  );
}

/** One page that needs nothing from elsewhere. */
function page(
  assignment: string,
  { student, person, total, points, questions, comments, open, report }: Score,
): string {
  const rows = [...report.questions, ...report.manual].map(question => {
    const message = "message" in question ? question.message : stateOf(question, open);
    return `<tr><td>${escaped(question.id)}</td><td>${questions.get(question.id) ?? 0} of ${question.points}</td><td><pre>${escaped(message)}</pre></td></tr>`;
  });
  const faults = report.cells.map(({ id, number, message }) => `Code cell ${id ?? number}: ${message}`);
  const lists = [
    list(
      "Comments",
      Object.entries(comments).map(([id, comment]) => `${id}: ${comment}`),
    ),
    list("What the grader found", [...(report.refused ? [report.refused] : []), ...report.notes]),
    list("Errors in cells", faults),
    list("Types (they cost no points)", report.types),
  ];
  const printed = report.printed.trim() === "" ? "" : `<h2>Printed</h2><pre>${escaped(report.printed)}</pre>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(assignment)}: ${escaped(student)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td{border-top:1px solid #ccc;padding:.4rem;vertical-align:top}pre{margin:0;white-space:pre-wrap}</style>
<h1>${escaped(assignment)}</h1>
<p>${escaped(person.name ?? student)}: <b>${total} of ${points} points</b>${notGraded(open, report.manual)}</p>
<table>${rows.join("\n")}</table>
${lists.join("\n")}${printed}
</html>
`;
}

/** The total is not the last one while a person has answers to grade. */
function notGraded(open: readonly string[], manual: readonly ManualQuestion[]): string {
  if (open.length === 0) return "";
  const points = manual.reduce((sum, question) => sum + (open.includes(question.id) ? question.points : 0), 0);
  return `, with ${escaped(open.join(", "))} (${counted(points, "point")}) not graded yet`;
}

function stateOf({ id, untouched }: ManualQuestion, open: readonly string[]): string {
  if (untouched) return "Not answered.";
  return open.includes(id) ? "Nobody has graded this answer yet." : "";
}

function list(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return "";
  return `<h2>${title}</h2><ul>${entries.map(entry => `<li><pre>${escaped(entry)}</pre></li>`).join("")}</ul>`;
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, sign => ESCAPES[sign] ?? sign);
}
