import { expectKeys, type Keys } from "../options/keys.ts";
import { Place, type Standing } from "../progress/index.ts";

export interface EachWords {
  /** What the items are: "seeds", "images". @defaultValue "items" */
  title?: string;
  /** How many there are, where the items do not know it themselves. */
  total?: number;
}

const KEYS: Keys<EachWords> = { title: true, total: true };

/**
 * Goes through items with a bar below the cell: how many are done, how many a second, how long it will take. Trainings and other
 * such loops inside stand below it while they run, and leave nothing.
 *
 *     for (const seed of train.each([1, 2, 3], { title: "seeds" })) errors.push(await errorOf(seed));
 */
export function each<T>(items: Iterable<T>, words: EachWords = {}): Generator<T, void> {
  expectKeys(words, "train.each", KEYS, { unit: "title" });
  return watched(items, words);
}

function* watched<T>(items: Iterable<T>, { title = "items", total = countOf(items) }: EachWords): Generator<T, void> {
  const place = new Place();
  const start = performance.now();
  let done = 0;
  const standing = (): Standing => ({
    words: [`${title}: ${done}${total === undefined ? "" : ` of ${total}`}`],
    ...{ done, total },
  });
  const live = (): Standing => {
    const perSecond = (1000 * done) / (performance.now() - start);
    return { ...standing(), rate: { perSecond, unit: title } };
  };
  try {
    place.show(live);
    for (const item of items) {
      yield item;
      done++;
      place.show(live);
    }
  } finally {
    // Also where the loop breaks off.
    place.end(standing());
  }
}

function countOf(items: Iterable<unknown>): number | undefined {
  if (Array.isArray(items) || ArrayBuffer.isView(items)) return (items as { length?: number }).length;
  return items instanceof Set || items instanceof Map ? items.size : undefined;
}
