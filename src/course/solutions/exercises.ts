import { type PercentCell, parsePercent } from "../pair/percent.ts";

/** An exercise of a lesson: what is asked, what is given, how it is checked. */
export interface Exercise {
  id: string;
  /** The Markdown cell above the starter. */
  task: PercentCell;
  starter: PercentCell;
  check: PercentCell;
}

/** The parts of a lesson's script that its exercises need. */
export interface ExercisePart {
  /** The imports: a lesson's first code cell. */
  imports: PercentCell;
  /** The cells that make the sheet and what several checks share. */
  sheet: PercentCell[];
  exercises: Exercise[];
}

type Role = "sheet" | "starter" | "check";

/**
 * Finds the exercises of a lesson by the metadata of their cells: `exercise={"role":"sheet"}` once or more, then for each
 * exercise a Markdown cell, `exercise={"id":"1","role":"starter"}` and `exercise={"id":"1","role":"check"}`.
 *
 * @throws SyntaxError when one of these cells is missing
 */
export function exercisesOf(script: string): ExercisePart {
  const cells = parsePercent(script);
  const imports = must(
    cells.find(({ type }) => type === "code"),
    "imports",
  );
  const sheet = cells.filter(cell => marked(cell)?.role === "sheet");
  must(sheet[0], "sheet");
  const exercises = cells.flatMap((starter, i) => {
    const { id, role } = marked(starter) ?? {};
    if (role !== "starter" || id === undefined) return [];
    const check = cells.find(cell => marked(cell)?.id === id && marked(cell)?.role === "check");
    return [{ id, task: must(cells[i - 1], `task of exercise ${id}`), starter, check: must(check, `check of ${id}`) }];
  });
  return { imports, sheet, exercises };
}

function marked({ metadata }: PercentCell): { id?: string; role?: Role } | undefined {
  return metadata.exercise as { id?: string; role?: Role } | undefined;
}

function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new SyntaxError(`The lesson has no cell for: ${what}.`);
  return found;
}
