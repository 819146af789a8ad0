// The models that are trained, in plain TensorFlow.js; peers.py has the same ones. Sizes are in bench.mjs' sizes.
import { classical, generator, models, tf } from "latent";
import { attend, bitCrossEntropy, layerNormalization } from "../../dist/latent/compile/index.js";

const { layers } = tf;
const glorot = seed => tf.initializers.glorotUniform({ seed });
const mean = (labels, logits) => tf.mean(bitCrossEntropy(labels, logits));
const noise = (shape, seed) => tf.randomUniform(shape, 0, 1, "float32", seed);

/**
 * A family: `loss` of a batch or a whole `step`, one `batch`, and where tfjs' layers can say it, the `layers` of `fit`. They
 * are what users import, except for the transformer: the one of `models` restores tokens, the peers' has a code.
 */
export const families = {
  dense({ batch, width = 256, depth = 1 }) {
    const side = Array(depth).fill(width);
    const model = models.deepAutoencoder({ sizes: [784, ...side, 32], codeActivation: "relu", seed: 1 });
    const sizes = [784, ...side, 32, ...side, 784];
    const layered = () =>
      tf.sequential({
        layers: sizes.slice(1).map((units, i) =>
          layers.dense({
            ...(i === 0 && { inputShape: [784] }),
            units,
            kernelInitializer: glorot(i),
            ...(i < sizes.length - 2 && { activation: "relu" }),
          }),
        ),
      });
    return { loss: x => model.loss(x), batch: noise([batch, 784], 1), layered };
  },

  vae({ batch }) {
    const random = generator(1);
    const model = models.vae({ inputs: 784, hidden: [256, 128], latent: 2, seed: 1 });
    return { loss: x => model.loss(x, random), batch: noise([batch, 784], 1) };
  },

  svae({ batch }) {
    const random = generator(1);
    const model = models.svae({ inputs: 784, hidden: [256, 128], latent: 2, seed: 1 });
    return { loss: x => model.loss(x, random), batch: noise([batch, 784], 1) };
  },

  conv({ batch }) {
    const model = models.convAutoencoder({ channels: [16, 32], code: 30, seed: 1 });
    const same = { kernelSize: 3, strides: 2, padding: "same" };
    const layered = () =>
      tf.sequential({
        layers: [
          layers.reshape({ inputShape: [784], targetShape: [28, 28, 1] }),
          layers.conv2d({ filters: 16, activation: "relu", ...same }),
          layers.conv2d({ filters: 32, activation: "relu", ...same }),
          layers.flatten(),
          layers.dense({ units: 30 }),
          layers.dense({ units: 7 * 7 * 32, activation: "relu" }),
          layers.reshape({ targetShape: [7, 7, 32] }),
          layers.conv2dTranspose({ filters: 16, activation: "relu", ...same }),
          layers.conv2dTranspose({ filters: 1, ...same }),
          layers.flatten(),
        ],
      });
    return { loss: x => model.loss(x), batch: noise([batch, 784], 1), layered };
  },

  lstm({ batch }) {
    const size = { timeSteps: 28, features: 28, units: 64, code: 16 };
    const model = models.lstmAutoencoder({ ...size, output: "bernoulli", seed: 1 });
    const gates = { units: 64, recurrentActivation: "sigmoid", recurrentInitializer: glorot(2) };
    const layered = () =>
      tf.sequential({
        layers: [
          layers.lstm({ inputShape: [28, 28], ...gates }),
          layers.dense({ units: 16 }),
          layers.repeatVector({ n: 28 }),
          layers.lstm({ returnSequences: true, ...gates }),
          layers.timeDistributed({ layer: layers.dense({ units: 28 }) }),
        ],
      });
    return { loss: x => model.loss(x), batch: noise([batch, 28, 28], 1), layered };
  },

  transformer,

  rbm({ batch }) {
    const random = generator(1);
    const model = models.rbm({ visible: 784, hidden: 500, seed: 1 });
    const step = v => models.contrastiveStep(model, v, { learningRate: 0.05, random });
    return { step, batch: tf.tidy(() => tf.cast(tf.less(noise([batch, 784], 1), 0.2), "float32")) };
  },
};

/** Numbers that peers.py makes alike: ten clouds, or grey noise. */
const cloud = (i, j) => 3 * Math.sin(12.9898 * ((i % 10) + 1) * (j + 1)) + Math.sin(0.37 * (i + 1) * (j + 1));
const grey = (i, j) => Math.abs((Math.sin(12.9898 * i + 78.233 * j) * 43758.5453) % 1);

function table(rows, columns, entry) {
  const values = Float32Array.from({ length: rows * columns }, (_, at) =>
    entry(Math.floor(at / columns), at % columns),
  );
  return tf.tensor2d(values, [rows, columns]);
}

/** What is computed at once and not trained: a function of no arguments. */
export const classicalTools = {
  pca({ rows, columns, components }) {
    const x = table(rows, columns, grey);
    return () => classical.pca(x, components);
  },
  kmeans({ rows, columns, components }) {
    const x = table(rows, columns, cloud);
    return () => classical.kMeans(x, { clusters: components, seed: 1, restarts: 1 });
  },
  mixture({ rows, columns, components }) {
    const x = table(rows, columns, cloud);
    return () => classical.gaussianMixture(x, { components, covariance: "full", seed: 1 });
  },
};

function transformer({ batch }) {
  const [S, F, D, heads] = [28, 28, 64, 2];
  let seed = 0;
  const weight = (shape, scale) => tf.variable(tf.randomNormal(shape, 0, scale, "float32", ++seed));
  const filled = (shape, value) => tf.variable(tf.fill(shape, value));
  const linear = (input, output) => [weight([input, output], Math.sqrt(1 / input)), filled([output], 0)];
  const norm = () => [filled([D], 1), filled([D], 0)];
  const block = () => ({
    query: linear(D, D),
    key: linear(D, D),
    value: linear(D, D),
    out: linear(D, D),
    up: linear(D, 4 * D),
    down: linear(4 * D, D),
    n1: norm(),
    n2: norm(),
  });
  const parts = {
    into: linear(F, D),
    place: weight([S, D], 0.02),
    code: linear(S * D, 16),
    decode: linear(16, S * D),
    out: linear(D, F),
  };
  const [encoder, decoder] = [
    [block(), block()],
    [block(), block()],
  ];
  const apply = ([w, b], x) => tf.add(tf.matMul(x, w), b);
  const normalised = ([gain, bias], x) => layerNormalization(x, gain, bias);
  const attention = (p, x) => {
    const [query, key, value] = [p.query, p.key, p.value].map(part => tf.reshape(apply(part, x), [batch, S, D]));
    return apply(p.out, tf.reshape(attend(query, key, value, { heads, causal: false }), [batch * S, D]));
  };
  const layer = (x, p) => {
    const attended = tf.add(x, attention(p, normalised(p.n1, x)));
    return tf.add(attended, apply(p.down, tf.relu(apply(p.up, normalised(p.n2, attended)))));
  };
  const loss = x => {
    const rows = tf.reshape(x, [batch * S, F]);
    const placed = tf.add(tf.reshape(apply(parts.into, rows), [batch, S, D]), parts.place);
    const encoded = encoder.reduce(layer, tf.reshape(placed, [batch * S, D]));
    const code = apply(parts.code, tf.reshape(encoded, [batch, S * D]));
    const decoded = decoder.reduce(layer, tf.reshape(apply(parts.decode, code), [batch * S, D]));
    return mean(rows, apply(parts.out, decoded));
  };
  return { loss, batch: noise([batch, S, F], 1) };
}
