/** A Jupyter client: starts a kernel from its kernelspec and speaks to it. */
export { Client, type ClientOptions, type Executed } from "./client.ts";
export { type KernelSpec, readKernelSpec } from "./kernelspec.ts";
export {
  type Ended,
  endKernel,
  freeConnection,
  type Launched,
  type LaunchOptions,
  launch,
  sentenceOf,
} from "./launch.ts";
export { type WithKernelOptions, withKernel } from "./with_kernel.ts";
