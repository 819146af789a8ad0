export { type Explorable, type PlaneOptions, type PlaneState, plane } from "./plane.ts";
