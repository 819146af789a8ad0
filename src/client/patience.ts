/** Longer than any pause within what one request sends, shorter than a person's patience. */
export const SILENCE_MS = 10_000;

/** The value of `promise`; rejects with `After … s ${what}.` once nothing was heard for `ms`. */
export function unlessSilent<T>(
  promise: Promise<T>,
  ms: number,
  what: string | (() => string),
  heardAt: () => number = constant(performance.now()),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    const look = () => {
      const left = heardAt() + ms - performance.now();
      if (left > 0) timer = setTimeout(look, Math.ceil(left));
      else reject(new Error(`After ${ms / 1000} s ${typeof what === "string" ? what : what()}.`));
    };
    look();
  });
  return Promise.race([promise, silent]).finally(() => clearTimeout(timer));
}

/** `second`, which has to come while something is heard, once `first` is there. */
export async function soonAfter<T>(
  first: Promise<unknown>,
  second: Promise<T>,
  what: string,
  { ms = SILENCE_MS, heardAt }: { ms?: number | undefined; heardAt: () => number },
): Promise<T> {
  await Promise.race([first, second]);
  return unlessSilent(second, ms, what, heardAt);
}

function constant<T>(value: T): () => T {
  return () => value;
}

/** A promise with what settles it. Nobody has to hear its failure. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (why: Error) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (why: Error) => void = () => {};
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
