import { type PercentCell, parsePercent } from "../pair/percent.ts";

/** One answer to an exercise, right or wrong, as a cell that defines one function. */
export interface Solution {
  /** The exercise's id in its lesson. */
  exercise: string;
  /** "right", or the wrong idea in a few words. */
  idea: string;
  /** What the check must say to a wrong idea, a part of its message; absent where the solution is right. */
  says?: string;
  source: string;
}

export interface Solutions {
  /** The cell that all solutions need to have run before. */
  shared: string;
  solutions: Solution[];
}

/**
 * Reads a script of solutions: percent format, the first cell shared by all, then a cell a solution, with its exercise, its
 * idea and what the check must say to it in the marker: `// %% exercise="1" idea="a constant" says="the same"`. Functions may
 * be exported, so that no linter takes them for unused; a cell has them without.
 *
 * @throws SyntaxError when a cell names no exercise or no idea, or a wrong idea without what is said to it
 */
export function readSolutions(script: string): Solutions {
  const [first, ...cells] = parsePercent(script);
  return { shared: first?.source ?? "", solutions: cells.map(toSolution) };
}

function toSolution({ metadata, source }: PercentCell): Solution {
  const { exercise, idea, says } = metadata as Partial<Record<string, string>>;
  if (exercise === undefined || idea === undefined || (idea !== "right" && says === undefined)) {
    throw new SyntaxError(`A solution has an exercise, an idea, and says="…" where it is wrong: ${source}`);
  }
  return { exercise, idea, source: source.replace(/^export /gm, ""), ...(says !== undefined && { says }) };
}

/** The name of the function that a cell defines: the last at its top level. */
export function functionName(source: string): string {
  const name = [...source.matchAll(/^(?:async )?function (\w+)/gm)].at(-1)?.[1];
  if (name === undefined) throw new SyntaxError(`This cell defines no function: ${source}`);
  return name;
}
