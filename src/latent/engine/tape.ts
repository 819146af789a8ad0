import type * as tfjs from "@tensorflow/tfjs-node";

interface TapeNode {
  inputs: Record<string, tfjs.Tensor>;
  outputs: tfjs.Tensor[];
}

type Forward = (...args: unknown[]) => { value: tfjs.Tensor; gradFunc: unknown };

interface Engine {
  state: { activeTape: TapeNode[]; gradientDepth: number; activeScope: { name: string } };
  customGrad(forward: Forward): (...inputs: tfjs.Tensor[]) => tfjs.Tensor;
  addTapeNode(name: string, inputs: TapeNode["inputs"], outputs: tfjs.Tensor[], ...rest: unknown[]): void;
}

/** Kernels that say yes or no. A small change of their operands changes nothing, so no gradient passes through them. */
const COMPARISONS = new Set([
  "Equal",
  "Greater",
  "GreaterEqual",
  "IsFinite",
  "IsInf",
  "IsNan",
  "Less",
  "LessEqual",
  "LogicalAnd",
  "LogicalNot",
  "LogicalOr",
  "LogicalXor",
  "NotEqual",
]);

/**
 * Lets gradients be differentiated again. Where a gradient needs the result of an operation (sigmoid, tanh, exp, softmax …),
 * tfjs saves a copy of it, and notes the copy on its tape before the operation itself. What leads from x to y is looked up in
 * the order of the tape, so the copy seems to come from nowhere, and the second derivative lacks that part without a word.
 * Here the operation comes first. Comparisons are left out, where tfjs says that they have no gradient: a choice by
 * `tf.where(tf.greater(x, 0), …)`, which many gradients are made of, has one.
 */
export function orderTape(tf: typeof tfjs): void {
  const engine = tf.engine() as unknown as Engine;
  const add: Engine["addTapeNode"] = engine.addTapeNode.bind(engine);
  engine.addTapeNode = (name, inputs, outputs, ...rest) => {
    if (COMPARISONS.has(name)) return;
    add(name, inputs, outputs, ...rest);
    const { activeTape: tape } = engine.state;
    const own = new Set(outputs.map(({ id }) => id));
    const last = tape.length - 1;
    let at = last;
    while (at > 0 && copies(tape[at - 1] as TapeNode, own)) at--;
    if (at < last) tape.splice(at, 0, ...tape.splice(last, 1));
  };
}

/** Whether the node is a copy of one of these tensors. */
function copies({ inputs, outputs }: TapeNode, own: ReadonlySet<number>): boolean {
  const [x, ...more] = Object.values(inputs);
  return x !== undefined && more.length === 0 && outputs.length === 1 && own.has(x.id);
}

/**
 * Refuses to differentiate a gradient by hand once more where it uses what its forward pass computed: the result would be
 * wrong without a word, because tfjs does not know how that depends on the inputs.
 */
export function refuseHiddenPaths(tf: typeof tfjs): void {
  const engine = tf.engine() as unknown as Engine;
  const customGrad: Engine["customGrad"] = engine.customGrad.bind(engine);
  engine.customGrad =
    forward =>
    (...inputs) => {
      const { gradientDepth, activeScope } = engine.state;
      // tfjs' fused products save their result and, under a gradient, do not use it.
      if (gradientDepth < 2 || /^fused/.test(activeScope.name)) return customGrad(forward)(...inputs);
      return customGrad(watched(forward, inputs))(...inputs);
    };
}

function watched(forward: Forward, inputs: readonly tfjs.Tensor[]): Forward {
  return (...args) => {
    const save = args.at(-1) as (tensors: tfjs.Tensor[]) => void;
    const saved: tfjs.Tensor[] = [];
    const result = forward(...args.slice(0, -1), (tensors: tfjs.Tensor[]) => {
      saved.push(...tensors);
      save(tensors);
    });
    const known = new Set([...inputs, result.value].map(({ id }) => id));
    if (saved.every(({ id }) => known.has(id))) return result;
    throw new Error(
      "A second derivative goes through a gradient by hand (tf.customGrad) that saves what its forward pass computed, and " +
        "would be wrong. Save only inputs and the value, or write the function without tf.customGrad.",
    );
  };
}
