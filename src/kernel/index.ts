/** The front process: sockets, dispatch, queue, output. It runs no user code, so it always answers. */
export { parseConnection } from "../protocol/index.ts";
export { historyFolder } from "./history/store.ts";
export { type KernelOptions, startKernel } from "./kernel.ts";
export { watchParent } from "./parent_process.ts";
export { stopRunning } from "./requests/interrupt.ts";
export type { Kernel } from "./state.ts";
