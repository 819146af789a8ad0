/** A Jupyter client: starts a kernel from its kernelspec and speaks to it. */
export { Client, type Executed } from "./client.ts";
export { type KernelSpec, readKernelSpec } from "./kernelspec.ts";
export { freeConnection, type Launched, type LaunchOptions, launch } from "./launch.ts";
