export { type CodeOptions, code } from "./code.ts";
export { type CompareOptions, type CompareState, compare } from "./compare.ts";
export type { Explorable, ExplorerOptions, ExplorerState } from "./explorer.ts";
export { type GibbsOptions, type GibbsState, gibbs } from "./gibbs.ts";
export { type LinearMaps, linear } from "./linear.ts";
export type { Connected, Precision } from "./network.ts";
export { type PlaneOptions, plane } from "./plane.ts";
export { sphere } from "./sphere.ts";
