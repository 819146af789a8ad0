import type inspector from "node:inspector";
import { guardedAwait } from "../cell/awaits.ts";
import { HOST } from "../cell/host_names.ts";
import { Error, Object, type Promise, String, Symbol, TypeError } from "../intrinsics.ts";
import { guarded } from "./guarded.ts";
import { hide } from "./hide.ts";
import type { Execution } from "./state.ts";
import { takeValue } from "./values.ts";

type Evaluated = inspector.Runtime.EvaluateReturnType;
type Callback = (error: Error | null, evaluated?: object) => void;
type Dispose = () => unknown;

/** What a cell's own `using` has opened and its end must close. */
interface Open {
  dispose: Dispose | undefined;
  awaited: boolean;
}

const DISPOSE = "$$dispose";
const DISPOSE_ALL = guardedAwait(`${DISPOSE}()`);

/** A cell is to its `using` what a block is: what it opened is disposed of at its end. */
export class Resources {
  #open: Open[] = [];
  /** What the cell threw, if it threw. */
  failure: { error: unknown } | undefined;

  provide(): void {
    hide(HOST.use, (value: unknown, awaited = false) => {
      this.#open.push({ dispose: disposeOf(value, awaited), awaited });
      return value;
    });
    hide(DISPOSE, () => this.#disposeAll());
  }

  forget(): void {
    this.#open = [];
  }

  /** Throws what a `dispose` threw, with what was thrown before it. */
  async #disposeAll(): Promise<void> {
    let { failure } = this;
    const before = failure;
    for (let next = this.#open.pop(); next; next = this.#open.pop()) {
      try {
        const result = next.dispose?.();
        if (next.awaited) await result;
      } catch (error) {
        failure = { error: failure ? suppressed(error, failure.error) : error };
      }
    }
    if (failure !== before) throw failure?.error;
  }
}

export type Evaluate = (parameters: object, settled: Callback) => void;

/** Evaluates a cell and then disposes of what it opened; `settled` gets the error of either. */
export function evaluateWithResources(
  { resources }: Execution,
  session: inspector.Session,
  isRunning: () => boolean,
): Evaluate {
  return (parameters, settled) => {
    const dispose = ({ exceptionDetails }: Evaluated, evaluated: object) => {
      const thrown = exceptionDetails?.exception;
      resources.failure = exceptionDetails && { error: thrown && takeValue(session, thrown) };
      session.post("Runtime.evaluate", { ...parameters, expression: DISPOSE_ALL }, (error, disposed) => {
        const threw = (disposed as Evaluated | undefined)?.exceptionDetails !== undefined;
        settled(error, threw ? disposed : evaluated);
      });
    };
    const ended: Callback = (error, evaluated) => {
      if (!error && evaluated && isRunning()) return dispose(evaluated as Evaluated, evaluated);
      resources.forget();
      settled(error, evaluated);
    };
    session.post(
      "Runtime.evaluate",
      parameters,
      guarded(ended, error => settled(error as Error)),
    );
  };
}

function disposeOf(value: unknown, awaited: boolean): Dispose | undefined {
  if (value === null || value === undefined) return undefined;
  if (Object(value) !== value) throw new TypeError("The value of `using` must be an object, null or undefined.");
  const methods = value as Record<symbol, unknown>;
  const method = (awaited ? methods[Symbol.asyncDispose] : undefined) ?? methods[Symbol.dispose];
  if (typeof method !== "function")
    throw new TypeError(`The value of \`using\` has no method [Symbol.${awaited ? "asyncDispose" : "dispose"}].`);
  return () => method.call(value) as unknown;
}

/** What was thrown last, with where it was thrown, and what it came on top of. */
function suppressed(error: unknown, earlier: unknown): Error {
  const both = new Error("An error was suppressed during disposal.", { cause: earlier });
  const [, frames = ""] = /\n(?=\s+at )([\s\S]*)/.exec(error instanceof Error ? String(error.stack) : "") ?? [];
  return Object.assign(both, {
    name: "SuppressedError",
    error,
    suppressed: earlier,
    stack: `SuppressedError: ${both.message}\n${frames}`,
  });
}
