/** The front process: sockets, dispatch, queue, output. It runs no user code, so it always answers. */
export { startKernel } from "./kernel.ts";
export { watchParent } from "./parent.ts";
export type { Kernel } from "./state.ts";
