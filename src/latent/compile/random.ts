import { tf } from "../engine/tf.ts";
import { expectSeed } from "../train/random.ts";
import { nativeBackend, runOp } from "./native.ts";

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
    this.state = tf.tidy(() => tf.variable(tf.tensor1d([seed | 0, 0], "int32"), false));
  }

  /** Normal numbers of the given shape, mean and standard deviation; float32. */
  normal(shape: number[], mean = 0, deviation = 1): tf.Tensor {
    return tf.tidy(() => tf.add(tf.mul(this.#draw("Normal", shape), deviation), mean));
  }

  /** Uniform numbers of the given shape in [low, high); float32. */
  uniform(shape: number[], low = 0, high = 1): tf.Tensor {
    return tf.tidy(() => tf.add(tf.mul(this.#draw("Uniform", shape), high - low), low));
  }

  /** Zeros and ones, float32, of the shape of `probabilities`: 1 with the probability at its place. */
  bernoulli<T extends tf.Tensor>(probabilities: T): T {
    return tf.tidy(() => tf.cast(tf.less(this.#draw("Uniform", probabilities.shape), probabilities), "float32")) as T;
  }

  /** Begins again: the draws from here on are those of a new generator of this seed. */
  reset(seed: number): void {
    expectSeed(seed);
    tf.tidy(() => this.state.assign(tf.tensor1d([seed | 0, 0], "int32")));
  }

  dispose(): void {
    this.state.dispose();
  }

  #draw(law: "Normal" | "Uniform", shape: number[]): tf.Tensor {
    const numbers = nativeBackend() ? drawNatively(law, shape, this.state) : drawInJavaScript(law, shape, this.state);
    this.state.assign(tf.add(this.state, tf.tensor1d([0, 1], "int32")));
    return numbers;
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

function drawNatively(law: "Normal" | "Uniform", shape: number[], state: tf.Variable): tf.Tensor {
  const types = { dtype: { type: "float32" }, T: { type: "int32" }, Tseed: { type: "int32" } } as const;
  return runOp(`StatelessRandom${law}`, types, [tf.tensor1d(shape, "int32"), state]);
}

function drawInJavaScript(law: "Normal" | "Uniform", shape: number[], state: tf.Variable): tf.Tensor {
  const [seed = 0, draw = 0] = state.dataSync();
  const mixed = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b)) >>> 0;
  if (law === "Normal") return tf.randomNormal(shape, 0, 1, "float32", mixed);
  return tf.randomUniform(shape, 0, 1, "float32", mixed);
}
