/** Measures our kernel beside others. Never published. */
export { benchKernel } from "./kernel.ts";
export { benchWidgets } from "./widgets/index.ts";
