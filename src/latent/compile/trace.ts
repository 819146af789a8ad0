import { tf } from "../engine/tf.ts";
import { holdBack } from "./atomic.ts";
import type { Surroundings } from "./compiled.ts";
import { StepRefused } from "./errors.ts";
import { listen } from "./hooks.ts";
import type { NativeBackend } from "./native.ts";
import { tracing } from "./ongoing.ts";
import { flatten, type Shaped } from "./output.ts";
import { remember } from "./place.ts";
import { Recorder } from "./recorder.ts";
import { swap } from "./swap.ts";
import { copy, registeredVariables } from "./variables.ts";

/** Any step in plain tfjs. */
// biome-ignore lint/suspicious/noExplicitAny: a step's parameters are the author's, and parameters do not vary with unknown
export type Step = (...inputs: any[]) => unknown;

/** A step that was run once under a recorder. */
export interface Trace {
  readonly recorder: Recorder;
  /** How many operations the step itself came to; what is needed to run it is added behind them. */
  readonly operations: number;
  /** Names of the nodes of what the step returned. */
  readonly outputs: string[];
  readonly dtypes: tf.DataType[];
  /** Nodes that have to run besides: assignments and updates of variables. */
  readonly writes: string[];
  /** Whether the step may fail after it has changed a variable. */
  readonly isRisky: boolean;
  /** Puts the outputs back into the form in which the step returned them. */
  readonly shaped: Shaped;
}

/**
 * Runs `step` once on inputs like `examples`, and writes down the operations. Variables have their values back afterwards,
 * so that a trace changes nothing.
 *
 * @throws StepRefused when the step does what a graph cannot
 */
export function trace(
  backend: NativeBackend,
  step: Step,
  examples: readonly tf.Tensor[],
  surroundings: Surroundings = {},
): Trace {
  const first = attempt(backend, step, examples, surroundings);
  if (first.created.length === 0) return first;
  // Like TensorFlow's tf.function: what a step makes at its first call (weights of a layer, state of an optimizer) is
  // there before the second, and the second is the one to keep.
  const second = attempt(backend, step, examples, surroundings);
  const [again] = second.created;
  if (!again) return second;
  const used = first.created.filter(variable => second.recorder.held.has(variable));
  for (const variable of [...first.created, ...second.created]) if (!used.includes(variable)) variable.dispose();
  throw new StepRefused(
    `The step makes a new variable (${again.name}, [${again.shape}]) each time it runs`,
    "Make the variable outside of the step.",
  );
}

type Attempt = Trace & { created: tf.Variable[] };

/** What a failed attempt has created stays: layers and optimizers have it, and the next eager step goes on with it. */
function attempt(
  backend: NativeBackend,
  step: Step,
  examples: readonly tf.Tensor[],
  { constants, random, withoutLines }: Surroundings,
): Attempt {
  const recorder = new Recorder(backend, constants, withoutLines ? () => undefined : remember);
  const created = new Map<tf.Variable, tf.Tensor>();
  const traced = tracing(backend, undo => {
    undo.push(() => returnToFirstValues(created), snapshot(backend, recorder));
    return scoped(() => {
      const inputs = named(backend, recorder, examples);
      undo.push(noteCreation(created, recorder));
      listen(backend, recorder, random, undo);
      return record(recorder, step, inputs);
    });
  });
  return { ...traced, created: alive(created) };
}

/** Copies of the examples that are the step's arguments. */
function named(backend: NativeBackend, recorder: Recorder, examples: readonly tf.Tensor[]): tf.Tensor[] {
  return examples.map((example, i) => {
    const input = copy(backend, example);
    recorder.input(input, `input${i}`);
    return input;
  });
}

function record(recorder: Recorder, step: Step, inputs: readonly tf.Tensor[]): Trace {
  const returned = step(...inputs);
  recorder.throwRefusal();
  const { tensors, shaped } = flatten(returned);
  const outputs = tensors.map(tensor => recorder.node(tensor));
  const writes = recorder.finish();
  const isRisky = holdBack(recorder.graph, recorder.writes, outputs);
  return {
    recorder,
    operations: recorder.graph.size,
    outputs,
    dtypes: tensors.map(({ dtype }) => dtype),
    writes,
    isRisky,
    shaped,
  };
}

function returnToFirstValues(created: ReadonlyMap<tf.Variable, tf.Tensor>): void {
  for (const [variable, initial] of created) {
    if (!variable.isDisposed) variable.assign(initial);
    initial.dispose();
  }
}

/** `tf.tidy` for a result that is no tensor. */
function scoped<R>(body: () => R): R {
  tf.engine().startScope();
  try {
    return body();
  } finally {
    tf.engine().endScope();
  }
}

/** Gives every variable values of its own and keeps them; the function returned puts them back. */
function snapshot(backend: NativeBackend, recorder: Recorder): () => void {
  const saved = registeredVariables().map(variable => {
    separate(backend, variable);
    recorder.watch(variable);
    return [variable, tf.keep(variable.clone())] as const;
  });
  return () => {
    for (const [variable, values] of saved) {
      if (!variable.isDisposed && variable.dataId !== values.dataId) variable.assign(values);
      values.dispose();
    }
  };
}

/** A clone, or the tensor that a variable was made from, shares its values: reading that one is not reading this. */
function separate(backend: NativeBackend, variable: tf.Variable): void {
  if ((backend.tensorMap.get(variable.dataId)?.refCount ?? 1) <= 1) return;
  const own = copy(backend, variable);
  variable.assign(own);
  own.dispose();
}

interface Engine {
  makeVariable(initial: tf.Tensor, trainable?: boolean, name?: string, dtype?: tf.DataType): tf.Variable;
}

function noteCreation(created: Map<tf.Variable, tf.Tensor>, recorder: Recorder): () => void {
  const engine = tf.engine() as unknown as Engine;
  const make: Engine["makeVariable"] = engine.makeVariable.bind(engine);
  return swap(engine, "makeVariable", (...args) => {
    const variable = make(...args);
    if (!recorder.paused) created.set(variable, tf.keep(variable.clone()));
    return variable;
  });
}

function alive(created: ReadonlyMap<tf.Variable, tf.Tensor>): tf.Variable[] {
  return [...created.keys()].filter(({ isDisposed }) => !isDisposed);
}
