import { makeEngineStep } from "../engine/engine-step.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import { kernelspecStep } from "../kernelspec.ts";
import { labextensionStep } from "../labextension.ts";
import { settingsStep } from "../notebook-settings.ts";
import { pythonStep } from "../python.ts";
import type { Step } from "../step.ts";
import { dataStep } from "./data-step.ts";
import { finishedEngineStep } from "./finished-engine.ts";
import type { Offer } from "./offer.ts";
import { withKnownPython, withWheels } from "./with-wheels.ts";

// The only route that an archive has the parts of; all others ask a network.
const routes = [wheelRoute];

/** All that a clone is given from an archive; `jupyter: false` leaves out what needs Python. */
export function stepsFrom(
  offer: Offer,
  { jupyter, wanted = process.env.LATENT_ENGINE }: { jupyter: boolean; wanted?: string | undefined },
): readonly Step[] {
  const finished = wanted === "wasm" ? [] : [finishedEngineStep(offer)];
  const engine = withWheels(offer, [offer.tensorflow], makeEngineStep({ routes, wanted }));
  const python = [
    withKnownPython(offer, withWheels(offer, offer.wheels, pythonStep)),
    kernelspecStep,
    settingsStep,
    labextensionStep,
  ];
  return [dataStep(offer), ...finished, engine, ...(jupyter ? python : [])];
}

/** What making an archive rests on: pip, and this machine's own engine where the archive is for its kind. */
export function stepsForMaking({ engine }: { engine: boolean }): readonly Step[] {
  return engine ? [makeEngineStep({ routes, wanted: "native" }), pythonStep] : [pythonStep];
}
