import type { Tensor1D, Tensor2D, Tensor3D, Variable } from "@tensorflow/tfjs-node";
import { type LstmWeights, lstm } from "../compile/recurrent/lstm.ts";
import { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { type Autoencoder, autoencoder, type Output } from "./autoencoder.ts";
import { dense } from "./dense.ts";
import { type Initial, initial } from "./initial.ts";
import type { Layer } from "./layer.ts";

/** The variables of an LSTM layer. Columns are the gates in Keras' order: input, forget, cell, output. */
export interface LstmVariables {
  /** `[features, 4 units]`. */
  kernel: Variable;
  /** `[units, 4 units]`. */
  recurrent: Variable;
  /** `[4 units]`; 1 at the forget gate (Jozefowicz et al. 2015), else 0. */
  bias: Variable;
}

export function lstmVariables(make: Initial, features: number, units: number): LstmVariables {
  const bias = make.constant([4 * units], 0);
  tf.tidy(() => {
    const gate = tf.range(0, 4 * units);
    bias.assign(tf.cast(tf.logicalAnd(tf.greaterEqual(gate, units), tf.less(gate, 2 * units)), "float32"));
  });
  return { kernel: make.glorot([features, 4 * units]), recurrent: make.glorot([units, 4 * units]), bias };
}

export interface LstmOptions {
  /** Length of a sequence. */
  timeSteps: number;
  /** Numbers at each step. */
  features: number;
  /**
   * Units of each LSTM.
   *
   * @defaultValue 32
   */
  units?: number;
  /**
   * Length of the code.
   *
   * @defaultValue 16
   */
  code?: number;
  /**
   * @defaultValue `squared`
   */
  output?: Output;
  /** Fixes the first weights. */
  seed: number;
}

const KEYS: Keys<LstmOptions> = { timeSteps: true, features: true, units: true, code: true, output: true, seed: true };

/**
 * An LSTM autoencoder of sequences `[b, timeSteps, features]`: the encoder's last state becomes the code `[b, code]`, which the
 * decoder gets at every step. Srivastava, Mansimov & Salakhutdinov 2015, arXiv:1502.04681 (unconditioned decoder).
 */
export function lstmAutoencoder(options: LstmOptions): Autoencoder<Tensor3D, Tensor2D> {
  expectKeys(options, "lstmAutoencoder", KEYS, { steps: "timeSteps" });
  const { timeSteps, features, units = 32, code = 16, output = "squared", seed } = options;
  const make = initial(seed);
  const [reader, writer] = [lstmVariables(make, features, units), lstmVariables(make, code, units)];
  const toCode = dense(make, units, code);
  const toStep = dense(make, units, features);
  const encoder: Layer<Tensor3D, Tensor2D> = {
    apply: x => toCode.apply(lstm(x, weightsOf(reader)) as Tensor2D),
    variables: [...Object.values(reader), ...toCode.variables],
  };
  const decoder: Layer<Tensor2D, Tensor3D> = {
    apply: z => {
      const states = lstm(z, weightsOf(writer), { repeat: timeSteps, sequences: true });
      return tf.reshape(toStep.apply(tf.reshape(states, [-1, units])), [-1, timeSteps, features]);
    },
    variables: [...Object.values(writer), ...toStep.variables],
  };
  return autoencoder({ encoder, decoder, output });
}

function weightsOf({ kernel, recurrent, bias }: LstmVariables): LstmWeights {
  return { kernel, recurrent, bias } as unknown as { kernel: Tensor2D; recurrent: Tensor2D; bias: Tensor1D };
}
