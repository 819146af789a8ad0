import { tf } from "../engine/tf.ts";
import { expectSeed } from "../random/uniform.ts";
import { nativeBackend, runOp } from "./native.ts";
import { ownOperations } from "./own-operations.ts";

/** The states of all generators: they belong to no model. */
export const generatorStates: WeakSet<tf.Variable> = new WeakSet();

/**
 * Random numbers drawn by the engine, in eager code and in compiled steps: the same seed gives the same numbers in both.
 * The state, `[seed, draws so far]`, is a variable: it is saved with the others, and each draw advances it by one.
 *
 * Source: TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform` (Philox, Salmon et al. 2011,
 * doi:10.1145/2063384.2063405). Without the native engine the numbers come from tfjs and are others.
 */
export class Generator {
  /** int32 `[2]`: the seed and the number of draws. */
  readonly state: tf.Variable;

  constructor(seed: number) {
    expectSeed(seed);
    // A name as tfjs numbers those of layers: a checkpoint finds it again in another process.
    const { nextVariableId } = tf.engine() as unknown as { nextVariableId(): string };
    const name = `generator_Generator${nextVariableId()}/state`;
    this.state = tf.tidy(() => tf.variable(tf.tensor1d([seed | 0, 0], "int32"), false, name));
    generatorStates.add(this.state);
  }

  /** Normal numbers of the given shape, mean and standard deviation; float32. */
  normal(shape: number[], mean = 0, deviation = 1): tf.Tensor {
    return tf.tidy(() => tf.add(tf.mul(this.#draw("normal", shape), deviation), mean));
  }

  /** Uniform numbers of the given shape in [low, high); float32. */
  uniform(shape: number[], low = 0, high = 1): tf.Tensor {
    return tf.tidy(() => tf.add(tf.mul(this.#draw("uniform", shape), high - low), low));
  }

  /** Normal numbers of the given shape, drawn again where they lie more than two standard deviations from the mean; float32. */
  truncatedNormal(shape: number[], mean = 0, deviation = 1): tf.Tensor {
    return tf.tidy(() => tf.add(tf.mul(this.#draw("truncatedNormal", shape), deviation), mean));
  }

  /** Numbers of the Gamma distribution with shape `alpha` and rate `beta`, `alpha / beta` on average; float32. */
  gamma(shape: number[], alpha: number, beta = 1): tf.Tensor {
    return tf.tidy(() => tf.div(this.#draw("gamma", shape, tf.scalar(alpha)), beta));
  }

  /** `count` classes for each row of `logits` `[b, classes]`, drawn with the softmax as probabilities: int32 `[b, count]`. */
  categorical(logits: tf.Tensor2D, count: number): tf.Tensor2D {
    return tf.tidy(() => this.#draw("categorical", [count], logits)) as tf.Tensor2D;
  }

  /** Zeros and ones, float32, of the shape of `probabilities`: 1 with the probability at its place. */
  bernoulli<T extends tf.Tensor>(probabilities: T): T {
    return tf.tidy(() => this.#draw("bernoulli", probabilities.shape, tf.cast(probabilities, "float32"))) as T;
  }

  /** Begins again: the draws from here on are those of a new generator of this seed. */
  reset(seed: number): void {
    expectSeed(seed);
    tf.tidy(() => this.state.assign(tf.tensor1d([seed | 0, 0], "int32")));
  }

  dispose(): void {
    this.state.dispose();
  }

  #draw(law: keyof typeof laws, shape: number[], parameter?: tf.Tensor): tf.Tensor {
    const { native, plain } = laws[law];
    const drawn = nativeBackend() ? native(shape, this.state, parameter) : plain(shape, mixed(this.state), parameter);
    this.state.assign(tf.add(this.state, tf.tensor1d([0, 1], "int32")));
    return drawn;
  }
}

/**
 * A {@link Generator} of random numbers for compiled steps; make it outside of the step.
 *
 * @throws RangeError when `seed` is not a whole number from −2³¹ to 2³¹ − 1
 */
export function generator(seed: number): Generator {
  return new Generator(seed);
}

/** How numbers are drawn: by TensorFlow from seed and count, and where it is not there by tfjs from a number of both. */
interface Law {
  native(shape: number[], state: tf.Variable, parameter?: tf.Tensor): tf.Tensor;
  plain(shape: number[], seed: number, parameter?: tf.Tensor): tf.Tensor;
}

const KEYS = { T: { type: "int32" }, Tseed: { type: "int32" } } as const;
const FLOAT = { dtype: { type: "float32" }, ...KEYS } as const;

function stateless(op: string): Law["native"] {
  return (shape, state) => runOp(op, FLOAT, [tf.tensor1d(shape, "int32"), state]);
}

const laws = {
  normal: {
    native: stateless("StatelessRandomNormal"),
    plain: (shape, seed) => tf.randomNormal(shape, 0, 1, "float32", seed),
  },
  uniform: {
    native: stateless("StatelessRandomUniform"),
    plain: (shape, seed) => tf.randomUniform(shape, 0, 1, "float32", seed),
  },
  bernoulli: {
    // The operation draws the same numbers as the law above it, and compares them at once.
    native: (shape, state, probabilities) =>
      ownOperations()
        ? runOp("LatentBernoulli", {}, [probabilities as tf.Tensor, state])
        : below(stateless("StatelessRandomUniform")(shape, state), probabilities as tf.Tensor),
    plain: (shape, seed, probabilities) =>
      below(tf.randomUniform(shape, 0, 1, "float32", seed), probabilities as tf.Tensor),
  },
  truncatedNormal: {
    native: stateless("StatelessTruncatedNormal"),
    plain: (shape, seed) => tf.truncatedNormal(shape, 0, 1, "float32", seed),
  },
  gamma: {
    native: (shape, state, alpha) =>
      runOp("StatelessRandomGammaV2", FLOAT, [tf.tensor1d(shape, "int32"), state, alpha as tf.Tensor]),
    plain: (shape, seed, alpha) =>
      tf.randomGamma(shape, (alpha as tf.Tensor).dataSync()[0] as number, 1, "float32", seed),
  },
  categorical: {
    native: ([count = 1], state, logits) =>
      runOp(
        "StatelessMultinomial",
        { T: { type: "float32" }, Tseed: { type: "int32" }, output_dtype: { type: "int32" } },
        [logits as tf.Tensor, tf.scalar(count, "int32"), state],
      ),
    plain: ([count = 1], seed, logits) => tf.multinomial(logits as tf.Tensor2D, count, seed),
  },
} satisfies Record<string, Law>;

function below(uniform: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  return tf.cast(tf.less(uniform, probabilities), "float32");
}

function mixed(state: tf.Variable): number {
  const [seed = 0, draw = 0] = state.dataSync();
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b)) >>> 0 || 1; // 0 is no seed to tfjs
}
