/**
 * A seeded source of uniform numbers in [0, 1): mulberry32, 32 bits of state. The same seed gives the same numbers on
 * every machine; enough for shuffling and for tests, not for cryptography.
 *
 * @throws RangeError when `seed` is not a whole number
 */
export function uniform(seed: number): () => number {
  expectWhole(seed);
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random order of 0 … n−1 (Fisher and Yates' shuffle), drawn from `random`. */
export function permutation(n: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}

/** @throws RangeError when `seed` is not a whole number of 32 bits: 0.1 and 0.9 would both be 0 */
export function expectSeed(seed: number): void {
  expectWhole(seed);
  if (seed >= -(2 ** 31) && seed < 2 ** 31) return;
  throw new RangeError(`A seed is a whole number from −2³¹ to 2³¹ − 1, got ${seed}.`);
}

function expectWhole(seed: number): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number, such as 1; got ${String(seed)}.`);
}
