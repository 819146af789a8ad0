import { type Engine, loadEngine } from "./load.ts";

/** The engine of this process, chosen and loaded once. */
export const engine: Engine = loadEngine();
