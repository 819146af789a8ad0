/** What tests drive kernels with. Never published. */
export { emptyFolder, ourSpec, startOurs } from "./kernels.ts";
export { contents, resultText, streamText } from "./outputs.ts";
