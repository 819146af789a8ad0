import type * as tfjs from "@tensorflow/tfjs-node";

/** What tfjs's engine needs to know to dispose of a tensor whose object is gone. */
export type Remains = Pick<tfjs.Tensor, "dataId" | "dtype" | "size">;

interface Entry extends Remains {
  readonly tensor: WeakRef<tfjs.Tensor>;
}

/**
 * The tensors that tfjs has and nobody disposed, held weakly. `dataId` stands for the values, which several tensors may
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

  remove({ id }: tfjs.Tensor): void {
    this.#entries.delete(id);
  }

  /** Hands over what is left of tensors that nothing reaches any more; each once, even if `take` is ended half-way. */
  sweep(take: (remains: Remains) => void): void {
    for (const [id, entry] of this.#entries) {
      if (entry.tensor.deref() !== undefined) continue;
      this.#entries.delete(id);
      take(entry);
    }
  }
}
