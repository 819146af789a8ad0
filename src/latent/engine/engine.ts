import type * as tfjs from "@tensorflow/tfjs-node";

/** How TensorFlow computes: its native library, or TensorFlow.js on WebAssembly where that cannot be had. */
export type EngineRoute = "native" | "wasm";

/** TensorFlow.js on one of the two. */
export interface Engine {
  tf: typeof tfjs;
  route: EngineRoute;
  /** Resolves when it computes; never rejects. */
  ready: Promise<void>;
}
