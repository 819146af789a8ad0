import { engine } from "./chosen.ts";
import type { EngineRoute } from "./load.ts";

/** How this process computes; a lesson that trains long asks it and loads stored weights on `wasm`. */
export const engineRoute: EngineRoute = engine.route;

/**
 * Resolves when the engine that was chosen computes: at once on the native one, after some 30 ms on WebAssembly, which
 * until then computes in plain JavaScript, with the same results. Every loader of data awaits it.
 */
export function engineReady(): Promise<void> {
  return engine.ready;
}
