import type inspector from "node:inspector";
import { HOST } from "../../cell/modules.ts";
import { Object, realm } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { takeComingStop } from "./stop.ts";

type Callback = (...args: unknown[]) => unknown;

/**
 * Keeps output with the cell that caused it: a timer or an `await` that comes back brings its cell with it. Of a cell
 * that was stopped nothing comes back.
 */
export function trackOwners(execution: Execution, session: inspector.Session): void {
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    const plain = realm[name] as unknown as Callback;
    const owned = (callback: unknown, ...rest: unknown[]) =>
      plain(typeof callback === "function" ? withOwner(execution, session, callback as Callback) : callback, ...rest);
    // promisify.custom and the like stay.
    Object.defineProperties(owned, Object.getOwnPropertyDescriptors(plain));
    Object.defineProperty(realm, name, { value: owned, writable: true, configurable: true, enumerable: true });
  }
  hide(HOST.paused, () => execution.owner);
  hide(HOST.resumed, (owner: string, value: unknown) => {
    if (execution.stopped.has(owner)) {
      execution.recover();
      stopHere(session);
    }
    execution.owner = owner;
    return value;
  });
}

/** A termination takes effect at the next turn of a loop or the next call, so nothing of the author's runs first. */
function stopHere(session: inspector.Session): never {
  session.post("Runtime.terminateExecution");
  for (;;);
}

function withOwner(execution: Execution, session: inspector.Session, callback: Callback): Callback {
  const { owner } = execution;
  return function owned(this: unknown, ...args) {
    if (execution.stopped.has(owner)) return undefined;
    execution.owner = owner;
    const result = callback.apply(this, args);
    takeComingStop(execution, session);
    return result;
  };
}
