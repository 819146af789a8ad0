import {
  kernelspecStep,
  labextensionStep,
  nativeEngineStep,
  pythonStep,
  SetupFailure,
  type Step,
  settingsStep,
} from "../setup/index.ts";
import { setUp } from "./set-up.ts";

/** The parts of a set-up that LATENT_REQUIRE may name, with the steps that make them. */
const parts: Readonly<Record<string, readonly Step[]>> = {
  engine: [nativeEngineStep],
  python: [pythonStep, kernelspecStep, settingsStep, labextensionStep],
};

/** Sets up what tests use. A part that cannot be had is returned with its reason: tests of it are skipped then. */
export async function prepareForTests(): Promise<ReadonlyMap<string, string>> {
  const missing = new Map<string, string>();
  for (const [part, steps] of Object.entries(parts)) {
    try {
      await setUp(steps);
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      missing.set(part, `${error.message} ${error.remedy}`);
    }
  }
  return missing;
}
