import type { tf } from "../engine/tf.ts";
import { type DataId, DT, type NativeBackend, type TensorInfo } from "./native.ts";
import type { TwinValue, TwinValues } from "./twin-values.ts";

/**
 * A variable of tfjs and its twin in a graph. tfjs knows values by their `dataId`, so the twin holds the variable's value
 * exactly when it has seen its present `dataId`. After a step has changed the twin, the variable gets values that are
 * fetched only when somebody asks for them.
 */
export class Mirror {
  readonly tensor: tf.Tensor;
  /** Whether a step changes it. */
  readonly written: boolean;
  readonly #backend: NativeBackend;
  readonly #putOff: (info: TensorInfo) => TwinValue;
  #seen: DataId | undefined;
  #value: TwinValue | undefined;

  /** @param at which of `values` is the twin's */
  constructor(backend: NativeBackend, tensor: tf.Tensor, written: boolean, values: TwinValues, at: number) {
    this.#backend = backend;
    this.tensor = tensor;
    this.written = written;
    this.#putOff = info => values.putOff(at, info);
  }

  /** Whether the variable has a value that the twin has not. */
  get stale(): boolean {
    return this.tensor.dataId !== this.#seen;
  }

  /** To be called once the twin has the variable's value. */
  seen(): void {
    this.#seen = this.tensor.dataId;
    this.#value = undefined;
  }

  /**
   * Before the twin changes: tensors that share the variable's values keep the old ones, and the variable's own are the
   * twin's from now on, even if the step fails or is stopped half-way.
   */
  release(): void {
    // Nobody has looked since the last step: there is nothing to take back.
    if (this.#value?.waits && !this.#isShared()) return;
    this.#value?.read();
    const variable = this.tensor as tf.Variable;
    const values = this.#backend.createOutputTensor({ id: -1, shape: variable.shape, dtype: DT[variable.dtype] });
    variable.assign(values);
    values.dispose();
    this.#seen = variable.dataId;
    this.#value = this.#putOff(this.#info(variable.dataId) as TensorInfo);
  }

  /** Fetches the value, if that was put off. */
  settle(): void {
    if (!this.stale) this.#value?.read();
  }

  #isShared(): boolean {
    return (this.#info(this.tensor.dataId)?.refCount ?? 1) > 1;
  }

  #info(dataId: DataId): TensorInfo | undefined {
    return this.#backend.tensorMap.get(dataId);
  }
}
