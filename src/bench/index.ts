/** Measures our kernel beside others. Never published. */
export { benchKernel } from "./kernel.ts";
