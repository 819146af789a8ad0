import { hostKernel } from "../display/host.ts";
import { type Engine, loadEngine } from "./load.ts";
import { type Collector, collectTensors } from "./memory/index.ts";
import { keepMemoryApart } from "./own-memory.ts";
import { addSecondGradients } from "./second-order.ts";
import { orderTape, refuseHiddenPaths } from "./tape.ts";

/** The engine of this process, chosen and loaded once. */
export const engine: Engine = loadEngine();

if (engine.route === "native") keepMemoryApart(engine.tf);
orderTape(engine.tf);
refuseHiddenPaths(engine.tf);
addSecondGradients(engine.tf);

/** Frees the tensors that nobody holds. */
export const collector: Collector = collectTensors(engine.tf);
hostKernel()?.betweenCells?.(() => collector.rest());
