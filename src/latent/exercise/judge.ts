import { isTensor, type Pattern, type Reading, read, type Value } from "./reading.ts";

/** One question to an attempt, with the answer that is known because the question was made from it. */
export interface Trial {
  /** What the attempt was given, in words. */
  given: string;
  /** What it returned. */
  got: Value;
  /** The right answer. Its kind and shape are asked for as well: a number, a list, a tensor `[2, 3]`. */
  expected: Value;
  /**
   * How far each number may be off.
   *
   * @defaultValue 0.001 of the expected one, and below one half where that is a whole number
   */
  tolerance?: number;
  /** What common wrong ideas would return, by what is said to their owners; `null` fits any number. */
  mistakes?: Record<string, Pattern>;
}

/** A trial with its tensors read. */
export interface Answered {
  given: string;
  got: Reading;
  expected: Reading;
  tolerance: number | undefined;
  mistakes: Record<string, Reading>;
}

/** What came of an attempt. */
export type Verdict =
  | { status: "right"; trials: number }
  | {
      status: "wrong";
      reason: string;
      /** The mistake that fits every trial, where one does. */
      idea?: string;
    }
  | { status: "not tried yet" };

/** Reads all that a trial holds, while its tensors are there. */
export function answered({ given, got, expected, tolerance, mistakes = {} }: Trial): Answered {
  const ideas = Object.entries(mistakes).map(([idea, value]) => [idea, read(value)] as const);
  return { given, got: read(got), expected: read(expected), tolerance, mistakes: Object.fromEntries(ideas) };
}

/** Judges an attempt by its trials, of which there is at least one. */
export function judge(trials: readonly Answered[]): Verdict {
  const failed = trials.find(trial => !isRight(trial));
  if (failed === undefined) return { status: "right", trials: trials.length };
  const { given, expected, got } = failed;
  const digits = DIGITS.find(many => inWords(expected, many) !== inWords(got, many)) ?? DIGITS[0];
  const facts = `For ${given}: expected ${inWords(expected, digits)}, got ${inWords(got, digits)}.`;
  const idea = ideaOf(trials, failed);
  const reason = [facts, idea ?? remark(trials, failed)].join(" ").trim();
  return { status: "wrong", reason, ...(idea !== undefined && { idea }) };
}

function isRight(trial: Answered): boolean {
  const { got, expected } = trial;
  return got.kind === expected.kind && String(got.shape) === String(expected.shape) && holds(trial, expected);
}

/** The wrong idea that fits every trial. */
function ideaOf(trials: readonly Answered[], failed: Answered): string | undefined {
  const fits = (idea: string) => trials.every(trial => idea in trial.mistakes && holds(trial, trial.mistakes[idea]));
  return Object.keys(failed.mistakes).find(fits);
}

/** Why it is wrong, where no idea says it: a slip of form, the same answer always. */
function remark(trials: readonly Answered[], failed: Answered): string {
  const form = slip(failed);
  if (form !== undefined) return form;
  const [first] = trials as [Answered];
  const same = (which: "got" | "expected") =>
    trials.every(trial => holds({ ...trial, got: trial[which] }, first[which]));
  return same("got") && !same("expected")
    ? "Your answer is the same for every question: it must depend on what is given."
    : "";
}

function slip({ got, expected }: Answered): string | undefined {
  if (got.kind === "nothing") return "Nothing was returned.";
  if (got.kind === "tensor" && expected.kind === "number") return "A tensor is no number yet: read it with dataSync().";
  if (got.kind === "tensor" && expected.kind === "list") return "A tensor is no list yet: read it with arraySync().";
  if (got.entries.some(isTensor)) return "A tensor is no number yet: read it with dataSync().";
  if (got.kind !== "tensor" && got.entries.some(value => typeof value !== "number")) return "That is no number.";
  if (got.kind !== expected.kind) return `Expected is ${kinds[expected.kind]}, not ${kinds[got.kind]}.`;
  if (String(got.shape) !== String(expected.shape)) return otherShape(got, expected);
  const notANumber = "NaN comes from 0/0, or from a root, arcsine or logarithm out of its range.";
  return got.entries.some(Number.isNaN) ? notANumber : undefined;
}

function otherShape(got: Reading, expected: Reading): string {
  const lists = expected.kind === "list" && got.shape.length === 1 && expected.shape.length === 1;
  if (lists) return `Expected are ${expected.shape} numbers, not ${got.shape}.`;
  return `Expected is the shape ${shape(expected)}, not ${shape(got)}.`;
}

const kinds: Record<Reading["kind"], string> = {
  number: "a number",
  list: "a list",
  tensor: "a tensor",
  nothing: "nothing",
  "something else": "something else",
};

const shape = (value: Reading) => `[${value.shape.join(", ")}]`;

function holds({ got, tolerance }: Answered, wanted: Reading | undefined): boolean {
  if (wanted === undefined || got.entries.length !== wanted.entries.length) return false;
  // A tensor as a wrong idea says its shape as well; a list stands for its numbers alone.
  if (wanted.kind === "tensor" && String(got.shape) !== String(wanted.shape)) return false;
  return got.entries.every((value, i) => near(value, wanted.entries[i], tolerance));
}

function near(value: unknown, wanted: unknown, tolerance?: number): boolean {
  if (typeof value !== "number") return false;
  if (wanted === null) return true;
  if (typeof wanted !== "number") return false;
  if (!Number.isFinite(wanted)) return value === wanted; // a thousandth of it would be near everything
  const share = 1e-3 * Math.max(1e-3, Math.abs(wanted));
  // A whole number may be a count: one more is another answer, however many they are.
  return Math.abs(value - wanted) <= (tolerance ?? (Number.isInteger(wanted) ? Math.min(share, 0.4) : share));
}

/** More numbers than these nobody reads. */
const SHOWN = 12;
/** Digits of each: the first that tell the answer from what was expected. */
const DIGITS = [5, 7, 9, 12, 15] as const;

function inWords({ kind, shape: sizes, entries }: Reading, digits: number): string {
  const word = (entry: unknown) => (typeof entry === "number" ? number(entry, digits) : other(entry));
  const words = entries.slice(0, SHOWN).map(word);
  if (entries.length > SHOWN) words.push("…");
  if (kind !== "tensor" && kind !== "list") return words.join(", ");
  const isWhole = words.length === sizes.reduce((product, size) => product * size, 1);
  const text = isWhole ? inRows(words, sizes) : words.join(", ");
  return kind === "tensor" ? `a tensor [${sizes.join(", ")}] of ${text}` : `[${text}]`;
}

/** The entries with a bracket around each row of a matrix, and so on inwards. */
function inRows(words: readonly string[], [rows = 1, ...inner]: readonly number[]): string {
  if (inner.length === 0) return words.join(", ");
  const size = words.length / rows;
  const parts = Array.from({ length: rows }, (_, row) => words.slice(row * size, (row + 1) * size));
  return parts.map(part => `[${inRows(part, inner)}]`).join(", ");
}

const number = (value: number, digits: number) => String(Number(value.toPrecision(digits))).replace("-", "−");
const other = (value: unknown) => (isTensor(value) ? "a tensor" : String(value));
