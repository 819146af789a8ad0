import {
  Atomics,
  type BigInt64Array,
  type Int32Array,
  Math,
  Number,
  Object,
  performance,
  realm,
} from "../../intrinsics.ts";

const SLICE_MS = 50;

type Waited = "ok" | "not-equal" | "timed-out";
type Wait = (array: Int32Array | BigInt64Array, index: number, value: number | bigint, timeout?: number) => Waited;

/**
 * Makes `Atomics.wait` of a cell wait in slices: V8 runs what the side thread asks only between two steps of
 * JavaScript, and one long wait is one step. A cell that waits can then be stopped like one that loops.
 */
export function sliceWaits(): void {
  const plain = Atomics.wait as unknown as Wait;
  const wait: Wait = (array, index, value, timeout = Number.POSITIVE_INFINITY) => {
    const end = performance.now() + Number(timeout);
    for (;;) {
      const left = end - performance.now();
      const waited = plain(array, index, value, Math.max(0, Math.min(left, SLICE_MS)));
      if (waited !== "timed-out" || left <= SLICE_MS) return waited;
    }
  };
  Object.defineProperty(realm.Atomics, "wait", { value: wait, writable: true, configurable: true });
}
