import { parsePercent } from "../../course/pair/index.ts";

/** An answer that is tried at an assignment's tests. */
export interface TriedAnswer {
  /** The answer cell that it takes the place of. */
  to: string;
  /** "right", or the wrong idea in a few words. */
  idea: string;
  source: string;
  /** A part of the message that a wrong one gets. */
  says?: string;
  /** Points that a wrong one may get; without it fewer than all. */
  most?: number;
}

/**
 * Reads a script of answers (notebooks/homework/README.md).
 *
 * @throws SyntaxError when a cell names no answer cell or no idea
 */
export function readAnswers(script: string): TriedAnswer[] {
  return parsePercent(script).flatMap(({ type, metadata, source }) => {
    if (type !== "code" || metadata.answer === undefined) return [];
    const answer = metadata.answer as Partial<TriedAnswer>;
    if (answer.to === undefined || answer.idea === undefined)
      throw new SyntaxError(`An answer says "to" which cell it goes, and its "idea": ${source.slice(0, 80)}`);
    return [{ ...answer, to: answer.to, idea: answer.idea, source: source.replace(/^export /gm, "") }];
  });
}
