import { hostKernel } from "../display/host.ts";
import { type Engine, loadEngine } from "./load.ts";
import { type Collector, collectTensors } from "./memory/index.ts";

/** The engine of this process, chosen and loaded once. */
export const engine: Engine = loadEngine();

/** Frees the tensors that nobody holds. */
export const collector: Collector = collectTensors(engine.tf);
hostKernel()?.betweenCells?.(() => collector.rest());
