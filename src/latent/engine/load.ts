import { createRequire } from "node:module";
import type * as tfjs from "@tensorflow/tfjs-node";
import type { Engine } from "./engine.ts";
import { loadWasm } from "./wasm.ts";

export type { Engine, EngineRoute } from "./engine.ts";

const require = createRequire(import.meta.url);

/** TensorFlow could not be loaded. `cause` is what Node said. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";
}

/**
 * Loads TensorFlow's native library, else TensorFlow.js on WebAssembly.
 *
 * @param wanted `$LATENT_ENGINE`: `native` or `wasm` accepts nothing else
 * @throws EngineMissingError when what is wanted cannot be loaded
 * @throws RangeError when `wanted` is neither
 */
export function loadEngine(
  wanted: string | undefined = process.env.LATENT_ENGINE,
  native: () => typeof tfjs = loadTensorFlow,
  wasm: (why: string) => Engine = loadWasm,
): Engine {
  if (wanted && wanted !== "native" && wanted !== "wasm") {
    throw new RangeError(`LATENT_ENGINE is native, wasm or not set; it is ${wanted}.`);
  }
  if (wanted === "wasm") return wasm("LATENT_ENGINE asks for it");
  try {
    return { tf: native(), route: "native", ready: Promise.resolve() };
  } catch (error) {
    if (wanted === "native" || !(error instanceof EngineMissingError)) throw error;
    return fallBack(error, wasm);
  }
}

function fallBack(missing: EngineMissingError, wasm: (why: string) => Engine): Engine {
  try {
    return wasm("the native library could not be loaded");
  } catch (cause) {
    const both = `${missing.message} TensorFlow.js on WebAssembly did not load either: ${(cause as Error).message}`;
    throw new EngineMissingError(both, { cause: missing.cause });
  }
}

/**
 * Loads `@tensorflow/tfjs-node` with its native engine.
 *
 * @param load how to get the package; a test puts its own here
 * @throws EngineMissingError when the package or its native addon cannot be loaded
 */
export function loadTensorFlow(load: () => unknown = () => require("@tensorflow/tfjs-node")): typeof tfjs {
  restoreUtilChecks(require("node:util"));
  // TensorFlow says four lines on file descriptor 2 for each compiled step; it reads this when it is loaded.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
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
