import { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";
import { listen } from "./hooks.ts";
import type { NativeBackend } from "./native.ts";
import { tracing, type Undo } from "./ongoing.ts";
import { flatten, type Shaped } from "./output.ts";
import { copy, Recorder, registeredVariables } from "./recorder.ts";
import { swap } from "./swap.ts";

/** Any step in plain tfjs. */
// biome-ignore lint/suspicious/noExplicitAny: a step's parameters are the author's, and parameters do not vary with unknown
export type Step = (...inputs: any[]) => unknown;

/** A step that was run once under a recorder. */
export interface Trace {
  readonly recorder: Recorder;
  /** Names of the nodes of what the step returned. */
  readonly outputs: string[];
  readonly dtypes: tf.DataType[];
  /** Nodes that have to run besides: assignments and updates of variables. */
  readonly writes: string[];
  /** Puts the outputs back into the form in which the step returned them. */
  readonly shaped: Shaped;
}

/**
 * Runs `step` once on inputs like `examples`, and writes down the operations. Variables have their values back afterwards,
 * so that a trace changes nothing.
 *
 * @throws StepRefused when the step does what a graph cannot
 */
export function trace(backend: NativeBackend, step: Step, examples: readonly tf.Tensor[]): Trace {
  const first = attempt(backend, step, examples);
  if (first.created.length === 0) return first;
  // Like TensorFlow's tf.function: what a step makes at its first call (weights of a layer, state of an optimizer) is
  // there before the second, and the second is the one to keep.
  const second = attempt(backend, step, examples);
  const [again] = second.created;
  if (!again) return second;
  for (const variable of second.created) variable.dispose();
  throw new StepRefused(
    `The step makes a new variable (${again.name}, [${again.shape}]) each time it runs`,
    "Make the variable outside of the step.",
  );
}

type Attempt = Trace & { created: tf.Variable[] };

function attempt(backend: NativeBackend, step: Step, examples: readonly tf.Tensor[]): Attempt {
  const recorder = new Recorder(backend);
  const created = new Map<tf.Variable, tf.Tensor>();
  try {
    const traced = tracing(backend, undo => {
      undo.push(() => returnToFirstValues(created), snapshot(backend, recorder));
      return scoped(() => record(backend, recorder, step, examples, created, undo));
    });
    return { ...traced, created: alive(created) };
  } catch (error) {
    for (const variable of alive(created)) variable.dispose();
    throw error;
  }
}

function record(
  backend: NativeBackend,
  recorder: Recorder,
  step: Step,
  examples: readonly tf.Tensor[],
  created: Map<tf.Variable, tf.Tensor>,
  undo: Undo,
): Trace {
  const inputs = examples.map((example, i) => {
    const input = copy(backend, example);
    recorder.input(input, `input${i}`);
    return input;
  });
  undo.push(noteCreation(created, recorder));
  listen(backend, recorder, undo);
  const returned = step(...inputs);
  recorder.throwRefusal();
  const { tensors, shaped } = flatten(returned);
  const outputs = tensors.map(tensor => recorder.node(tensor));
  return { recorder, outputs, dtypes: tensors.map(({ dtype }) => dtype), writes: recorder.finish(), shaped };
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
