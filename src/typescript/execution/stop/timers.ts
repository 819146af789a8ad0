import { AsyncResource } from "node:async_hooks";
import type inspector from "node:inspector";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import { Object, Reflect, realm } from "../../intrinsics.ts";
import type { Execution } from "../state.ts";
import { inTurn } from "../turn.ts";
import { undisturbed } from "../undisturbed.ts";
import { type Callback, inLine } from "./lines.ts";

const { clearTimeout } = timers;

/** More than a notebook has at a time: above it, timers that ended by ways of their own are looked for. */
const MANY = 1000;

type Names = "setTimeout" | "setInterval" | "setImmediate" | "queueMicrotask";

/** Timers come back in the line of the cell that set them, and are known while they wait. */
export function trackTimers(execution: Execution, session: inspector.Session): void {
  const { timers: waiting } = execution;
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    const plain = realm[name] as unknown as Callback;
    replace(name, (callback: unknown, ...rest: unknown[]) => {
      if (typeof callback !== "function") return plain(callback, ...rest);
      const lined = inLine(execution, session, callback as Callback);
      if (name === "queueMicrotask") return plain(lined, ...rest);
      if (name === "setImmediate") return plain(inOwnTurn(lined), ...rest);
      const timer = plain(name === "setInterval" ? lined : fired, ...rest) as object;
      function fired(this: unknown, ...args: unknown[]) {
        undisturbed(() => waiting.delete(timer));
        return Reflect.apply(lined, this, args);
      }
      undisturbed(() => waiting.add(timer));
      if (waiting.size % MANY === 0) forgetEnded(execution);
      return timer;
    });
  }
  for (const name of ["clearTimeout", "clearInterval"] as const) {
    const plain = realm[name] as unknown as Callback;
    replace(name, (timer: unknown) => {
      undisturbed(() => waiting.delete(timer as object));
      return plain(timer);
    });
  }
  syncBuiltinESMExports();
}

/** A callback that node calls among others, and that may be stopped (see `turn.ts`); what node follows through it stays. */
function inOwnTurn(callback: Callback): Callback {
  return function fired(this: unknown, ...args) {
    inTurn(AsyncResource.bind(() => Reflect.apply(callback, this, args)));
  };
}

/** Ends all timers that wait; returns how many. */
export function clearTimers(execution: Execution): number {
  forgetEnded(execution);
  const { size } = execution.timers;
  for (const timer of execution.timers) clearTimeout(timer as NodeJS.Timeout);
  execution.timers.clear();
  return size;
}

function forgetEnded({ timers: waiting }: Execution): void {
  // `close`, `Symbol.dispose` and a number instead of the object end a timer as well.
  for (const timer of waiting) if ((timer as { _destroyed?: boolean })._destroyed) waiting.delete(timer);
}

/** On the global object and in `node:timers`. */
function replace(name: Names | "clearTimeout" | "clearInterval", ours: Callback): void {
  // promisify.custom and the like stay.
  Object.defineProperties(ours, Object.getOwnPropertyDescriptors(realm[name]));
  Object.defineProperty(realm, name, { value: ours, writable: true, configurable: true, enumerable: true });
  if (name in timers) Object.assign(timers, { [name]: ours });
}
