import { engineStep } from "../engine/engine-step.ts";
import { kernelspecStep } from "../kernelspec.ts";
import { pythonStep } from "../python.ts";
import type { Step } from "../step.ts";
import { dataStep } from "./data-step.ts";
import { finishedEngineStep } from "./finished-engine.ts";
import type { Offer } from "./offer.ts";
import { withKnownPython, withWheels } from "./with-wheels.ts";

/** All that a clone is given from an archive; `jupyter: false` leaves out what needs Python. */
export function stepsFrom(offer: Offer, { jupyter }: { jupyter: boolean }): readonly Step[] {
  const engine = [dataStep(offer), finishedEngineStep(offer), withWheels(offer, [offer.tensorflow], engineStep)];
  if (!jupyter) return engine;
  return [...engine, withKnownPython(offer, withWheels(offer, offer.wheels, pythonStep)), kernelspecStep];
}
