import { HOST } from "../cell/modules.ts";
import { hide } from "./globals.ts";
import type { Execution } from "./state.ts";

type Callback = (...args: unknown[]) => unknown;

/** Keeps output with the cell that caused it: a timer or an `await` that comes back brings its cell with it. */
export function trackOwners(execution: Execution, terminate: () => void): void {
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    const plain = globalThis[name] as unknown as Callback;
    const owned = (callback: unknown, ...rest: unknown[]) =>
      plain(typeof callback === "function" ? withOwner(execution, callback as Callback) : callback, ...rest);
    // promisify.custom and the like stay.
    Object.defineProperties(owned, Object.getOwnPropertyDescriptors(plain));
    Object.defineProperty(globalThis, name, { value: owned, writable: true, configurable: true, enumerable: true });
  }
  hide(HOST.paused, () => ({ owner: execution.owner, epoch: execution.epoch }));
  hide(HOST.resumed, ({ owner, epoch }: { owner: string; epoch: number }, value: unknown) => {
    if (epoch < execution.epoch) stopHere(terminate);
    execution.owner = owner;
    return value;
  });
}

/** A termination takes effect at the next turn of a loop or the next call, so nothing of the author's runs first. */
function stopHere(terminate: () => void): never {
  terminate();
  for (;;);
}

function withOwner(execution: Execution, callback: Callback): Callback {
  const { owner } = execution;
  return function owned(this: unknown, ...args) {
    execution.owner = owner;
    return callback.apply(this, args);
  };
}
