import { createRequire } from "node:module";
import type * as tfjs from "@tensorflow/tfjs-node";

const require = createRequire(import.meta.url);

/** TensorFlow's native library could not be loaded. `cause` is what Node said. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";
}

/**
 * Loads `@tensorflow/tfjs-node` with its native engine.
 *
 * @param load how to get the package; a test puts its own here
 * @throws EngineMissingError when the package or its native addon cannot be loaded
 */
export function loadTensorFlow(load: () => unknown = () => require("@tensorflow/tfjs-node")): typeof tfjs {
  restoreUtilChecks(require("node:util"));
  try {
    return load() as typeof tfjs;
  } catch (cause) {
    throw new EngineMissingError(
      "TensorFlow's native library could not be loaded. `npm start -- doctor` in the folder of Latent says which part is missing and puts it in place.",
      { cause },
    );
  }
}

/**
 * Gives `node:util` back the type checks that Node 23 removed and tfjs-node 4.22 calls when a tensor crosses into the
 * native library. Does nothing where they exist.
 */
export function restoreUtilChecks(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
