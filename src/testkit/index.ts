/** What tests drive kernels with. Never published. */
export { openExplorer, skipBrowser } from "./explorer.ts";
export { type Fault, fakeSpec, running, stillRunning } from "./fakes.ts";
export { type KernelBeside, kernelBeside } from "./kernel_beside.ts";
export { emptyFolder, ourSpec, startOurs } from "./kernels.ts";
export { isRequired, type NeedsEngine, whereEngine, withoutData } from "./needs.ts";
export { code, figure, onSlide, planeExplorer, shown, words, writeNotebook } from "./notebook.ts";
export { contents, resultText, streamText } from "./outputs.ts";
export { serve } from "./servers.ts";
