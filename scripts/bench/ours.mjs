// Our rows of the benchmark, and tfjs-node's own.
import { compile, fit, tf } from "latent";
import { classicalTools, families } from "./families.mjs";
import { serve } from "./worker.mjs";

const rows = {
  compiled({ loss, step, batch }) {
    const compiled = step ? compile(step) : compile(loss, { optimizer: tf.train.adam(1e-3) });
    return steps => {
      for (let i = 0; i < steps; i++) {
        const result = compiled(batch);
        if (typeof result !== "number") tf.dispose([result, result.dataSync()]);
      }
    };
  },

  eager({ loss, step, batch }) {
    const optimizer = tf.train.adam(1e-3);
    const once = step ?? (x => optimizer.minimize(() => loss(x), true));
    return steps => {
      for (let i = 0; i < steps; i++) tf.tidy(() => void once(batch).dataSync());
    };
  },

  async "layers fit"({ layered, batch }) {
    if (!layered) throw new Error("tfjs' layers have no such model");
    const model = layered();
    model.compile({
      optimizer: tf.train.adam(1e-3),
      loss: (labels, logits) => tf.losses.sigmoidCrossEntropy(labels, logits),
    });
    const [rows] = batch.shape;
    return async steps => {
      const data = tf.tile(batch, [steps, ...Array(batch.rank - 1).fill(1)]);
      await model.fit(data, data, { batchSize: rows, epochs: 1, shuffle: false, verbose: 0 });
      data.dispose();
    };
  },

  /** One training that goes on, of which each run takes so many epochs. */
  epochs({ loss }, _, { batch, rows }) {
    const data = tf.randomUniform([rows, 784], 0, 1, "float32", 1);
    const gate = { left: 0, done() {}, fail() {}, open() {} };
    let ended;
    const onEpoch = async () => {
      if (--gate.left > 0) return;
      const opened = new Promise(resolve => {
        gate.open = resolve;
      });
      gate.done();
      await opened;
    };
    return steps =>
      new Promise((resolve, reject) => {
        Object.assign(gate, { left: steps, done: resolve, fail: reject });
        if (ended) gate.open();
        else
          ended = fit(loss, data, { epochs: 1e6, batchSize: batch, optimizer: tf.train.adam(1e-3), seed: 1, onEpoch });
        ended.catch(error => gate.fail(error));
      });
  },

  "layers epochs"({ layered }, _, { batch, rows }) {
    const model = layered();
    const data = tf.randomUniform([rows, 784], 0, 1, "float32", 1);
    model.compile({
      optimizer: tf.train.adam(1e-3),
      loss: (labels, logits) => tf.losses.sigmoidCrossEntropy(labels, logits),
    });
    return steps => model.fit(data, data, { batchSize: batch, epochs: steps, shuffle: true, verbose: 0 });
  },

  classical: (_, family, size) => {
    const once = classicalTools[family](size);
    return steps => {
      for (let i = 0; i < steps; i++) tf.tidy(() => void once());
    };
  },

  /** Multiplies matrices: what the machine can do at best. A step is 10 products of 1024 x 1024. */
  matmul() {
    const a = tf.randomUniform([1024, 1024]);
    return steps => {
      for (let i = 0; i < 10 * steps; i++) tf.matMul(a, a).dispose();
    };
  },
};

await serve(({ prepare: row, family, size }) => rows[row](families[family]?.(size) ?? {}, family, size));
