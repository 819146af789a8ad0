/** Puts `value` at `object[key]` and returns the way back. */
export function swap<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): () => void {
  const own = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, {
    value,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? false,
  });
  return () => {
    if (own) Object.defineProperty(object, key, own);
    else delete object[key];
  };
}

/** Runs `body` with replacements in place, and takes them out again in reverse order, whatever happens. */
export function withSwaps<R>(install: (undo: (() => void)[]) => void, body: () => R): R {
  const undo: (() => void)[] = [];
  try {
    install(undo);
    return body();
  } finally {
    for (const back of undo.reverse()) back();
  }
}
