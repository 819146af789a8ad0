import type { Operand } from "./lowering.ts";
import { type Attribute, attributes, type Binding, DT, type NativeTensor } from "./native.ts";
import { finished, productOf } from "./spelled.ts";

type Execute = Binding["executeOp"];

/**
 * Computes products of two matrices by our operation, while a step is traced. TensorFlow prepares each shape at its first
 * product, for ten times as long as that computes; of the first step of a Boltzmann machine, 120 ms, that was a quarter.
 *
 * @param operandOf what is known of a tensor that the step has
 */
export function quickProducts(binding: Binding, operandOf: (id: number) => Operand | undefined): Execute {
  return (op, given, inputs, count) => {
    const name = op === "BatchMatMulV2" ? ownName(given, inputs.map(operandOf)) : undefined;
    return name === undefined ? binding.executeOp(op, given, inputs, count) : [product(binding, name, inputs)];
  };
}

function ownName(given: Attribute[], operands: (Operand | undefined)[]): string | undefined {
  const isOurs = operands.every(one => one?.dtype === DT.float32 && one.shape.length === 2);
  return isOurs ? productOf(given) : undefined;
}

function product(binding: Binding, name: string, inputs: number[]): NativeTensor {
  const nothing = binding.createTensor([], DT.float32, new Float32Array(1));
  try {
    const [made] = binding.executeOp(name, attributes(binding, finished()), [...inputs, nothing, nothing], 1);
    return made as NativeTensor;
  } finally {
    binding.deleteTensor(nothing);
  }
}
