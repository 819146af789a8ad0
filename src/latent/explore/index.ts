export type { Explorable, ExplorerOptions, ExplorerState } from "./explorer.ts";
export type { Precision } from "./network.ts";
export { type PlaneOptions, plane } from "./plane.ts";
export { sphere } from "./sphere.ts";
