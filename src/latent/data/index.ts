export type { Digits } from "./digits.ts";
export { digits8x8 } from "./digits8x8.ts";
export { DataError } from "./errors.ts";
export { type MnistOptions, mnist } from "./mnist.ts";
