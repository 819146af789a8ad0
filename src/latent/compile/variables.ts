import { tf } from "../engine/tf.ts";
import { DT, type NativeBackend, type NativeTensor } from "./native.ts";

/** The same values under a `dataId` of their own. */
export function copy(backend: NativeBackend, tensor: tf.Tensor): tf.Tensor {
  const { binding } = backend;
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: DT[tensor.dtype] };
  const [output] = binding.executeOp("Identity", [type], backend.getInputTensorIds([tensor]), 1);
  return backend.createOutputTensor(output as NativeTensor);
}

/** Every variable that tfjs knows by name. */
export function registeredVariables(): tf.Variable[] {
  return Object.values(
    (tf.engine() as unknown as { registeredVariables: Record<string, tf.Variable> }).registeredVariables,
  );
}
