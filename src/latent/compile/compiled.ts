import { tf } from "../engine/tf.ts";
import { GraphFailure, StepRefused } from "./errors.ts";
import { type Input, withTensors } from "./inputs.ts";
import type { NativeBackend } from "./native.ts";
import { isTracing } from "./ongoing.ts";
import { Program } from "./program.ts";
import { type Step, trace } from "./trace.ts";
import { learningRate } from "./training.ts";

/** The learning rate of each step, counted from 0. */
export type Schedule = (step: number) => number;

interface Entry {
  readonly program: Program;
  /** Optimizers that were traced as they are: their learning rate is a number in the graph. */
  readonly frozen: readonly { optimizer: tf.Optimizer; rate: number }[];
}

/** A step and its graphs, one for each shape of inputs. */
export class Compiled {
  readonly #backend: NativeBackend | undefined;
  readonly #step: Step;
  readonly #schedule: Schedule | undefined;
  readonly #entries = new Map<string, Entry>();
  #disposed = false;

  constructor(backend: NativeBackend | undefined, step: Step, schedule: Schedule | undefined) {
    this.#backend = backend;
    this.#step = step;
    this.#schedule = schedule;
  }

  /** "graph" where TensorFlow runs the step in one call, "eager" where tfjs runs it operation by operation. */
  get mode(): "graph" | "eager" {
    return this.#backend ? "graph" : "eager";
  }

  /** How many operations each graph has, by the shapes of its inputs. */
  get graphs(): Record<string, number> {
    return Object.fromEntries([...this.#entries].map(([shapes, { program }]) => [shapes, program.size]));
  }

  /** Variables that the step reads or changes, optimizer's state included, in the order in which it first used them. */
  get variables(): tf.Variable[] {
    const held = [...this.#entries.values()].flatMap(({ program }) => program.held);
    return [...new Set(held)].filter((tensor): tensor is tf.Variable => tensor instanceof tf.Variable);
  }

  /** Optimizers that the step uses. */
  get optimizers(): tf.Optimizer[] {
    return [...new Set([...this.#entries.values()].flatMap(({ program }) => program.stepped))];
  }

  /** Traces the step for inputs of these shapes, without running it. A call does this by itself. */
  prepare(inputs: readonly Input[]): void {
    if (this.#backend) withTensors(inputs, tensors => this.#entry(this.#backend as NativeBackend, tensors));
  }

  /** Runs the step; what it returns are new tensors. */
  call(inputs: readonly Input[]): unknown {
    return withTensors(inputs, tensors => {
      if (!this.#compiles()) return this.#eagerly(tensors);
      const { program } = this.#entry(this.#backend as NativeBackend, tensors);
      return counted(program, program.run(tensors, this.#rates(program)));
    });
  }

  /** Runs a step that returns a scalar, and returns it as a number. */
  number(inputs: readonly Input[]): number {
    return withTensors(inputs, tensors => {
      if (!this.#compiles()) return (this.#eagerly(tensors) as tf.Scalar).dataSync()[0] as number;
      const { program } = this.#entry(this.#backend as NativeBackend, tensors);
      return counted(program, program.runScalar(tensors, this.#rates(program)));
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const { program } of this.#entries.values()) program.dispose();
    this.#entries.clear();
  }

  /** Inside another step's trace, or under a gradient, the operations themselves are wanted. */
  #compiles(): boolean {
    if (this.#disposed) throw new GraphFailure("This compiled step was disposed.");
    if (this.#backend === undefined || isTracing(this.#backend)) return false;
    return (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth === 0;
  }

  #eagerly(tensors: tf.Tensor[]): unknown {
    return tf.tidy(() => this.#step(...tensors) as tf.Tensor); // or any container of tensors
  }

  #entry(backend: NativeBackend, tensors: tf.Tensor[]): Entry {
    const key = tensors.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(" ");
    const known = this.#entries.get(key);
    if (known?.frozen.every(({ optimizer, rate }) => learningRate(optimizer) === rate)) return known;
    known?.program.dispose();
    const traced = trace(backend, this.#step, tensors);
    const program = new Program(backend, traced, tensors.length);
    const entry = { program, frozen: this.#frozen(program) };
    this.#entries.set(key, entry);
    return entry;
  }

  #frozen(program: Program): Entry["frozen"] {
    const fed = new Set(program.rates.map(({ optimizer }) => optimizer));
    const frozen = [...new Set(program.stepped)].filter(optimizer => !fed.has(optimizer));
    const [first] = frozen;
    if (first && this.#schedule) {
      program.dispose();
      throw new StepRefused(
        `A learning-rate schedule cannot reach ${first.getClassName()}, whose update is traced with its rate as it is`,
        "Use tf.train.sgd, momentum, adam or rmsprop, or change the rate now and then with setLearningRate.",
      );
    }
    return frozen.map(optimizer => ({ optimizer, rate: learningRate(optimizer) }));
  }

  #rates({ rates }: Program): number[] {
    const steps = new Map<tf.Optimizer, number>();
    return rates.map(({ optimizer }) => {
      if (!this.#schedule) return learningRate(optimizer);
      const step = steps.get(optimizer) ?? optimizer.iterations;
      steps.set(optimizer, step + 1);
      return this.#schedule(step);
    });
  }
}

/** Optimizers count their steps, as they do in eager code. */
function counted<R>({ stepped }: Program, result: R): R {
  for (const optimizer of stepped) (optimizer as unknown as { incrementIterations(): void }).incrementIterations();
  return result;
}
