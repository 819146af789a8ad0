export type { FinishedEngine, Offer, OfferedData } from "./archive/offer.ts";
export { type OwnEngine, ownEngine } from "./archive/own-engine.ts";
export { stepsForMaking, stepsFrom } from "./archive/steps.ts";
export { CommandFailure, tryCommand } from "./command.ts";
export { engineFolder } from "./engine/cache.ts";
export { mainRefusal, readChoice } from "./engine/choice.ts";
export { findCompiler } from "./engine/compile.ts";
export { engineStep, installedEngine, nativeEngineStep } from "./engine/engine-step.ts";
export { reasonWithoutOperations } from "./engine/own-operations.ts";
export { type Probe, probeEngine } from "./engine/probe.ts";
export type { EngineRecipe } from "./engine/recipe.ts";
export { WHEEL_PYTHON, wheelFor } from "./engine/wheels.ts";
export { SetupFailure } from "./failure.ts";
export {
  installKernelspec,
  isKernelspecCurrent,
  kernelspecFolder,
  kernelspecStep,
  userKernelspecFolder,
  writeKernelspec,
} from "./kernelspec.ts";
export { labextensionStep } from "./labextension.ts";
export { settingsStep } from "./notebook-settings.ts";
export { type Places, placesOf, venvPython } from "./places.ts";
export { isVenvCurrent, pythonStep } from "./python.ts";
export { type Job, type Progress, runSteps, type Step } from "./step.ts";
export { writeAtomically } from "./temporary.ts";
