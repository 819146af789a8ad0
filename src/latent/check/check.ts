import { show } from "../display/show.ts";
import { type Check, digits, expectCheck, holds, inWords } from "./evaluate.ts";
import { table } from "./table.ts";

/** At least one claim of a check cell did not hold. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/**
 * Proves the claims of a lesson: shows one table with target, ours, tolerance and source of every claim, and only then
 * fails the cell if any did not hold, so that a class sees all rows and a run without a reader stops with an error.
 *
 *     check(
 *       ["error of the code", error, { target: 3.355253, tolerance: "0.5 %", source: "λ₃ + … + λ₆₄" }],
 *       ["largest angle", angle, { atMost: 2, unit: "°", source: "0° at the minimum" }],
 *     );
 *
 * @throws CheckFailed naming each claim that failed; RangeError when there is none to check; TypeError when one is no claim
 */
export function check(...checks: readonly Check[]): void {
  if (checks.length === 0) throw new RangeError("There is no claim to check.");
  checks.forEach(expectCheck);
  show(table(checks));
  const failed = checks.filter(([, ours, expected]) => !holds(ours, expected));
  if (failed.length === 0) return;
  const reasons = failed.map(([claim, ours, expected]) => `${claim}: ${digits(ours)}, expected ${inWords(expected)}`);
  throw new CheckFailed(`${failed.length} of ${checks.length} checks failed. ${reasons.join("; ")}.`);
}
