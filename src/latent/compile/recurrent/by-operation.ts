import { tf } from "../../engine/tf.ts";
import { runOps } from "../native.ts";
import { type Activation, hardSigmoid, sigmoid } from "./gates.ts";
import type { LstmOptions, LstmWeights } from "./lstm.ts";

/** Functions of gates that the operation knows. */
export const NATIVE_GATES: readonly Activation[] = [sigmoid, hardSigmoid];

/** The LSTM as one operation over all time steps, `LatentLstm` of `src/native`, and one for its gradient. */
export function lstmByOperation(x: tf.Tensor, weights: LstmWeights, options: LstmOptions = {}): tf.Tensor {
  const { sequences = false, repeat, gate } = options;
  const [batch = 0, time = 0] = repeat === undefined ? x.shape : [x.shape[0], repeat];
  const attributes = { time: { int: time }, repeated: repeat !== undefined, hard: gate === hardSigmoid };
  const run = tf.customGrad((...args) => {
    const [input, kernel, recurrent, bias, save] = args as unknown as [
      ...[tf.Tensor, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D],
      (saved: tf.Tensor[]) => void,
    ];
    const rows = tf.matMul(rowsOf(input), kernel);
    const projected = repeat === undefined ? tf.reshape(rows, [batch, time, kernel.shape[1]]) : rows;
    const results = runOps("LatentLstm", attributes, [projected, recurrent, bias], 5);
    const [gates, cells, squashed, outputs, last] = results as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    save([input, kernel, gates, cells, squashed, outputs, recurrent]);
    const gradFunc = (dy: tf.Tensor, [x, k, ...saved]: tf.Tensor[]): tf.Tensor[] => {
      const back = runOps("LatentLstmGrad", attributes, [...saved, dy], 4);
      const [sums, totals, dRecurrent, dBias] = back as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const dRows = rowsOf(repeat === undefined ? sums : totals);
      const dInput = tf.reshape(tf.matMul(dRows, k as tf.Tensor2D, false, true), (x as tf.Tensor).shape);
      return [dInput, tf.matMul(rowsOf(x as tf.Tensor), dRows, true), dRecurrent, dBias];
    };
    return { value: sequences ? outputs : last, gradFunc };
  });
  return run(x, weights.kernel, weights.recurrent, weights.bias);
}

/** All dimensions but the last as one. */
function rowsOf(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1) as number]);
}
