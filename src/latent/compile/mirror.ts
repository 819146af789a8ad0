import type { tf } from "../engine/tf.ts";
import { type DataId, DT, type NativeBackend, type TensorInfo } from "./native.ts";

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
  readonly #fetch: () => number;
  #seen: DataId | undefined;
  #unread: (() => void) | undefined;

  /** @param fetch gets the twin's value, as the handle of a tensor that is the caller's */
  constructor(backend: NativeBackend, tensor: tf.Tensor, written: boolean, fetch: () => number) {
    this.#backend = backend;
    this.tensor = tensor;
    this.written = written;
    this.#fetch = fetch;
  }

  /** Whether the variable has a value that the twin has not. */
  get stale(): boolean {
    return this.tensor.dataId !== this.#seen;
  }

  /** To be called once the twin has the variable's value. */
  seen(): void {
    this.#seen = this.tensor.dataId;
    this.#unread = undefined;
  }

  /**
   * Before the twin changes: tensors that share the variable's values keep the old ones, and the variable's own are the
   * twin's from now on, even if the step fails or is stopped half-way.
   */
  release(): void {
    if (this.#unread && !this.#isShared()) return; // nobody has looked since the last step: there is nothing to take back
    this.#unread?.();
    const variable = this.tensor as tf.Variable;
    const values = this.#backend.createOutputTensor({ id: -1, shape: variable.shape, dtype: DT[variable.dtype] });
    variable.assign(values);
    values.dispose();
    this.#seen = variable.dataId;
    this.#defer(this.#info(variable.dataId) as TensorInfo);
  }

  /** Fetches the value, if that was put off. */
  settle(): void {
    if (!this.stale) this.#unread?.();
  }

  #isShared(): boolean {
    return (this.#info(this.tensor.dataId)?.refCount ?? 1) > 1;
  }

  #info(dataId: DataId): TensorInfo | undefined {
    return this.#backend.tensorMap.get(dataId);
  }

  /** The handle is fetched when it is first read. */
  #defer(info: TensorInfo): void {
    const settle = (): number => {
      const id = this.#fetch();
      Object.defineProperty(info, "id", { value: id, writable: true, configurable: true, enumerable: true });
      if (this.#unread === read) this.#unread = undefined;
      return id;
    };
    const read = (): void => void settle();
    Object.defineProperty(info, "id", { get: settle, configurable: true, enumerable: true });
    this.#unread = read;
  }
}
