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
  #unread: Unread | undefined;

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
    // Nobody has looked since the last step: there is nothing to take back.
    if (this.#unread?.waits && !this.#isShared()) return;
    this.#unread?.read();
    const variable = this.tensor as tf.Variable;
    const values = this.#backend.createOutputTensor({ id: -1, shape: variable.shape, dtype: DT[variable.dtype] });
    variable.assign(values);
    values.dispose();
    this.#seen = variable.dataId;
    this.#unread = unread(this.#info(variable.dataId) as TensorInfo, this.#fetch);
  }

  /** Fetches the value, if that was put off. */
  settle(): void {
    if (!this.stale) this.#unread?.read();
  }

  #isShared(): boolean {
    return (this.#info(this.tensor.dataId)?.refCount ?? 1) > 1;
  }

  #info(dataId: DataId): TensorInfo | undefined {
    return this.#backend.tensorMap.get(dataId);
  }
}

/** A value that is fetched when somebody looks at it. */
interface Unread {
  waits: boolean;
  read(): void;
}

/**
 * Lets the handle be fetched when it is first read. The values of a variable that nobody holds any more live until it is
 * disposed of, so nothing here may lead back to the variable.
 */
function unread(info: TensorInfo, fetch: () => number): Unread {
  const state: Unread = { waits: true, read: () => void info.id };
  const read = (): number => {
    const id = fetch();
    Object.defineProperty(info, "id", { value: id, writable: true, configurable: true, enumerable: true });
    state.waits = false;
    return id;
  };
  Object.defineProperty(info, "id", { get: read, configurable: true, enumerable: true });
  return state;
}
