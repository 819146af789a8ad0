/** For pages without a kernel: an explorer in an element, from its state. */
export { plainModel } from "./model.ts";
export { plane } from "./plane.ts";
