import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  Clip,
  CompileOptions,
  EarlyStopping,
  Epoch,
  FitOptions,
  Inputs,
  Loss,
  Schedule,
  TrainingOptions,
  Weighted,
} from "./index.ts";
import { compile, fit, tf } from "./index.ts";

/** Names of TensorFlow.js that a function of a lesson is written with; the compiler looks at them. */
interface Named {
  video: tf.Tensor5D;
  numbers: tf.TypedArray;
  map: tf.NamedTensorMap;
  buffer: tf.TensorBuffer<tf.Rank.R2>;
  layer: tf.layers.Layer;
  handler: tf.io.IOHandler;
  rows: tf.data.Dataset<tf.Tensor>;
  past: tf.History;
  save: tf.GradSaveFunc;
  adam: tf.AdamOptimizer;
  like: tf.ScalarLike;
  shape: tf.Shape;
  memory: tf.MemoryInfo;
  each: tf.CustomCallbackArgs;
  whole: tf.ModelFitDatasetArgs<tf.TensorContainer>;
  cell: tf.layers.RNNCell;
  config: tf.serialization.ConfigDict;
  table: tf.data.CSVDataset;
  activation: tf.fused.Activation;
}

test("options of a training can be declared by their types before they are used", async () => {
  const clip: Clip = { norm: 1 };
  const learningRate: Schedule = step => 0.1 / (step + 1);
  const w = tf.variable(tf.ones([2, 1]));
  const weights: Weighted = [w];
  const loss: Loss<tf.Tensor2D> = x => tf.mean(tf.matMul(x, w as tf.Tensor));
  const earlyStopping: EarlyStopping = { patience: 9 };
  const training: TrainingOptions & CompileOptions = { optimizer: tf.train.sgd(0.1), clip, learningRate };
  const inputs: Inputs<[tf.Tensor2D]> = [tf.ones([3, 2]) as tf.Tensor2D];
  const known: Pick<Named, "numbers"> = { numbers: w.dataSync() };
  const step = compile(loss, training);
  assert.equal(step(...inputs), 2);
  assert.equal(known.numbers.length, 2 * (weights as tf.Variable[]).length);
  const seen: Epoch[] = [];
  const options: FitOptions<never> = { epochs: 2, ...training, earlyStopping, onEpoch: epoch => void seen.push(epoch) };
  await fit(loss, inputs[0] as tf.Tensor2D, options);
  assert.equal(seen.length, 2);
});
