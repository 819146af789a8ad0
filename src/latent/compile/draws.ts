import { createRequire } from "node:module";
import { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";
import { callers } from "./place.ts";
import type { Generator } from "./random.ts";
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
      ".bernoulli inside; or compile(step, { random }), which lets tfjs' own functions and layers draw from it.",
  );
}

type Draws = Pick<
  typeof tf,
  | "dropout"
  | "multinomial"
  | "randomGamma"
  | "randomNormal"
  | "randomStandardNormal"
  | "randomUniform"
  | "randomUniformInt"
  | "truncatedNormal"
>;

/** The module whose functions tfjs' layers call, and through which `tf` of the native engine reaches them. */
function core(): Draws {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve("@tensorflow/tfjs"))("@tensorflow/tfjs-core") as Draws;
}

/**
 * Lets tfjs' functions that draw random numbers, and with them its layers (dropout, noise), draw from `random`: other
 * numbers at each step, the same ones in the same training. With a seed of their own they draw the same numbers each time,
 * as tfjs has it; dropout does not, since a mask that never changes is another network. Returns the ways back.
 */
export function replaceDraws(random: Generator): (() => void)[] {
  const modules = [core(), ...(Object.getOwnPropertyDescriptor(tf, "randomNormal")?.writable ? [tf as Draws] : [])];
  return modules.flatMap(module => {
    const ours = drawing(random, { ...module });
    return (Object.keys(ours) as (keyof Draws)[]).map(name => swap(module, name, ours[name] as never));
  });
}

function drawing(random: Generator, theirs: Draws): Draws {
  const isTheirs = (seed: unknown): boolean => (seed !== undefined && seed !== null) || isFirstWeights(callers());
  const ours: Draws = {
    randomNormal: (shape, mean = 0, deviation = 1, dtype, seed) =>
      isTheirs(seed)
        ? theirs.randomNormal(shape, mean, deviation, dtype, seed)
        : (typed(random.normal(shape, mean, deviation), dtype, tf.round) as never),
    randomStandardNormal: (shape, dtype, seed) => ours.randomNormal(shape, 0, 1, dtype, seed),
    truncatedNormal: (shape, mean = 0, deviation = 1, dtype, seed) =>
      isTheirs(seed)
        ? theirs.truncatedNormal(shape, mean, deviation, dtype, seed)
        : (typed(random.truncatedNormal(shape, mean, deviation), dtype, tf.round) as never),
    randomUniform: (shape, low = 0, high = 1, dtype, seed) =>
      isTheirs(seed)
        ? theirs.randomUniform(shape, low, high, dtype, seed)
        : (typed(random.uniform(shape, low, high), dtype, tf.floor) as never),
    randomUniformInt: (shape, low, high, seed) => ours.randomUniform(shape, low, high, "int32", seed),
    randomGamma: (shape, alpha, beta = 1, dtype, seed) =>
      isTheirs(seed)
        ? theirs.randomGamma(shape, alpha, beta, dtype, seed)
        : (typed(random.gamma(shape, alpha, beta), dtype, tf.round) as never),
    multinomial: (logits, count, seed, normalized = false) =>
      isTheirs(seed)
        ? theirs.multinomial(logits, count, seed, normalized)
        : categorical(random, logits, count, normalized),
    dropout: (x, rate, shape) => dropout(random, theirs, x, rate, shape),
  };
  return ours;
}

function typed(numbers: tf.Tensor, dtype: string | undefined, whole: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (dtype === undefined || dtype === "float32") return numbers;
  return tf.tidy(() => tf.cast(whole(numbers), dtype as "int32"));
}

const categorical = (random: Generator, logits: tf.Tensor | tf.TensorLike, count: number, normalized: boolean): never =>
  tf.tidy(() => {
    const given = tf.cast(logits as tf.Tensor, "float32");
    const rows = (given.rank === 1 ? tf.expandDims(given, 0) : given) as tf.Tensor2D;
    const drawn = random.categorical(normalized ? tf.log(rows) : rows, count);
    return given.rank === 1 ? tf.squeeze(drawn, [0]) : drawn;
  }) as never;

/** Entries are 0 with the probability `rate`, and the others scaled up by as much. */
function dropout(
  random: Generator,
  theirs: Draws,
  x: tf.Tensor | tf.TensorLike,
  rate: number,
  shape: number[] | undefined,
): tf.Tensor {
  const isTensor = x instanceof tf.Tensor && x.dtype === "float32";
  if (!isTensor || !(rate > 0 && rate < 1)) return theirs.dropout(x, rate, shape); // nothing to draw, or its own refusal
  return tf.tidy(() => {
    const own = (x as tf.Tensor).shape;
    const noise = !shape ? own : shape.length === own.length ? shape.map((size, i) => size ?? own[i]) : shape;
    const kept = tf.less(random.uniform(noise as number[]), 1 - rate);
    return tf.mul(x as tf.Tensor, tf.div(tf.cast(kept, "float32"), 1 - rate));
  });
}
