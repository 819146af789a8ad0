export { type Attention, type AttentionOptions, attention, layerNormalization, onPositions } from "./attention.ts";
export {
  type Autoencoder,
  autoencoder,
  type DeepOptions,
  type DenseOptions,
  deepAutoencoder,
  denseAutoencoder,
  type Output,
  type Parts,
} from "./autoencoder.ts";
export { type ConvOptions, type Convolution, convAutoencoder, convolution, transposedConvolution } from "./conv.ts";
export { classifierFrom, type Dbn, dbn, stack, tiedAbove } from "./dbn.ts";
export { type Dense, dense, denseStack } from "./dense.ts";
export { type Initial, initial, parameterCount } from "./initial.ts";
export { type Activation, activate, chain, type DenseLayer, type Layer } from "./layer.ts";
export { average, bernoulliCrossEntropy, perExample, softmaxCrossEntropy, squaredError } from "./losses.ts";
export { type LstmOptions, type LstmVariables, lstmAutoencoder, lstmVariables } from "./lstm.ts";
export { type Classifier, classifier, type MlpOptions, mlp } from "./mlp.ts";
export {
  type ContrastiveOptions,
  contrastiveStep,
  persistentStep,
  type Rbm,
  type RbmOptions,
  rbm,
  rbmOf,
  type Statistics,
  statistics,
} from "./rbm.ts";
export { svae, type VonMisesFisher } from "./svae.ts";
export { trained } from "./trained.ts";
export { type TransformerAutoencoder, type TransformerOptions, transformerAutoencoder } from "./transformer.ts";
export { type Gaussian, gaussianDivergence, sampleGaussian, vae } from "./vae.ts";
export {
  type Bound,
  encoderAndDecoder,
  type Family,
  importanceBound,
  type Likelihood,
  type VariationalAutoencoder,
  type VariationalOptions,
  variational,
} from "./variational.ts";
