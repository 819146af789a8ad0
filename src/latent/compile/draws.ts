import { StepRefused } from "./errors.ts";
import { callers } from "./place.ts";
import type { Recorder } from "./recorder.ts";
import { swap } from "./swap.ts";

/** Functions of tfjs that draw numbers in JavaScript, by the names they run under. */
const DRAWS = new Set([
  "rand_",
  "randomGamma_",
  "randomNormal_",
  "randomStandardNormal_",
  "randomUniform_",
  "randomUniformInt_",
  "truncatedNormal_",
]);
/** A layer that makes its weights when it is first used draws them once, as it should. */
const FIRST_WEIGHTS = /(^|\.)addWeight$/;

/** Refuses values that tfjs has just drawn in JavaScript: a graph would hold the same ones at every step. */
export function refuseDrawn(): void {
  const running = callers();
  const draws = running.find(name => DRAWS.has(name));
  if (draws !== undefined && !isFirstWeights(running)) throw refusal(`tf.${draws.slice(0, -1)}`);
}

/** Refuses `Math.random`; returns the way back. */
export function refuseRandom(recorder: Recorder): () => void {
  const { random } = Math;
  return swap(Math, "random", () => {
    if (recorder.paused) return random();
    const running = callers();
    if (isFirstWeights(running)) return random();
    const draws = running.find(name => DRAWS.has(name));
    throw refusal(draws === undefined ? "Math.random" : `tf.${draws.slice(0, -1)}`);
  });
}

function isFirstWeights(running: readonly string[]): boolean {
  return running.some(name => FIRST_WEIGHTS.test(name));
}

function refusal(name: string): StepRefused {
  return new StepRefused(
    `${name} draws its numbers in JavaScript; a compiled step would use the same ones for ever`,
    "Draw them in the engine: const random = generator(seed) outside of the step, random.normal(shape), .uniform or " +
      ".bernoulli inside.",
  );
}
