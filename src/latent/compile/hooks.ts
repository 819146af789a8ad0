import type { tf } from "../engine/tf.ts";
import { refuseDrawn, refuseRandom, replaceDraws } from "./draws.ts";
import { replaceGradients } from "./gradients.ts";
import { replaceKernels } from "./kernels.ts";
import { replaceLosses } from "./losses.ts";
import type { NativeBackend } from "./native.ts";
import type { Undo } from "./ongoing.ts";
import { replaceOptimizers } from "./optimizers.ts";
import { ownOperations } from "./own-operations.ts";
import type { Generator } from "./random.ts";
import { refuseReads } from "./reads.ts";
import type { Recorder } from "./recorder.ts";
import { replaceLayers } from "./recurrent/layers.ts";
import { swap } from "./swap.ts";
import { quickProducts } from "./traced-products.ts";

/** Enough frames to pass through tfjs to the author's line. */
const FRAMES = 60;

/** Makes tfjs tell `recorder` what it does, until the ways back in `undo` are gone. */
export function listen(backend: NativeBackend, recorder: Recorder, random: Generator | undefined, undo: Undo): void {
  ownOperations(backend); // asked before operations are recorded
  undo.push(swap(Error, "stackTraceLimit", FRAMES));
  undo.push(...recordOperations(backend, recorder), ...recordValues(backend, recorder, random === undefined));
  undo.push(...refuseReads(backend, recorder), refuseRandom(recorder), ...(random ? replaceDraws(random) : []));
  undo.push(...replaceKernels(), ...replaceGradients(), ...replaceOptimizers(recorder));
  undo.push(...replaceLayers(), ...replaceLosses());
}

function recordOperations(backend: NativeBackend, recorder: Recorder): (() => void)[] {
  const { binding } = backend;
  const execute = recorder.ownOperations ? quickProducts(binding, id => recorder.known(id)) : binding.executeOp;
  const executeOp: typeof binding.executeOp = (op, attributes, inputs, count) => {
    const outputs = (recorder.paused ? binding.executeOp : execute).call(binding, op, attributes, inputs, count);
    if (!recorder.paused) recorder.executeOp(op, attributes, inputs, outputs);
    return outputs;
  };
  // The addon's own functions cannot be written over.
  return [swap(backend, "binding", Object.create(binding, { executeOp: { value: executeOp } }))];
}

function recordValues(backend: NativeBackend, recorder: Recorder, refusesDrawn: boolean): (() => void)[] {
  const write: NativeBackend["write"] = backend.write.bind(backend);
  const getIds: NativeBackend["getInputTensorIds"] = backend.getInputTensorIds.bind(backend);
  return [
    swap(backend, "write", (values, shape, dtype) => {
      const dataId = write(values, shape, dtype);
      if (recorder.paused) return dataId;
      if (refusesDrawn) refuseDrawn();
      recorder.write(dataId, values, shape, dtype);
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
