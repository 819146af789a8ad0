import { tf } from "../engine/tf.ts";
import { replaceDraws } from "./draws.ts";
import { GraphFailure, StepRefused } from "./errors.ts";
import { expectSameGraph } from "./frozen.ts";
import { type Guard, guard, holds } from "./guard.ts";
import { type Input, withTensors } from "./inputs.ts";
import { Ledger } from "./ledger.ts";
import type { NativeBackend } from "./native.ts";
import { isTracing, type Undo } from "./ongoing.ts";
import { flatten } from "./output.ts";
import { Program } from "./program.ts";
import type { Generator } from "./random.ts";
import { type Step, type Trace, trace } from "./trace.ts";
import { learningRate, type Schedule } from "./training.ts";

/** What a step may use besides its arguments and variables. */
export interface Surroundings {
  /** The learning rate of each step. */
  readonly schedule?: Schedule | undefined;
  /** Tensors from outside that never change. */
  readonly constants?: readonly tf.Tensor[] | undefined;
  /** What tfjs' own functions of random numbers draw from. */
  readonly random?: Generator | undefined;
  /** Whether somebody else looks for numbers of JavaScript that change. */
  readonly unwatched?: boolean | undefined;
  /** Whether a trace may do without the author's lines, which take a third of its time. */
  readonly withoutLines?: boolean | undefined;
}

interface Entry {
  readonly program: Program;
  readonly trace: Trace;
  /** What the trace took from JavaScript's objects. */
  readonly guard: Guard;
  /** Calls so far, and at which one to look whether the step would still be traced as it was. */
  calls: number;
  look: number;
}

/** The second call looks whether the step is still the same, the 16th, the 128th …: the more calls, the rarer. */
const FIRST_LOOK = 2;
const NEXT_LOOK = 8;

/** A step and its graphs, one for each shape of inputs; or the step alone, where it runs eagerly. */
export class Compiled {
  readonly #backend: NativeBackend | undefined;
  readonly #step: Step;
  readonly #surroundings: Surroundings;
  readonly #entries = new Map<string, Entry>();
  readonly #ledger = new Ledger();
  #reason: string | undefined;
  #disposed = false;

  constructor(backend: NativeBackend | undefined, step: Step, surroundings: Surroundings = {}) {
    this.#backend = backend;
    this.#step = step;
    this.#surroundings = surroundings;
  }

  /** "graph" where TensorFlow runs the step in one call, "eager" where tfjs runs it operation by operation. */
  get mode(): "graph" | "eager" {
    return this.#backend && this.#reason === undefined ? "graph" : "eager";
  }

  /** Why steps are eager although the engine could run graphs. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** From now on the step runs eagerly. */
  runEagerly(reason: string): void {
    this.#reason = reason;
    this.#release();
  }

  /** How many operations each graph has, by the shapes of its inputs. */
  get graphs(): Record<string, number> {
    return Object.fromEntries([...this.#entries].map(([shapes, { program }]) => [shapes, program.size]));
  }

  /** Variables that the step reads or changes, optimizer's state included, in the order in which it first used them. */
  get variables(): tf.Variable[] {
    const held = [...this.#entries.values()].flatMap(({ program }) => program.held);
    const all = [...held, ...this.#ledger.variables].filter((one): one is tf.Variable => one instanceof tf.Variable);
    return [...new Set(all)].filter(({ isDisposed }) => !isDisposed);
  }

  /** Optimizers that the step uses. */
  get optimizers(): tf.Optimizer[] {
    const stepped = [...this.#entries.values()].flatMap(({ program }) => program.stepped);
    return [...new Set([...stepped, ...this.#ledger.optimizers])];
  }

  /** Finds out what the step has, for inputs of these shapes, without a change to any variable. A call does so by itself. */
  prepare(inputs: readonly Input[]): void {
    withTensors(inputs, tensors => {
      if (this.#compiles()) this.#entry(this.#backend as NativeBackend, tensors);
      else this.#ledger.rehearse(undo => this.#drawn(undo, tensors));
    });
  }

  /**
   * Looks whether the step would be traced as it was for inputs of these shapes.
   *
   * @throws StepRefused when it uses a number of JavaScript that has changed since
   */
  expectUnchanged(inputs: readonly Input[]): void {
    withTensors(inputs, tensors => {
      const entry = this.#entries.get(shapesOf(tensors));
      if (entry && holds(entry.guard)) this.#compare(entry.trace, tensors, "since it was compiled"); // else traced anew
    });
  }

  /** Runs the step; what it returns are new tensors. */
  call(inputs: readonly Input[]): unknown {
    return withTensors(inputs, tensors => {
      if (!this.#compiles()) return this.#eagerly(tensors);
      const { program } = this.#looked(this.#entry(this.#backend as NativeBackend, tensors), tensors);
      return counted(program, program.run(tensors, this.#rates(program)));
    });
  }

  /** Runs a step that returns a scalar, and returns it as a number. */
  number(inputs: readonly Input[]): number {
    return withTensors(inputs, tensors => {
      if (!this.#compiles()) return read(this.#eagerly(tensors) as tf.Scalar);
      const { program } = this.#looked(this.#entry(this.#backend as NativeBackend, tensors), tensors);
      return counted(program, program.runScalar(tensors, this.#rates(program)));
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#release();
  }

  #release(): void {
    for (const { program } of this.#entries.values()) program.dispose();
    this.#entries.clear();
  }

  /** Inside another step's trace, or under a gradient, the operations themselves are wanted. */
  #compiles(): boolean {
    if (this.#disposed) throw new GraphFailure("This compiled step was disposed.");
    if (this.mode === "eager" || isTracing(this.#backend as NativeBackend)) return false;
    return (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth === 0;
  }

  #eagerly(tensors: tf.Tensor[]): unknown {
    if (this.#backend && isTracing(this.#backend)) return this.#tidied(tensors); // as a part of another step
    return this.#ledger.run(undo => this.#drawn(undo, tensors));
  }

  #drawn(undo: Undo, tensors: tf.Tensor[]): unknown {
    const { random } = this.#surroundings;
    if (random) undo.push(...replaceDraws(random));
    return this.#tidied(tensors);
  }

  #tidied(tensors: tf.Tensor[]): unknown {
    return tf.tidy(() => handedOut(this.#step(...tensors)) as tf.Tensor); // or any container of tensors
  }

  #entry(backend: NativeBackend, tensors: tf.Tensor[]): Entry {
    const key = shapesOf(tensors);
    const known = this.#entries.get(key);
    if (known && holds(known.guard)) return known;
    const entry = this.#traced(backend, tensors);
    known?.program.dispose();
    this.#entries.set(key, entry);
    return entry;
  }

  #traced(backend: NativeBackend, tensors: tf.Tensor[]): Entry {
    const traced = trace(backend, this.#step, tensors, this.#surroundings);
    this.#refuseSchedule(traced);
    this.#compare(traced, tensors, "from one run to the next");
    const program = loaded(backend, traced, tensors.length);
    return { program, trace: traced, guard: guard(traced), calls: 0, look: FIRST_LOOK };
  }

  #looked(entry: Entry, tensors: tf.Tensor[]): Entry {
    if (++entry.calls < entry.look || this.#surroundings.unwatched) return entry;
    entry.look *= NEXT_LOOK;
    try {
      this.#compare(entry.trace, tensors, "since it was compiled");
    } catch (error) {
      if (error instanceof StepRefused) throw error; // what else fails, fails in the graph too, and is explained there
    }
    return entry;
  }

  #compare(before: Trace, tensors: tf.Tensor[], when: string): void {
    const surroundings = { ...this.#surroundings, withoutLines: true };
    expectSameGraph(before, trace(this.#backend as NativeBackend, this.#step, tensors, surroundings), when);
  }

  #refuseSchedule({ recorder: { stepped, rates } }: Trace): void {
    const fed = new Set(rates.map(({ optimizer }) => optimizer));
    const first = stepped.find(optimizer => !fed.has(optimizer));
    if (!first || !this.#surroundings.schedule) return;
    throw new StepRefused(
      `A learning-rate schedule cannot reach ${first.getClassName()}, whose update is traced with its rate as it is`,
      "Use tf.train.sgd, momentum, adam or rmsprop, or change the rate now and then with setLearningRate.",
    );
  }

  #rates({ rates }: Program): number[] {
    const { schedule } = this.#surroundings;
    const steps = new Map<tf.Optimizer, number>();
    return rates.map(({ optimizer }) => {
      if (!schedule) return learningRate(optimizer);
      const step = steps.get(optimizer) ?? optimizer.iterations;
      steps.set(optimizer, step + 1);
      return schedule(step);
    });
  }
}

/** What a graph is known by. */
function shapesOf(tensors: readonly tf.Tensor[]): string {
  return tensors.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(" ");
}

/** Optimizers count their steps, as they do in eager code. */
function counted<R>({ stepped }: Program, result: R): R {
  for (const optimizer of stepped) (optimizer as unknown as { incrementIterations(): void }).incrementIterations();
  return result;
}

/** What an eager step returned, in new tensors, as a graph does: the caller may dispose them. */
function handedOut(returned: unknown): unknown {
  const { tensors, shaped } = flatten(returned);
  return shaped(tensors.map(tensor => tensor.clone()));
}

function loaded(backend: NativeBackend, traced: Trace, inputs: number): Program {
  try {
    return new Program(backend, traced, inputs);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new StepRefused(
      `TensorFlow does not take this step as a graph: ${said}`,
      "Write it another way, or run it eagerly.",
    );
  }
}

function read(scalar: tf.Scalar): number {
  const [value] = scalar.dataSync();
  scalar.dispose();
  return value as number;
}
