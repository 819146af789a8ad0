import { tf } from "../engine/tf.ts";
import { replacing, type Undo } from "./ongoing.ts";
import { swap } from "./swap.ts";

type Stepped = { incrementIterations(): void };
type RunKernel = (name: string, inputs: Record<string, tf.Tensor> | tf.Tensor[], attributes: unknown) => unknown;

interface Engine {
  runKernel: RunKernel;
  state: { kernelDepth: number };
}

/**
 * What eager steps do to variables. It knows by it which variables a step has, as a graph does, and takes back a step that
 * failed.
 */
export class Ledger {
  /** Variables that steps have read or assigned, in the order in which they first did. */
  readonly variables: Set<tf.Variable> = new Set();
  /** Optimizers that steps have applied. */
  readonly optimizers: Set<tf.Optimizer> = new Set();

  /** Runs a step. When it throws, variables and optimizers have the values again that they had before. */
  run<R>(step: (undo: Undo) => R): R {
    return this.#observed(step, false);
  }

  /** Runs a step to see which variables it has, and takes back what it did. */
  rehearse(step: (undo: Undo) => unknown): void {
    this.#observed(undo => {
      tf.dispose(step(undo) as tf.Tensor);
    }, true);
  }

  #observed<R>(step: (undo: Undo) => R, takeBack: boolean): R {
    const before = new Map<tf.Variable, tf.Tensor>();
    const counts = new Map<tf.Optimizer, number>();
    let back = true;
    return replacing(undo => {
      undo.push(() => {
        if (back) for (const [variable, value] of before) if (!variable.isDisposed) variable.assign(value);
        if (back) for (const [optimizer, count] of counts) setIterations(optimizer, count);
        for (const value of before.values()) value.dispose();
      });
      undo.push(...this.#watch(before, counts));
      const result = step(undo);
      back = takeBack;
      return result;
    });
  }

  #watch(before: Map<tf.Variable, tf.Tensor>, counts: Map<tf.Optimizer, number>): Undo {
    const { variables, optimizers } = this;
    const engine = tf.engine() as unknown as Engine;
    const runKernel: RunKernel = engine.runKernel.bind(engine);
    const { prototype } = tf.Variable;
    const { assign } = prototype;
    const counted = tf.Optimizer.prototype as unknown as Stepped;
    const { incrementIterations } = counted;
    return [
      swap(engine, "runKernel", (name, inputs, attributes) => {
        for (const key in inputs) {
          const input = (inputs as Record<string, tf.Tensor>)[key];
          if (input instanceof tf.Variable) variables.add(input as tf.Variable);
        }
        return runKernel(name, inputs, attributes);
      }),
      swap(prototype, "assign", function (this: tf.Variable, value) {
        variables.add(this);
        if (!before.has(this)) before.set(this, presentValue(engine, runKernel, this));
        assign.call(this, value);
      }),
      swap(counted, "incrementIterations", function (this: Stepped) {
        const optimizer = this as unknown as tf.Optimizer;
        optimizers.add(optimizer);
        if (!counts.has(optimizer)) counts.set(optimizer, optimizer.iterations);
        incrementIterations.call(this);
      }),
    ];
  }
}

/** The present value of a variable: a reference to it, which no gradient knows of. */
function presentValue({ state }: Engine, runKernel: RunKernel, variable: tf.Variable): tf.Tensor {
  state.kernelDepth++;
  try {
    return tf.keep(runKernel("Identity", { x: variable }, {}) as tf.Tensor);
  } finally {
    state.kernelDepth--;
  }
}

/** Sets how many steps an optimizer counts. */
export function setIterations(optimizer: tf.Optimizer, count: number): void {
  (optimizer as unknown as { iterations_: number }).iterations_ = count;
}
