export {
  type AnnealedEstimate,
  type AnnealingOptions,
  annealedLogPartition,
  annealingSchedule,
  dataBias,
} from "./annealing.ts";
export { freeEnergy, type RbmParameters } from "./parameters.ts";
export { binaryStates, exactLogPartition, logProbability } from "./partition.ts";
