export { CheckFailed, check } from "./check.ts";
export type { Check, Expected } from "./evaluate.ts";
