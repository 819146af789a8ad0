import type { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";
import { replaceGradients } from "./gradients.ts";
import { replaceKernels } from "./kernels.ts";
import { replaceLosses } from "./losses.ts";
import type { DataId, NativeBackend } from "./native.ts";
import type { Undo } from "./ongoing.ts";
import { replaceOptimizers } from "./optimizers.ts";
import type { Recorder } from "./recorder.ts";
import { replaceLayers } from "./recurrent/layers.ts";
import { swap } from "./swap.ts";

/** Enough frames to pass through tfjs to the author's line. */
const FRAMES = 60;

/** Functions of tfjs that draw numbers in JavaScript, by the names that a stack shows. */
const DRAWS = /\b(randomNormal|randomUniform|randomUniformInt|randomStandardNormal|randomGamma|truncatedNormal|rand)_ /;
/** A layer that makes its weights when it is first used draws them once, as it should. */
const FIRST_WEIGHTS = /\.addWeight /;

/** Makes tfjs tell `recorder` what it does, until the ways back in `undo` are gone. */
export function listen(backend: NativeBackend, recorder: Recorder, undo: Undo): void {
  const listens = (): boolean => !recorder.paused;
  undo.push(swap(Error, "stackTraceLimit", FRAMES));
  undo.push(swap(Math, "random", refusingRandom(Math.random, listens)));
  undo.push(...recordOperations(backend, recorder, listens), ...recordValues(backend, recorder, listens));
  undo.push(...refuseReads(backend, recorder, listens));
  undo.push(...replaceKernels(), ...replaceGradients(), ...replaceOptimizers(recorder));
  undo.push(...replaceLayers(), ...replaceLosses());
}

type Listens = () => boolean;

function recordOperations(backend: NativeBackend, recorder: Recorder, listens: Listens): (() => void)[] {
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
    if (listens()) recorder.executeOp(op, attributes, inputs, outputs);
    return outputs;
  };
  return [swap(backend, "binding", recordingBinding)];
}

function recordValues(backend: NativeBackend, recorder: Recorder, listens: Listens): (() => void)[] {
  const write: NativeBackend["write"] = backend.write.bind(backend);
  const getIds: NativeBackend["getInputTensorIds"] = backend.getInputTensorIds.bind(backend);
  return [
    swap(backend, "write", (values, shape, dtype) => {
      const dataId = write(values, shape, dtype);
      if (listens()) recorder.write(dataId, refuseDraws(values), shape, dtype);
      return dataId;
    }),
    swap(backend, "getInputTensorIds", tensors => {
      const ids = getIds(tensors);
      if (listens()) tensors.forEach((tensor, i) => void recorder.operand(tensor as tf.Tensor, ids[i] as number));
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

function refusingRandom(random: () => number, listens: Listens): () => number {
  return () => {
    if (!listens()) return random();
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

function refuseReads(backend: NativeBackend, recorder: Recorder, listens: Listens): (() => void)[] {
  const readSync: NativeBackend["readSync"] = backend.readSync.bind(backend);
  const refuse = (dataId: DataId): void => {
    if (!listens() || recorder.isKnown(dataId)) return;
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
