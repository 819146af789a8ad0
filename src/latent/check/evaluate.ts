import { kind } from "../options/kind.ts";

interface Known {
  /** Where the expected value comes from: a formula, a paper, a measurement. */
  source: string;
  /** Unit of both values. */
  unit?: string;
}

/** The value must lie within `tolerance` of `target`: a number in the same unit, or a share of the target ("0.5 %"). */
interface Near {
  target: number;
  tolerance: number | `${number} %`;
}

interface AtMost {
  atMost: number;
}

interface AtLeast {
  atLeast: number;
}

/** What a value should be, and why. */
export type Expected = Known & (Near | AtMost | AtLeast);

/** A row of a check table: what is claimed in a few words, what this notebook got, what it should be. */
export type Check = readonly [claim: string, ours: number, expected: Expected];

/**
 * Refuses what would pass, or fail, without having been compared.
 *
 * @throws TypeError naming the claim and what it lacks
 */
export function expectCheck(check: unknown, i: number): void {
  if (!Array.isArray(check) || typeof check[0] !== "string")
    throw new TypeError(`Claim ${i + 1} has to be [claim, ours, expected], in brackets; it is ${kind(check)}.`);
  const [claim, ours, expected] = check as [string, unknown, Record<string, unknown> | undefined];
  if (typeof ours !== "number")
    throw new TypeError(`"${claim}" compares a number; it got ${kind(ours)}. A tensor's is tensor.dataSync()[0].`);
  const bound = ["atMost", "atLeast", "target"].find(key => typeof expected?.[key] === "number");
  if (bound === undefined)
    throw new TypeError(`"${claim}" needs what is expected: { target, tolerance }, { atMost } or { atLeast }.`);
  if (bound === "target" && !isTolerance(expected?.tolerance))
    throw new TypeError(`"${claim}" needs a tolerance, such as 0.1 or "5 %"; it got ${String(expected?.tolerance)}.`);
  if (typeof expected?.source !== "string")
    throw new TypeError(`"${claim}" needs a source: where the expected value comes from.`);
}

function isTolerance(tolerance: unknown): boolean {
  if (typeof tolerance === "string") return /^\d+(\.\d+)?(e-?\d+)? ?%$/.test(tolerance);
  return typeof tolerance === "number" && tolerance >= 0;
}

/** Whether a value is what was expected; NaN never is. */
export function holds(ours: number, expected: Expected): boolean {
  if ("atMost" in expected) return ours <= expected.atMost;
  if ("atLeast" in expected) return ours >= expected.atLeast;
  const { target, tolerance } = expected;
  const allowed = typeof tolerance === "number" ? tolerance : (Number.parseFloat(tolerance) / 100) * Math.abs(target);
  return Math.abs(ours - target) <= allowed;
}

/** An expectation in words: "3.355253 ± 0.5 %", "≤ 2". */
export function inWords(expected: Expected): string {
  if ("atMost" in expected) return `≤ ${digits(expected.atMost)}`;
  if ("atLeast" in expected) return `≥ ${digits(expected.atLeast)}`;
  return `${digits(expected.target)} ± ${expected.tolerance}`;
}

/** A value for people: seven significant digits at most, the precision of float32. */
export function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(7))).replace("-", "−") : String(value);
}
