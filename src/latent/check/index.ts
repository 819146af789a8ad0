export { CheckFailed, check } from "./check.ts";
export type { Check } from "./evaluate.ts";
