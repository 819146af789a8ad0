import type { Scalar, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { denseStack } from "./dense.ts";
import { initial } from "./initial.ts";
import type { Activation, Layer } from "./layer.ts";
import { average, softmaxCrossEntropy } from "./losses.ts";

/** A classifier p(y | x). */
export interface Classifier {
  /** `[b, classes]`; softmax of it is p(y | x). */
  logits(x: Tensor2D): Tensor2D;
  /** Mean cross-entropy in nats; `classes` `[b, classes]` is one-hot. */
  loss(x: Tensor2D, classes: Tensor2D): Scalar;
  /**
   * Share of examples that are put into a wrong class, 0 … 1.
   *
   * @throws RangeError when there are not as many labels as rows
   */
  errorRate(x: Tensor2D, labels: ArrayLike<number>): number;
  variables: Variable[];
}

/** A classifier of any network that gives logits: an encoder with a softmax layer on top, for instance. */
export function classifier(network: Layer<Tensor2D, Tensor2D>): Classifier {
  return {
    logits: x => tf.tidy(() => network.apply(x)),
    loss: (x, classes) => tf.tidy(() => average(softmaxCrossEntropy(classes, network.apply(x)))),
    errorRate: (x, labels) => {
      const rows = x.shape[0];
      if (labels.length !== rows)
        throw new RangeError(`An error rate needs a label for each row: ${rows} rows, ${labels.length} labels.`);
      const found = tf.tidy(() => tf.argMax(network.apply(x), 1));
      const wrong = found.dataSync().filter((label, i) => label !== labels[i]).length;
      found.dispose();
      return wrong / rows;
    },
    variables: network.variables,
  };
}

export interface MlpOptions {
  /** From inputs to classes: [784, 300, 10]. [784, 10] is softmax regression. */
  sizes: readonly number[];
  /**
   * @defaultValue `relu`
   */
  activation?: Activation;
  /** Fixes the first weights. */
  seed: number;
}

/** A multilayer perceptron (Rumelhart, Hinton & Williams 1986, doi:10.1038/323533a0) with a softmax on top. */
export function mlp({ sizes, activation = "relu", seed }: MlpOptions): Classifier {
  return classifier(denseStack(initial(seed), sizes, activation));
}
