/** A number, or several that must all be right. */
export type Value = number | readonly number[];

/** One question to an attempt, with the answer that is known because the question was made from it. */
export interface Trial {
  /** What the attempt was given, in words. */
  given: string;
  /** What it returned. */
  got: Value;
  expected: Value;
  /** How far each number may be off, 0.001 of the expected one unless given. */
  tolerance?: number;
  /** What common wrong ideas would return, by what is said to their owners; `null` fits any number. */
  mistakes?: Record<string, number | readonly (number | null)[]>;
}

/** What came of an attempt. */
export type Verdict =
  | { status: "right"; trials: number }
  | { status: "wrong"; reason: string }
  | { status: "not tried yet" };

/** Judges an attempt by its trials, of which there is at least one. */
export function judge(trials: readonly Trial[]): Verdict {
  const failed = trials.find(trial => !holds(trial, trial.expected));
  if (failed === undefined) return { status: "right", trials: trials.length };
  const { given, expected, got } = failed;
  const facts = `For ${given}: expected ${inWords(expected)}, got ${inWords(got)}.`;
  return { status: "wrong", reason: [facts, remark(trials, failed)].join(" ").trim() };
}

/** Why it is wrong, where that can be told: a slip of form first, then a wrong idea that fits every trial. */
function remark(trials: readonly Trial[], failed: Trial): string {
  const form = slip(failed);
  if (form !== undefined) return form;
  const ideas = Object.keys(failed.mistakes ?? {});
  const fits = (idea: string) => trials.every(trial => idea in (trial.mistakes ?? {}) && holds(trial, of(trial, idea)));
  const idea = ideas.find(fits);
  if (idea !== undefined) return idea;
  const [first] = trials as [Trial];
  const same = trials.length > 1 && trials.every(trial => holds(trial, first.got));
  return same ? "Your answer is the same for every question: it must depend on what is given." : "";
}

function slip({ got, expected }: Trial): string | undefined {
  const numbers: readonly unknown[] = list(got);
  if (numbers.length !== list(expected).length) return `Expected are ${list(expected).length} numbers.`;
  if (got === undefined) return "Nothing was returned.";
  if (numbers.some(isTensor)) return "A tensor is no number yet: read it with dataSync().";
  if (numbers.some(value => typeof value !== "number")) return "That is no number.";
  if (numbers.some(Number.isNaN)) return "NaN comes from 0/0, or from a root, arcsine or logarithm out of its range.";
  return undefined;
}

function of(trial: Trial, idea: string): number | readonly (number | null)[] {
  return trial.mistakes?.[idea] as number | readonly (number | null)[];
}

function holds({ got, tolerance }: Trial, wanted: number | readonly (number | null)[]): boolean {
  const [ours, theirs] = [list(got), list(wanted)];
  return ours.length === theirs.length && ours.every((value, i) => near(value, theirs[i] as number | null, tolerance));
}

function near(value: unknown, wanted: number | null, tolerance?: number): boolean {
  if (typeof value !== "number") return false;
  return wanted === null || Math.abs(value - wanted) <= (tolerance ?? 1e-3 * Math.max(1e-3, Math.abs(wanted)));
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function isTensor(value: unknown): boolean {
  return typeof value === "object" && value !== null && "dataSync" in value;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inWords).join(", ")}]`;
  if (typeof value === "number") return String(Number(value.toPrecision(5))).replace("-", "−");
  return isTensor(value) ? "a tensor" : String(value);
}
