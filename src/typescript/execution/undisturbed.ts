import { Reflect } from "../intrinsics.ts";
import { giveUp } from "./give_up.ts";
import { type Place, put } from "./place.ts";
import { lookForReplaced, now } from "./replaced.ts";

/**
 * Runs the kernel's own code on the language as it was, whatever cells have replaced of it (`Array.prototype.map = null`).
 * What they have put there is there again behind it.
 */
export function undisturbed<Result>(work: () => Result): Result {
  const { replaced } = now;
  if (replaced.length === 0 || now.isUndisturbed) return work();
  const theirs: (PropertyDescriptor | undefined)[] = [];
  for (let i = 0; i < replaced.length; i++) {
    const { holder, key, value } = replaced[i] as Place;
    theirs[i] = Reflect.getOwnPropertyDescriptor(holder, key);
    const enumerable = theirs[i]?.enumerable ?? false;
    put(holder, key, value === undefined ? undefined : { value, writable: true, configurable: true, enumerable });
  }
  now.isUndisturbed = true;
  try {
    return work();
  } finally {
    now.isUndisturbed = false;
    for (let i = 0; i < replaced.length; i++) put((replaced[i] as Place).holder, (replaced[i] as Place).key, theirs[i]);
  }
}

/** As `undisturbed`, for what may be done a second time, where only its failure shows that something was replaced. */
export function insisted<Result>(work: () => Result): Result {
  try {
    return undisturbed(work);
  } catch (error) {
    lookForReplaced();
    if (now.replaced.length === 0) throw error;
    return onceMore(work);
  }
}

/** Where a cell has put something in place for good, and what is there is of no use, the kernel cannot go on. */
function onceMore<Result>(work: () => Result): Result {
  try {
    return undisturbed(work);
  } catch (error) {
    for (let i = 0; i < now.replaced.length; i++) if (isForGood(now.replaced[i] as Place)) giveUp();
    throw error;
  }
}

function isForGood({ holder, key }: Place): boolean {
  return Reflect.getOwnPropertyDescriptor(holder, key)?.configurable === false;
}
