import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

interface OpAttribute {
  name: string;
  type: number;
  value: boolean | number;
}

/** The part of tfjs-node's backend that runs a TensorFlow operation by its name; tfjs declares no type for it. */
interface NativeBackend {
  binding?: { TF_ATTR_BOOL: number; TF_ATTR_TYPE: number; TF_FLOAT: number };
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[];
}

/** Whether {@link runNative} can run here. */
export function isNative(): boolean {
  return (tf.backend() as unknown as NativeBackend).binding !== undefined;
}

/**
 * Runs a TensorFlow operation that TensorFlow.js does not expose, on float32 tensors.
 *
 * @param flags the operation's boolean attributes
 * @throws Error when the engine is not native TensorFlow
 */
export function runNative(name: string, flags: Record<string, boolean>, inputs: Tensor[], outputs: number): Tensor[] {
  const backend = tf.backend() as unknown as NativeBackend;
  const { binding } = backend;
  if (!binding) throw new Error(`${name} needs the native engine; \`npm start -- doctor\` shows which one is in use.`);
  const attributes: OpAttribute[] = [{ name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
  for (const [flag, value] of Object.entries(flags)) {
    attributes.push({ name: flag, type: binding.TF_ATTR_BOOL, value });
  }
  return backend.executeMultipleOutputs(name, attributes, inputs, outputs);
}
