import { tf } from "../engine/tf.ts";
import { GraphFailure } from "./errors.ts";
import { Mirror } from "./mirror.ts";
import { DT, type NativeBackend, type NativeTensor } from "./native.ts";
import type { Rate } from "./recorder.ts";
import { Session } from "./session.ts";
import type { Trace } from "./trace.ts";
import { TwinValues } from "./twin-values.ts";

/** Learning rates whose tensors are kept for the next call; a schedule may have a new one each step. */
const KEPT_RATES = 64;

interface MirroredVariable {
  readonly mirror: Mirror;
  readonly input: string;
  readonly set: string;
}

/** A traced step that TensorFlow has loaded: one call runs all of it. */
export class Program {
  readonly #backend: NativeBackend;
  readonly #session: Session;
  readonly #trace: Trace;
  readonly #twins: MirroredVariable[];
  readonly #values: TwinValues;
  readonly #written: Mirror[];
  readonly #feeds: string;
  readonly #fetches: string;
  readonly #rates = new Map<number, number>();

  constructor(backend: NativeBackend, trace: Trace, inputs: number) {
    this.#backend = backend;
    this.#trace = trace;
    const { recorder } = trace;
    const fetches = outputNodes(trace);
    const twins = [...recorder.held.values()].map((held, i) => ({
      held,
      ...twinNodes(trace, held.handle, held.dtype, held.tensor.shape, i),
    }));
    const placeholders = Array.from({ length: inputs }, (_, i) => `input${i}`);
    const fed = [...placeholders, ...recorder.rates.map(({ placeholder }) => placeholder)];
    // What a call feeds has to be in the graph, also where the step makes no use of it.
    const roots = [...fed, ...fetches, ...twins.flatMap(({ get, set }) => [get, set])];
    const session = new Session(backend.binding, recorder.graph, roots);
    this.#session = session;
    const gets = twins.map(({ get }) => get);
    const values = new TwinValues(backend.binding, gets, session.fetch);
    this.#values = values;
    this.#twins = twins.map(({ held, set, input }, at) => {
      return { mirror: new Mirror(backend, held.tensor, held.written, values, at), input, set };
    });
    this.#written = this.#twins.map(({ mirror }) => mirror).filter(({ written }) => written);
    this.#feeds = fed.join(",");
    this.#fetches = fetches.join(",");
  }

  /** Operations in the graph, before TensorFlow prunes and fuses. */
  get size(): number {
    return this.#trace.recorder.graph.size;
  }

  /** Tensors from outside that the step reads or changes, in the order in which it first used them. */
  get held(): tf.Tensor[] {
    return this.#twins.map(({ mirror }) => mirror.tensor);
  }

  /** Optimizers in the order in which a call steps them. */
  get stepped(): readonly tf.Optimizer[] {
    return this.#trace.recorder.stepped;
  }

  /** Learning rates that a call feeds. */
  get rates(): readonly Rate[] {
    return this.#trace.recorder.rates;
  }

  /**
   * One call. `rates` are the learning rates, in the order of {@link rates}.
   *
   * @returns what the step returned, in new tensors
   */
  run(inputs: readonly tf.Tensor[], rates: readonly number[]): unknown {
    const outputs = this.#call(inputs, rates);
    if (this.#trace.outputs.length === 0) for (const { id } of outputs) this.#backend.binding.deleteTensor(id);
    return this.#trace.shaped(
      this.#trace.outputs.map((_, i) => this.#backend.createOutputTensor(outputs[i] as NativeTensor)),
    );
  }

  /** One call of a step that returns a scalar, as a number. */
  runScalar(inputs: readonly tf.Tensor[], rates: readonly number[]): number {
    const { binding } = this.#backend;
    const [output] = this.#call(inputs, rates) as [NativeTensor];
    const [value] = binding.tensorDataSync(output.id);
    binding.deleteTensor(output.id);
    return value as number;
  }

  /** Releases the graph; variables keep their values. */
  dispose(): void {
    if (this.#session.disposed) return;
    for (const mirror of this.#written) mirror.settle();
    this.#values.letGo();
    this.#forgetRates();
    this.#session.dispose();
  }

  #call(inputs: readonly tf.Tensor[], rates: readonly number[]): NativeTensor[] {
    this.#refuseDisposed();
    if (!this.#trace.isRisky) return this.#run(inputs, rates);
    const variables = this.#written.map(({ tensor }) => tensor as tf.Variable);
    const before = variables.map(variable => tf.keep(variable.clone()));
    try {
      return this.#run(inputs, rates);
    } catch (error) {
      before.forEach((value, i) => void variables[i]?.assign(value));
      throw error;
    } finally {
      for (const value of before) value.dispose();
    }
  }

  #run(inputs: readonly tf.Tensor[], rates: readonly number[]): NativeTensor[] {
    this.#refresh();
    const changed = this.#written.map(({ tensor }) => tensor).filter(tensor => inputs.includes(tensor));
    // A variable that is an argument too is handed over as it is now.
    const kept = new Map(changed.map(tensor => [tensor, tensor.clone()]));
    for (const mirror of this.#written) mirror.release();
    this.#values.letGo();
    const ids = this.#backend.getInputTensorIds(inputs.map(input => kept.get(input) ?? input));
    if (this.#rates.size >= KEPT_RATES) this.#forgetRates();
    for (const rate of rates) ids.push(this.#rate(rate));
    try {
      return this.#session.run(ids, this.#feeds, this.#fetches);
    } finally {
      for (const copy of kept.values()) copy.dispose();
    }
  }

  #refuseDisposed(): void {
    const gone = this.held.find(({ isDisposed }) => isDisposed);
    if (gone) throw new GraphFailure(`The step uses ${nameOf(gone)} [${gone.shape}], which was disposed.`);
  }

  /** Hands over what was assigned outside of the graph since the last call. */
  #refresh(): void {
    const stale = this.#twins.filter(({ mirror }) => mirror.stale);
    if (stale.length === 0) return;
    const ids = this.#backend.getInputTensorIds(stale.map(({ mirror }) => mirror.tensor));
    const done = this.#session.run(
      ids,
      stale.map(({ input }) => input).join(","),
      stale.map(({ set }) => set).join(","),
    );
    for (const { id } of done) this.#backend.binding.deleteTensor(id);
    for (const { mirror } of stale) mirror.seen();
  }

  /** A scalar tensor of the learning rate; the last few are kept, a schedule has a new one each step. */
  #rate(value: number): number {
    const known = this.#rates.get(value);
    if (known !== undefined) return known;
    const id = this.#backend.binding.createTensor([], DT.float32, Float32Array.of(value));
    this.#rates.set(value, id);
    return id;
  }

  #forgetRates(): void {
    for (const id of this.#rates.values()) this.#backend.binding.deleteTensor(id);
    this.#rates.clear();
  }
}

function nameOf(tensor: tf.Tensor): string {
  return "name" in tensor ? `the variable ${tensor.name}` : "a tensor marked constant";
}

/** Nodes to fetch: the outputs, of which the first waits for all writes, or else something that only waits. */
function outputNodes({ recorder: { graph }, outputs, dtypes, writes }: Trace): string[] {
  if (outputs.length === 0) return [graph.identity(graph.scalar(0), DT.float32, "done", writes)];
  return outputs.map((node, i) =>
    graph.identity(node, DT[dtypes[i] as tf.DataType], `output${i}`, i === 0 ? writes : []),
  );
}

/** Nodes that read and write a variable of the graph from outside. */
function twinNodes(
  { recorder: { graph } }: Trace,
  handle: string,
  dtype: number,
  shape: number[],
  i: number,
): { get: string; set: string; input: string } {
  const input = graph.placeholder(`new${i}`, dtype, shape);
  const assign = graph.assign(handle, dtype, input);
  return {
    get: graph.identity(graph.read(handle, dtype), dtype, `get${i}`),
    set: graph.identity(graph.scalar(0), DT.float32, `set${i}`, [assign]),
    input,
  };
}
