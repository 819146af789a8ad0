import { show } from "../display/show.ts";
import { type Ask, ask, type SheetOptions } from "./ask.ts";
import type { Verdict } from "./judge.ts";
import { verdictBundle } from "./words.ts";

export interface PartOptions extends SheetOptions {
  /** Points for a wrong idea, by its sentence among the `mistakes` of the questions; fewer than the part has. */
  credit?: Record<string, number>;
}

/** A part of a graded question that was asked. */
export interface Part {
  name: string;
  points: number;
  earned: number;
  verdict: Verdict;
}

/** A graded question of a homework, in parts that have points of their own. */
export class Question {
  readonly title: string;
  readonly parts: Part[] = [];

  constructor(title: string) {
    this.title = title;
  }

  /**
   * Puts random questions to an attempt, as a sheet's check does, and shows the verdict with its points. A wrong answer earns
   * none, or those of `credit` where its idea is known; it throws nothing, so the next part is asked as well.
   *
   * @throws RangeError when `credit` is not less than `points`: a mistake of the author
   */
  async part(
    points: number,
    name: string,
    question: Ask,
    { credit = {}, ...options }: PartOptions = {},
  ): Promise<void> {
    for (const [idea, share] of Object.entries(credit))
      if (!(share >= 0 && share < points)) throw new RangeError(`${name}: ${share} of ${points} points for "${idea}".`);
    const verdict = await ask(question, options);
    const earned = earnedBy(verdict, points, credit);
    this.parts.push({ name, points, earned, verdict });
    show(verdictBundle(`${name} · ${earned} of ${points} points`, verdict));
  }

  /**
   * The points that were earned: as the last expression of a cell, what nbgrader takes as its score. Where a student validates
   * and has lost nothing it is undefined, which nbgrader takes for all points: the hidden parts, which are not there, are not
   * missed.
   */
  get score(): number | undefined {
    const lost = this.parts.some(({ points, earned }) => earned < points);
    if (process.env.NBGRADER_EXECUTION === "validate" && !lost) return undefined;
    return this.parts.reduce((sum, { earned }) => sum + earned, 0);
  }
}

function earnedBy(verdict: Verdict, points: number, credit: Record<string, number>): number {
  if (verdict.status === "right") return points;
  const idea = verdict.status === "wrong" ? verdict.idea : undefined;
  return idea !== undefined && Object.hasOwn(credit, idea) ? (credit[idea] as number) : 0;
}

/** A graded question; `part` asks, `score` is what was earned. */
export function question(title: string): Question {
  return new Question(title);
}
