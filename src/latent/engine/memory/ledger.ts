import type * as tfjs from "@tensorflow/tfjs-node";

/** What tfjs's engine needs to know to dispose of a tensor whose object is gone. */
export type Remains = Pick<tfjs.Tensor, "dataId" | "dtype" | "size">;

interface Entry extends Remains {
  readonly tensor: WeakRef<tfjs.Tensor>;
}

/**
 * The tensors that tfjs has and nobody disposed of, held weakly. `dataId` stands for the values, which several tensors may
 * share; the engine counts for how many tensors it keeps them, so each entry is one such count.
 */
export class Ledger {
  readonly #entries = new Map<number, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  add(tensor: tfjs.Tensor): void {
    const { id, dataId, dtype, size } = tensor;
    this.#entries.set(id, { tensor: new WeakRef(tensor), dataId, dtype, size });
  }

  /** Whether the tensor was there. */
  remove({ id }: tfjs.Tensor): boolean {
    return this.#entries.delete(id);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Hands over what is left of tensors that nothing reaches any more; each once, even if `take` is stopped half-way. */
  sweep(take: (remains: Remains) => void): void {
    for (const [id, entry] of this.#entries) {
      if (entry.tensor.deref() !== undefined) continue;
      this.#entries.delete(id);
      take(entry);
    }
  }

  /** The bytes of all, each tensor by itself as tfjs counts them; undefined where words are among them. */
  bytes(bytesPerElement: (dtype: tfjs.DataType) => number): number | undefined {
    let bytes = 0;
    for (const { dtype, size } of this.#entries.values()) {
      if (dtype === "string") return undefined;
      if (dtype !== "complex64") bytes += size * bytesPerElement(dtype); // its two parts are counted instead
    }
    return bytes;
  }
}
