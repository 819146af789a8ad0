import type { Binding, NativeTensor, TensorInfo } from "./native.ts";

/** Values of so few variables are fetched one by one. */
const FEW = 4;

/** The value of a twin, until the graph changes it. */
export interface TwinValue {
  /** Whether nobody has looked at it. */
  readonly waits: boolean;
  read(): void;
}

interface Slot {
  waits: boolean;
  /** The handle, if it was fetched together with others. */
  fetched: number | undefined;
}

/**
 * Values of a graph's variables, which are fetched when somebody looks at them. TensorFlow prepares for each set of nodes
 * that it has not been asked for before, in 40 ms where the graph has 2,500 operations (a second trace of a transformer
 * looked at 221 variables, in seven seconds). So all are fetched together, but where few were looked at the last time.
 *
 * The values of a variable that nobody holds any more live until it is disposed of, so nothing here leads back to one.
 */
export class TwinValues {
  readonly #binding: Binding;
  readonly #fetch: (nodes: string) => NativeTensor[];
  readonly #nodes: readonly string[];
  readonly #slots: (Slot | undefined)[];
  #looks = 0;
  #looksBefore = Number.POSITIVE_INFINITY;

  /**
   * @param nodes the node of each twin's value
   * @param fetch gets the values of nodes, separated by commas, as handles of tensors that are the caller's
   */
  constructor(binding: Binding, nodes: readonly string[], fetch: (nodes: string) => NativeTensor[]) {
    this.#binding = binding;
    this.#nodes = nodes;
    this.#fetch = fetch;
    this.#slots = nodes.map(() => undefined);
  }

  /** Lets the handle in `info` be fetched when it is first read; it is the value of twin number `at`. */
  putOff(at: number, info: TensorInfo): TwinValue {
    const slot: Slot & TwinValue = { waits: true, fetched: undefined, read: () => void info.id };
    this.#slots[at] = slot;
    const read = (): number => {
      const id = this.#value(at, slot);
      Object.defineProperty(info, "id", { value: id, writable: true, configurable: true, enumerable: true });
      return id;
    };
    Object.defineProperty(info, "id", { get: read, configurable: true, enumerable: true });
    return slot;
  }

  /** To be called before the graph changes its variables: what was fetched, and nobody has looked at, is let go. */
  letGo(): void {
    if (this.#looks > 0) this.#looksBefore = this.#looks;
    this.#looks = 0;
    for (const slot of this.#slots) {
      if (slot?.fetched === undefined) continue;
      this.#binding.deleteTensor(slot.fetched);
      slot.fetched = undefined;
    }
  }

  #value(at: number, slot: Slot): number {
    this.#looks++;
    const many = Math.max(this.#looksBefore, this.#looks) > FEW && this.#nodes.length > FEW;
    if (slot.fetched === undefined && many) this.#fetchAll();
    const [id] =
      slot.fetched === undefined ? this.#fetch(this.#nodes[at] as string).map(one => one.id) : [slot.fetched];
    slot.fetched = undefined;
    slot.waits = false;
    return id as number;
  }

  /** Always of all, so that TensorFlow prepares once. */
  #fetchAll(): void {
    this.#fetch(this.#nodes.join(",")).forEach(({ id }, at) => {
      const slot = this.#slots[at];
      if (slot?.waits && slot.fetched === undefined) slot.fetched = id;
      else this.#binding.deleteTensor(id);
    });
  }
}
