import { isPrinting } from "../engine/printed.ts";
import { StepRefused } from "./errors.ts";
import type { DataId, NativeBackend } from "./native.ts";
import type { Recorder } from "./recorder.ts";
import { swap } from "./swap.ts";

/**
 * Refuses to hand values of a traced step to JavaScript. A read that is not awaited (`tensor.data()`, `tf.whereAsync`)
 * cannot be refused by throwing: that would be a rejected promise that nobody holds, which ends Node. So it never settles,
 * and the trace ends with the refusal.
 */
export function refuseReads(backend: NativeBackend, recorder: Recorder): (() => void)[] {
  const readSync: NativeBackend["readSync"] = backend.readSync.bind(backend);
  const isFree = (dataId: DataId): boolean => recorder.paused || recorder.isKnown(dataId);
  return [
    swap(backend, "readSync", dataId => {
      if (isFree(dataId)) return readSync(dataId);
      if (isPrinting()) throw refusal();
      recorder.refusal ??= refusal();
      throw recorder.refusal;
    }),
    swap(backend, "read", dataId => {
      if (isFree(dataId)) return Promise.resolve(readSync(dataId));
      recorder.refusal ??= refusal();
      return new Promise<never>(() => undefined);
    }),
  ];
}

function refusal(): StepRefused {
  return new StepRefused(
    "The step reads the values of a tensor (dataSync, arraySync, data, array, bytes or print)",
    "In a compiled step only TensorFlow sees values: return the tensor and read it after the call, or use tf.where for a " +
      "choice that depends on it.",
  );
}
