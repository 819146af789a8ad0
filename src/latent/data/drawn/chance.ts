import { uniform } from "../../random/uniform.ts";

/**
 * Random numbers for drawing, made of additions alone: sines and logarithms differ in their last digit between machines,
 * and a drawn digit shall be the same everywhere.
 */
export interface Chance {
  /** Uniform on [from, to). */
  between(from: number, to: number): number;
  /** A whole number from 0 up to n − 1. */
  below(n: number): number;
  /** Mean 0, standard deviation `deviation`, within ±3 of them: the sum of three uniform numbers, nearly a normal one. */
  about(deviation: number): number;
}

export function chance(seed: number): Chance {
  const random = uniform(seed);
  return {
    between: (from, to) => from + (to - from) * random(),
    below: n => Math.floor(n * random()),
    about: deviation => 2 * deviation * (random() + random() + random() - 1.5),
  };
}
