export { type PlainEigen, plainEigen } from "./eigen.ts";
export { orthonormalColumns, type PlainSvd, plainSvd } from "./svd.ts";
export { columnsOf, fromColumns } from "./vectors.ts";
