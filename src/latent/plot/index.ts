export { classColours } from "./colours.ts";
export { type CurveWords, curves } from "./curves.ts";
export { decode, type EncodedArray, encode } from "./encode.ts";
export { Figure, type PlotlyObject } from "./figure.ts";
export { type GridWords, images } from "./images.ts";
export type { Words } from "./layout.ts";
export type { Series } from "./numbers.ts";
export { scatter } from "./scatter.ts";
export { spectrum } from "./spectrum.ts";
