import type { Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Random } from "../random/random.ts";
import { dense } from "./dense.ts";
import { initial } from "./initial.ts";
import { chain, type Layer } from "./layer.ts";
import { type Classifier, classifier } from "./mlp.ts";
import { type Rbm, rbm, rbmOf } from "./rbm.ts";

/**
 * A deep belief network: restricted Boltzmann machines on top of each other. The top one is a model of its visible units;
 * below it each layer generates the one beneath. Hinton, Osindero & Teh 2006, doi:10.1162/neco.2006.18.7.1527.
 */
export interface Dbn {
  /** From the data upwards. Layer i is trained on `up(data, i)`, one after the other. */
  layers: Rbm[];
  /** Mean-field probabilities of the units above the first `depth` layers, by default above all: `[k, size]`. */
  up(v: Tensor2D, depth?: number): Tensor2D;
  /** Probabilities of the visible units from states of the top machine's visible units, `[k, n]`. */
  down(top: Tensor2D): Tensor2D;
  /** `count` samples `[count, n]`: `gibbsSteps` steps of Gibbs sampling in the top machine, then once down. */
  sample(count: number, random: Random, gibbsSteps: number): Tensor2D;
  variables: Variable[];
  /** Frees the variables of all machines; the network cannot be used any more. */
  dispose(): void;
}

/**
 * A deep belief network of `sizes`, visible units first: [784, 256, 256] has two machines.
 *
 * @throws RangeError when there are fewer than two sizes
 */
export function dbn({ sizes, seed }: { sizes: readonly number[]; seed: number }): Dbn {
  const pairs = sizes.slice(1).map((hidden, i) => ({ visible: sizes[i] as number, hidden }));
  if (pairs.length === 0) throw new RangeError(`A deep belief network needs two or more sizes, got [${sizes}].`);
  return stack(pairs.map((pair, i) => rbm({ ...pair, seed: seed + i })));
}

/** A deep belief network of given machines, the lowest first. */
export function stack(layers: Rbm[]): Dbn {
  const below = layers.slice(0, -1);
  const top = layers.at(-1) as Rbm;
  const down = (states: Tensor2D): Tensor2D =>
    tf.tidy(() => below.reduceRight((h, layer) => layer.visibleGiven(h), states).clone());
  return {
    layers,
    up: (v, depth = layers.length) =>
      tf.tidy(() =>
        layers
          .slice(0, depth)
          .reduce((x, layer) => layer.hiddenGiven(x), v)
          .clone(),
      ),
    down,
    sample: (count, random, gibbsSteps) =>
      tf.tidy(() => {
        const start = random.bernoulli(tf.fill([count, top.weights.shape[0]], 0.5) as Tensor2D);
        return down(top.gibbs(start, random, gibbsSteps));
      }),
    variables: layers.flatMap(layer => layer.variables),
    dispose: () => layers.forEach(layer => void layer.dispose()),
  };
}

/**
 * A machine to put on top of `below`: its weights are the transposed, its biases exchanged. A network of the two has the
 * same log p(v) as `below` alone, so that training the upper one can only raise the bound (Hinton et al. 2006, section 4).
 */
export function tiedAbove({ weights, visibleBias, hiddenBias }: Rbm): Rbm {
  const transposed = tf.transpose(weights);
  const [w, a, b] = [transposed, hiddenBias, visibleBias].map(tensor => tf.variable(tensor));
  transposed.dispose();
  return rbmOf(w as Variable, a as Variable, b as Variable);
}

/** A classifier that begins as the network's upward pass with an untrained softmax on top, to be trained by gradients. */
export function classifierFrom(network: Dbn, classes: number, seed: number): Classifier {
  const layers = network.layers.map(({ weights, hiddenBias }): Layer<Tensor2D, Tensor2D> => {
    const [w, b] = [tf.variable(weights), tf.variable(hiddenBias)];
    return { apply: x => tf.sigmoid(tf.add(tf.matMul(x, w as unknown as Tensor2D), b)), variables: [w, b] };
  });
  const width = network.layers.at(-1)?.hiddenBias.shape[0] as number;
  return classifier(chain<Tensor2D>(...layers, dense(initial(seed), width, classes)));
}
