/** A claim of the lesson beside what was measured. */
export interface Claim {
  /** What is claimed, in a few words. */
  claim: string;
  /** What this notebook got. */
  ours: number;
  /** Where the expected value comes from: a formula, a paper, a measurement. */
  source: string;
  /** Unit of both values. */
  unit?: string;
}

/** The value must lie within `tolerance` of `target`: a number in the same unit, or a share of the target ("0.5 %"). */
export interface Near {
  target: number;
  tolerance: number | `${number} %`;
}

export interface AtMost {
  atMost: number;
}

export interface AtLeast {
  atLeast: number;
}

/** A row of a check table. */
export type Check = Claim & (Near | AtMost | AtLeast);

/** A row after it was judged. */
export interface Verdict {
  check: Check;
  passed: boolean;
  /** The expectation in words: "3.355253 ± 0.5 %", "≤ 2". */
  expected: string;
}

/** Judges one row. A value that is no number fails. */
export function evaluate(check: Check): Verdict {
  const { ours } = check;
  if ("atMost" in check) return { check, passed: ours <= check.atMost, expected: `≤ ${digits(check.atMost)}` };
  if ("atLeast" in check) return { check, passed: ours >= check.atLeast, expected: `≥ ${digits(check.atLeast)}` };
  const { target, tolerance } = check;
  const allowed = typeof tolerance === "number" ? tolerance : (Number.parseFloat(tolerance) / 100) * Math.abs(target);
  return { check, passed: Math.abs(ours - target) <= allowed, expected: `${digits(target)} ± ${tolerance}` };
}

/** A value for the table: seven significant digits at most, the precision of float32. */
export function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(7))).replace("-", "−") : String(value);
}
