import type { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";
import { replaceGradients } from "./gradients.ts";
import { replaceKernels } from "./kernels.ts";
import { replaceLosses } from "./losses.ts";
import type { DataId, NativeBackend } from "./native.ts";
import { replaceOptimizers } from "./optimizers.ts";
import type { Recorder } from "./recorder.ts";
import { replaceLayers } from "./recurrent/layers.ts";
import { swap, withSwaps } from "./swap.ts";

/** Enough frames to pass through tfjs to the author's line. */
const FRAMES = 60;

/** Functions of tfjs that draw numbers in JavaScript, by the names that a stack shows. */
const DRAWS = /\b(randomNormal|randomUniform|randomUniformInt|randomStandardNormal|randomGamma|truncatedNormal|rand)_ /;
/** A layer that makes its weights when it is first used draws them once, as it should. */
const FIRST_WEIGHTS = /\.addWeight /;

const active = new WeakSet<NativeBackend>();

/** Whether a step is being traced: a compiled step called inside of it becomes a part of it. */
export function isRecording(backend: NativeBackend): boolean {
  return active.has(backend);
}

/** Runs `step` eagerly while `recorder` writes down what it does; nothing stays replaced afterwards. */
export function recording<R>(backend: NativeBackend, recorder: Recorder, step: () => R): R {
  return withSwaps(undo => {
    active.add(backend);
    undo.push(() => active.delete(backend));
    undo.push(swap(Error, "stackTraceLimit", FRAMES));
    undo.push(
      ...recordOperations(backend, recorder),
      ...recordValues(backend, recorder),
      ...refuseReads(backend, recorder),
    );
    undo.push(swap(Math, "random", refusingRandom(Math.random, recorder)));
    undo.push(
      ...replaceKernels(),
      ...replaceGradients(),
      ...replaceOptimizers(recorder),
      ...replaceLayers(),
      ...replaceLosses(),
    );
  }, step);
}

function recordOperations(backend: NativeBackend, recorder: Recorder): (() => void)[] {
  const { binding } = backend;
  const recordingBinding = Object.create(binding) as typeof binding;
  for (const name of Object.getOwnPropertyNames(binding) as (keyof typeof binding)[]) {
    const value = binding[name] as unknown;
    Object.defineProperty(recordingBinding, name, {
      value: typeof value === "function" ? value.bind(binding) : value,
      writable: true,
    });
  }
  recordingBinding.executeOp = (op, attributes, inputs, count) => {
    const outputs = binding.executeOp(op, attributes, inputs, count);
    if (!recorder.paused) recorder.executeOp(op, attributes, inputs, outputs);
    return outputs;
  };
  return [swap(backend, "binding", recordingBinding)];
}

function recordValues(backend: NativeBackend, recorder: Recorder): (() => void)[] {
  const write: NativeBackend["write"] = backend.write.bind(backend);
  const getIds: NativeBackend["getInputTensorIds"] = backend.getInputTensorIds.bind(backend);
  return [
    swap(backend, "write", (values, shape, dtype) => {
      const dataId = write(values, shape, dtype);
      if (!recorder.paused) recorder.write(dataId, refuseDraws(values), shape, dtype);
      return dataId;
    }),
    swap(backend, "getInputTensorIds", tensors => {
      const ids = getIds(tensors);
      if (!recorder.paused)
        tensors.forEach((tensor, i) => void recorder.operand(tensor as tf.Tensor, ids[i] as number));
      return ids;
    }),
  ];
}

/** Numbers that tfjs drew in JavaScript would be the same at every step. */
function refuseDraws<V>(values: V): V {
  const { stack = "" } = new Error();
  const [, name] = DRAWS.exec(stack) ?? [];
  if (name === undefined || FIRST_WEIGHTS.test(stack)) return values;
  throw new StepRefused(
    `tf.${name} draws its numbers in JavaScript; a compiled step would use the same ones for ever`,
    "Draw them in the engine: const random = generator(seed) outside of the step, random.normal(shape), .uniform or " +
      ".bernoulli inside.",
  );
}

function refusingRandom(random: () => number, recorder: Recorder): () => number {
  return () => {
    if (recorder.paused) return random();
    const { stack = "" } = new Error();
    if (FIRST_WEIGHTS.test(stack)) return random();
    const [, name] = DRAWS.exec(stack) ?? [];
    throw new StepRefused(
      `${name === undefined ? "Math.random" : `tf.${name}`} draws its numbers in JavaScript; a compiled step would use the same ones for ever`,
      "Draw them in the engine: const random = generator(seed) outside of the step, random.normal(shape), .uniform or " +
        ".bernoulli inside.",
    );
  };
}

function refuseReads(backend: NativeBackend, recorder: Recorder): (() => void)[] {
  const readSync: NativeBackend["readSync"] = backend.readSync.bind(backend);
  const refuse = (dataId: DataId): void => {
    if (recorder.paused || recorder.isKnown(dataId)) return;
    throw new StepRefused(
      "The step reads the values of a tensor (dataSync, arraySync, data, array or print)",
      "In a compiled step only TensorFlow sees values: return the tensor and read it after the call, or use tf.where for a " +
        "choice that depends on it.",
    );
  };
  return [
    swap(backend, "readSync", dataId => {
      refuse(dataId);
      return readSync(dataId);
    }),
    swap(backend, "read", async dataId => {
      refuse(dataId);
      return readSync(dataId);
    }),
  ];
}
