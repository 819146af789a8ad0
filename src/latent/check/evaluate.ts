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
