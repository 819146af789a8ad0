import type { tf } from "../engine/tf.ts";
import { isConstant } from "./constant.ts";
import { StepRefused } from "./errors.ts";
import { Graph } from "./graph.ts";
import { lower, narrowed, type Operand, spreadOf, type Target } from "./lowering.ts";
import { type Attribute, type DataId, DT, type NativeBackend, type NativeTensor, type Values } from "./native.ts";
import { ownOperations } from "./own-operations.ts";
import { remember } from "./place.ts";
import { refuseUnknownShape } from "./shapes.ts";
import { copy, registeredVariables } from "./variables.ts";

/** A value from outside that lives in the graph as a resource variable: a `tf.Variable`, or a tensor marked constant. */
export interface CapturedTensor {
  readonly tensor: tf.Tensor;
  readonly handle: string;
  readonly dtype: number;
  /** The node of the value before the step. */
  readonly first: string;
  /** The node whose value the handle has at this point of the step. */
  content: string;
  /** Nodes that must have read the handle before it is written again. */
  readers: string[];
  written: boolean;
}

export interface Rate {
  readonly optimizer: tf.Optimizer;
  readonly placeholder: string;
}

/** tfjs' `Int64Scalar`: an operand that is no tensor; two words of 32 bits. */
interface WholeNumber {
  readonly valueArray: Int32Array;
}

interface RecordedOutput {
  readonly values: Values;
  readonly shape: number[];
  readonly dtype: number;
}

/** Writes down, as nodes of a graph, what tfjs asks of its backend while an author's step runs once. */
export class Recorder {
  readonly graph: Graph;
  readonly held: Map<DataId | tf.Variable, CapturedTensor> = new Map();
  /** Learning rates that are fed at each run, in the order in which the step applies them. */
  readonly rates: Rate[] = [];
  /** Optimizers in the order in which the step applied them. */
  readonly stepped: tf.Optimizer[] = [];
  /** Nodes that change a variable. */
  readonly writes: string[] = [];
  /** While true, what tfjs does is not part of the step. */
  paused = false;
  /** Something that the step did and could not be stopped from doing; the trace ends with it. */
  refusal: StepRefused | undefined;
  readonly #backend: NativeBackend;
  /** By the handle of a tensor: what stands for it in the graph. */
  readonly #operands = new Map<number, Operand>();
  /** Sums of two tensors of one shape, by their node. */
  readonly #sums = new Map<string, readonly string[]>();
  readonly #made = new WeakMap<DataId, RecordedOutput>();
  readonly #variables = new Map<DataId, tf.Variable>();
  readonly #constants: ReadonlySet<DataId>;
  readonly #here: () => Error | undefined;
  readonly #target: Target;

  /**
   * @param constants tensors from outside that the step may read
   * @param here the place in the author's code
   */
  constructor(backend: NativeBackend, constants: readonly tf.Tensor[] = [], here: () => Error | undefined = remember) {
    this.#backend = backend;
    this.#here = here;
    this.#constants = new Set(constants.map(({ dataId }) => dataId));
    this.graph = new Graph(backend.binding);
    this.#target = { binding: backend.binding, graph: this.graph, ownOperations: ownOperations(backend) };
  }

  /** Makes `tensor` the argument `placeholder`. */
  input(tensor: tf.Tensor, placeholder: string): void {
    this.#name(tensor, this.graph.placeholder(placeholder, DT[tensor.dtype], tensor.shape));
  }

  /** From here on, values with the variable's present `dataId` are the variable's. */
  watch(variable: tf.Variable): void {
    this.#variables.set(variable.dataId, variable);
  }

  /** The variable of that name. */
  variable(name: string): tf.Variable {
    const variable = registeredVariables().find(one => one.name === name);
    if (!variable) throw new Error(`tfjs has no variable named ${name}.`);
    return variable;
  }

  /** A scalar that is fed with the optimizer's learning rate at each run. */
  rate(optimizer: tf.Optimizer): string {
    const placeholder = this.graph.placeholder(`rate${this.rates.length}`, DT.float32, []);
    this.rates.push({ optimizer, placeholder });
    return placeholder;
  }

  /** Runs `body` eagerly, as no part of the step. */
  outside<R>(body: () => R): R {
    const { paused } = this;
    this.paused = true;
    try {
      return body();
    } finally {
      this.paused = paused;
    }
  }

  /** tfjs made a tensor from numbers of JavaScript. */
  write(dataId: DataId, values: Values, shape: number[], dtype: string): void {
    if (dtype === "string")
      throw new StepRefused("A compiled step makes a tensor of strings", "Make it outside and pass it as an argument.");
    this.#made.set(dataId, { values, shape, dtype: DT[dtype as keyof typeof DT] });
  }

  executeOp(op: string, attributes: Attribute[], inputs: number[], outputs: NativeTensor[]): void {
    this.throwRefusal();
    const operands = narrowed(
      op,
      inputs.map(id => this.#operandOf(id, op)),
      outputs[0]?.shape,
    );
    refuseUnknownShape(op, operands);
    const [only] = operands;
    const [output] = outputs;
    const same = only && output && sameAs(op, only, output);
    if (same) {
      this.#operands.set(output.id, same);
      return;
    }
    const call = lower({ op, attributes, operands, shape: outputs[0]?.shape ?? [] }, this.#target);
    const nodes = call.operands.map(({ node }) => node);
    const name = this.graph.add(call.op, call.attributes, nodes, { origin: this.#here(), fusions: call.fusions });
    if (call.op === "Add" && operands.every(({ shape }) => String(shape) === String(outputs[0]?.shape)))
      this.#sums.set(name, nodes);
    outputs.forEach(({ id, shape, dtype }, i) => {
      const spread = spreadOf(op, operands, shape);
      this.#operands.set(id, {
        node: i === 0 ? name : `${name}:${i}`,
        shape,
        dtype,
        ...(spread && { spreads: spread }),
        ...(call.op === "Reshape" && { reshaped: call.operands[0] as Operand }),
        ...(call.own && { own: call.own }),
      });
    });
  }

  /** Whether operations of `src/native` may take the place of TensorFlow's. */
  get ownOperations(): boolean {
    return this.#target.ownOperations;
  }

  /** What stands for a tensor in the graph, by the tensor's handle. */
  known(id: number): Operand | undefined {
    return this.#operands.get(id);
  }

  throwRefusal(): void {
    if (this.refusal) throw this.refusal;
  }

  /** Whether the values of `dataId` are known while tracing and the same at every step. */
  isKnown(dataId: DataId): boolean {
    return this.#made.has(dataId);
  }

  /** The node of a tensor that the step uses. */
  node(tensor: tf.Tensor): string {
    const [id = -1] = this.#backend.getInputTensorIds([tensor]);
    return (this.#operands.get(id) ?? this.#bind(tensor, id)).node;
  }

  /** Called for every operand: a tensor that is seen for the first time came from outside. */
  operand(tensor: tf.Tensor | WholeNumber, id: number): void {
    if (!this.#operands.has(id)) this.#bind(tensor, id);
  }

  /** Lets `emit` add nodes that change the variables, and gives the variables new values in tfjs. */
  update(
    variables: readonly tf.Variable[],
    emit: (all: readonly CapturedTensor[], after: readonly string[]) => string[],
  ): void {
    const all = variables.map(variable => this.#settled(variable));
    const nodes = emit(all, this.graph.gate(all.flatMap(({ readers }) => readers)));
    this.writes.push(...nodes);
    const done = this.graph.gate(nodes);
    for (const [i, one] of all.entries()) {
      one.content = this.graph.read(one.handle, one.dtype, done);
      one.readers = [one.content];
      one.written = true;
      this.#revalue(variables[i] as tf.Variable, one.content);
    }
  }

  /** Brings every variable's handle up to the variable's value at the end of the step; returns the nodes to wait for. */
  finish(): string[] {
    for (const variable of this.#variables.values()) {
      if (!variable.isDisposed && this.#isChanged(variable)) this.#settled(variable);
    }
    this.#variables.clear(); // the step holds the variables that it uses, and no others
    return [...this.held.values()].filter(({ written }) => written).map(({ content }) => content);
  }

  #isChanged(variable: tf.Variable): boolean {
    return this.#variables.get(variable.dataId) !== variable;
  }

  /** The variable's handle, holding what the variable holds. */
  #settled(variable: tf.Variable): CapturedTensor {
    const held = this.held.get(variable) ?? this.#hold(variable, variable);
    const value = this.node(variable);
    if (value === held.content) return held;
    const write = this.#write(held, value);
    held.content = this.graph.read(held.handle, held.dtype, [write]);
    held.readers = [held.content];
    held.written = true;
    return held;
  }

  /** `w.assign(tf.add(w, change))` adds in place. */
  #write({ handle, dtype, content, readers }: CapturedTensor, value: string): string {
    const [first, second] = this.#sums.get(value) ?? [];
    const isSum = first === content && second !== undefined;
    const write = isSum
      ? this.graph.assignAdd(handle, dtype, second, readers)
      : this.graph.assign(handle, dtype, value, readers);
    this.writes.push(write);
    return write;
  }

  #hold(key: DataId | tf.Variable, tensor: tf.Tensor): CapturedTensor {
    const dtype = DT[tensor.dtype];
    const handle = this.graph.variable(`v${this.held.size}`, dtype, tensor.shape);
    const first = this.graph.read(handle, dtype);
    const held: CapturedTensor = { tensor, handle, dtype, first, content: first, readers: [first], written: false };
    this.held.set(key, held);
    return held;
  }

  #bind(tensor: tf.Tensor | WholeNumber, id: number): Operand {
    const operand =
      "valueArray" in tensor
        ? { node: this.graph.constant(DT.int64, [], tensor.valueArray), shape: [], dtype: DT.int64 }
        : { node: this.#origin(tensor), shape: tensor.shape, dtype: DT[tensor.dtype], ...this.#known(tensor.dataId) };
    this.#operands.set(id, operand);
    return operand;
  }

  #known(dataId: DataId): { values?: Values } {
    const made = this.#made.get(dataId);
    return made ? { values: made.values } : {};
  }

  #origin(tensor: tf.Tensor): string {
    const { dataId } = tensor;
    const variable = this.#variables.get(dataId);
    // The `dataId` is that of the value before the step, also where the variable has been written since: after a swap
    // `const t = a.clone(); a.assign(b); b.assign(t)` the values of `a` are first asked for when `a` holds those of `b`.
    if (variable) return (this.held.get(variable) ?? this.#hold(variable, variable)).first;
    const made = this.#made.get(dataId);
    if (made) return this.graph.constant(made.dtype, made.shape, made.values, this.#here());
    if (this.#constants.has(dataId) || isConstant(dataId))
      return (this.held.get(dataId) ?? this.#hold(dataId, tensor)).first;
    throw new StepRefused(
      `The step reads a tensor [${tensor.shape}] that was made outside of it`,
      "Pass it to the step as an argument if it differs from step to step, make it a tf.variable if steps change it, or " +
        "wrap it in constant(…) if it never changes.",
    );
  }

  #operandOf(id: number, op: string): Operand {
    const operand = this.#operands.get(id);
    if (!operand) throw new Error(`${op} has an operand (${id}) that did not pass through tfjs.`);
    return operand;
  }

  #name(tensor: tf.Tensor, node: string): void {
    const [id = -1] = this.outside(() => this.#backend.getInputTensorIds([tensor]));
    this.#operands.set(id, { node, shape: tensor.shape, dtype: DT[tensor.dtype] });
  }

  /** A new identity for a variable whose value the graph has changed; only its shape matters while tracing. */
  #revalue(variable: tf.Variable, node: string): void {
    const fresh = this.outside(() => copy(this.#backend, variable));
    variable.assign(fresh);
    this.#name(fresh, node);
    fresh.dispose();
  }
}

/** What stands for a result that has the numbers of an operand: tfjs brings many tensors into the shape, or the type, they have. */
function sameAs(op: string, operand: Operand, { dtype, shape }: NativeTensor): Operand | undefined {
  if ((op !== "Reshape" && op !== "Cast") || dtype !== operand.dtype) return undefined;
  return [operand, operand.reshaped].find(one => String(one?.shape) === String(shape));
}
