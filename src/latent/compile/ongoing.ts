import { tf } from "../engine/tf.ts";
import type { NativeBackend } from "./native.ts";

/** Ways back from what a trace replaced; they are gone from last to first. */
export type Undo = (() => void)[];

/** Engines on which a step is being traced now. */
const engines = new WeakSet<NativeBackend>();

/** Runs `body` as a trace on `backend`; see {@link replacing}. */
export function tracing<R>(backend: NativeBackend, body: (undo: Undo) => R): R {
  return replacing(undo => {
    engines.add(backend);
    undo.push(() => void engines.delete(backend));
    return body(undo);
  });
}

/**
 * Runs `body`, which notes in `undo` how to take back what it replaces, and takes it back. An interrupt of the kernel can
 * end JavaScript at any place without running a `finally`: then the event loop's next turn takes it back, before the next
 * cell.
 */
export function replacing<R>(body: (undo: Undo) => R): R {
  const undo: Undo = [keepEngineState(), keepStackFormat()];
  const takeBack = (): void => {
    clearImmediate(rescue);
    for (let back = undo.pop(); back; back = undo.pop()) back();
  };
  const rescue = setImmediate(takeBack);
  try {
    return body(undo);
  } finally {
    takeBack();
  }
}

/** A stop in the middle of `callers` leaves its way to write stacks behind, and every later error without a text. */
function keepStackFormat(): () => void {
  const formatted = Error.prepareStackTrace;
  return () => {
    Error.prepareStackTrace = formatted;
  };
}

/** Whether a step is being traced now. */
export function isTracing(backend: NativeBackend): boolean {
  return engines.has(backend);
}

/** What tfjs counts up and down around a gradient, a kernel and a tidy. */
interface EngineState {
  gradientDepth: number;
  kernelDepth: number;
  activeTape: { saved: tf.Tensor[] }[] | null | undefined;
  activeScope: unknown;
  scopeStack: unknown[];
}

function keepEngineState(): () => void {
  const { state } = tf.engine() as unknown as { state: EngineState };
  const { gradientDepth, kernelDepth, activeTape, activeScope } = state;
  const scopeStack = [...state.scopeStack];
  return () => {
    // A gradient that failed leaves behind what its forward pass saved for the backward one.
    if (state.activeTape !== activeTape) for (const { saved } of state.activeTape ?? []) tf.dispose(saved);
    Object.assign(state, { gradientDepth, kernelDepth, activeTape, activeScope, scopeStack });
  };
}
