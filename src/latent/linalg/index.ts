export { principalAngles } from "./angles.ts";
export { type Eigen, eigh } from "./eigh.ts";
export { orthonormal, type Svd, svd } from "./svd.ts";
