import type { Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";

/** Makes the first values of a model's variables, each call with the next numbers of one seeded source. */
export interface Initial {
  /** Uniform on ±√(6 / (inputs + outputs)): Glorot & Bengio 2010. For sigmoid, tanh and linear layers. */
  glorot(shape: number[]): Variable;
  /** Normal with variance 2 / inputs: He et al. 2015, arXiv:1502.01852. For rectified layers. */
  he(shape: number[]): Variable;
  /** Normal with the given standard deviation. */
  normal(shape: number[], deviation: number): Variable;
  constant(shape: number[], value: number): Variable;
}

/** The same `seed` gives the same weights on every machine: the numbers are made in TypeScript, not by the engine. */
export function initial(seed: number): Initial {
  const random = uniform(seed);
  const make = (shape: number[], draw: () => number): Variable => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw);
    const tensor = tf.tensor(values, shape);
    const variable = tf.variable(tensor);
    tensor.dispose();
    return variable;
  };
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    glorot: shape => {
      const [inputs, outputs] = fans(shape);
      const limit = Math.sqrt(6 / (inputs + outputs));
      return make(shape, () => limit * (2 * random() - 1));
    },
    he: shape => {
      const deviation = Math.sqrt(2 / fans(shape)[0]);
      return make(shape, () => deviation * gaussian());
    },
    normal: (shape, deviation) => make(shape, () => deviation * gaussian()),
    constant: (shape, value) => make(shape, () => value),
  };
}

/** Inputs and outputs that one weight's unit has: the last two entries of the shape, times the filter's area before them. */
function fans(shape: number[]): [number, number] {
  const area = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return [area * (shape.at(-2) ?? 1), area * (shape.at(-1) ?? 1)];
}

/** How many numbers the variables hold. */
export function parameterCount(variables: readonly Variable[]): number {
  return variables.reduce((sum, { size }) => sum + size, 0);
}
