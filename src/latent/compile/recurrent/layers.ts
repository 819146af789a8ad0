import { tf } from "../../engine/tf.ts";
import type { DataId } from "../native.ts";
import { swap } from "../swap.ts";
import { type Activation, hardSigmoid, sigmoid } from "./gates.ts";
import { lstm } from "./lstm.ts";

type Tensors = tf.Tensor | tf.Tensor[];
type Call = (inputs: Tensors, kwargs: Record<string, unknown>) => Tensors;

interface Layer {
  call: Call;
  getClassName(): string;
}

interface Weight {
  read(): tf.Tensor;
}

/** tfjs' `LSTM` layer: the fields that decide whether it is the plain one. */
interface LstmLayer extends Layer {
  cell: {
    kernel: Weight;
    recurrentKernel: Weight;
    bias?: Weight;
    activation: { getClassName(): string };
    recurrentActivation: { getClassName(): string };
    dropout: number;
    recurrentDropout: number;
  };
  returnSequences: boolean;
  returnState: boolean;
  stateful: boolean;
  goBackwards: boolean;
}

const gates: Record<string, Activation> = { sigmoid, hardSigmoid };

/**
 * Lets layers of tfjs that walk through time step by step run as a whole: LSTM with its backward pass by hand,
 * TimeDistributed over a dense layer as one product. Returns the ways back.
 */
export function replaceLayers(): (() => void)[] {
  const repeated = new WeakMap<DataId, tf.Tensor>();
  const { layers } = tf;
  return [
    instead(layers.repeatVector({ n: 1 }) as unknown as Layer, (_, inputs, __, original) => {
      const output = original() as tf.Tensor;
      repeated.set(output.dataId, only(inputs));
      return output;
    }),
    instead(layers.lstm({ units: 1 }) as unknown as LstmLayer, (layer, inputs, kwargs, original) =>
      isPlain(layer, kwargs) ? runLstm(layer, only(inputs), repeated) : original(),
    ),
    instead(
      layers.timeDistributed({ layer: layers.dense({ units: 1 }) }) as unknown as Layer & { layer: Layer },
      (layer, inputs, kwargs, original) =>
        layer.layer.getClassName() === "Dense" ? layer.layer.call(inputs, kwargs) : original(),
    ),
  ];
}

function instead<L extends Layer>(
  example: L,
  call: (layer: L, inputs: Tensors, kwargs: Record<string, unknown>, original: () => Tensors) => Tensors,
): () => void {
  const prototype = Object.getPrototypeOf(example) as L;
  const original = prototype.call;
  return swap(prototype, "call", function (this: L, inputs, kwargs) {
    return call(this, inputs, kwargs, () => original.call(this, inputs, kwargs));
  });
}

function isPlain(layer: LstmLayer, kwargs: Record<string, unknown> = {}): boolean {
  const { cell } = layer;
  const special =
    layer.returnState || layer.stateful || layer.goBackwards || cell.dropout > 0 || cell.recurrentDropout > 0;
  const asked = kwargs.mask !== undefined && kwargs.mask !== null;
  const known = cell.activation.getClassName() === "tanh" && cell.recurrentActivation.getClassName() in gates;
  return !special && !asked && !kwargs.initialState && known && cell.bias !== undefined && cell.bias !== null;
}

function runLstm({ cell, returnSequences }: LstmLayer, x: tf.Tensor, repeated: WeakMap<DataId, tf.Tensor>): tf.Tensor {
  const source = repeated.get(x.dataId);
  const weights = {
    kernel: cell.kernel.read() as tf.Tensor2D,
    recurrent: cell.recurrentKernel.read() as tf.Tensor2D,
    bias: (cell.bias as Weight).read() as tf.Tensor1D,
  };
  const options = { sequences: returnSequences, gate: gates[cell.recurrentActivation.getClassName()] as Activation };
  if (!source) return lstm(x, weights, options);
  return lstm(source, weights, { ...options, repeat: x.shape[1] as number });
}

function only(inputs: Tensors): tf.Tensor {
  return (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
}
