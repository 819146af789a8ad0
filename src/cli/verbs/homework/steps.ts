import { classSteps } from "./class.ts";
import { studentSteps } from "./student.ts";

/** A step of a homework. */
export interface Step {
  readonly usage: string;
  readonly summary: string;
  /** Returns the exit code. */
  run(args: readonly string[]): Promise<number>;
}

export const steps: Readonly<Record<string, Step>> = { ...classSteps, ...studentSteps };
