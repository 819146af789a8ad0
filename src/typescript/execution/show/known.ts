import type { MimeBundle } from "../../../interpreter/index.ts";
import { Array, Buffer, realm, String, Symbol } from "../../intrinsics.ts";
import type { KernelHandle } from "./display.ts";
import { isModel, modelText } from "./known_model.ts";
import { dataFrameBundle, isDataFrame } from "./known_table.ts";
import { isTensor, tensorText } from "./known_tensor.ts";
import { peek } from "./peek.ts";
import { cut } from "./text.ts";

/** Values of well-known libraries that have no display method of their own: how they are told, and what they show. */
const KNOWN: { is: (value: object) => boolean; show: (value: object) => MimeBundle }[] = [
  { is: isTensor, show: value => ({ "text/plain": tensorText(value) }) },
  { is: isDataFrame, show: value => ofLibrary(value) ?? dataFrameBundle(value) },
  { is: isFigure, show: figureBundle },
  { is: isModel, show: value => ({ "text/plain": modelText(value) }) },
];

/** The bundle of a value that is known by its shape: tensors, models, data frames, Plotly figures, SVG. */
export function knownBundle(value: unknown): MimeBundle | undefined {
  if (typeof value === "string") return isSvg(value) ? svgBundle(value) : undefined;
  if (value === null || typeof value !== "object") return undefined;
  return KNOWN.find(({ is }) => isKnown(is, value))?.show(value);
}

/** What a library shows of a data frame, where one is loaded that does. */
function ofLibrary(frame: object): MimeBundle | undefined {
  const kernel = (realm as unknown as Record<symbol, KernelHandle | undefined>)[Symbol.for("latent.kernel")];
  return kernel?.frameBundle?.(frame);
}

/** `{ data: [...traces], layout: {...} }` is what Plotly calls a figure. */
function isFigure(value: object): boolean {
  const data = peek(value, "data");
  const layout = peek(value, "layout");
  if (!Array.isArray(data) || layout === null || typeof layout !== "object") return false;
  return data.every(
    trace => trace !== null && typeof trace === "object" && ["type", "x", "y", "z"].some(key => key in trace),
  );
}

function figureBundle(value: object): MimeBundle {
  const { data, layout } = value as { data: { type?: string }[]; layout: object };
  const kinds = cut(data.map(({ type }) => String(type ?? "scatter")).join(", "), 200);
  return {
    "application/vnd.plotly.v1+json": { data, layout },
    "text/plain": `Plotly figure of ${data.length} ${data.length === 1 ? "trace" : "traces"}: ${kinds}`,
  };
}

/** A value whose properties cannot be read is none that is known. */
function isKnown(is: (value: object) => boolean, value: object): boolean {
  try {
    return is(value);
  } catch (_refused) {
    return false;
  }
}

function isSvg(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>][\s\S]*<\/svg>\s*$/.test(text);
}

/** An image with a data address: a bare SVG vanishes from a notebook that is not trusted. */
function svgBundle(text: string): MimeBundle {
  const image = `<img alt="SVG" src="data:image/svg+xml;base64,${Buffer.from(text).toString("base64")}">`;
  return { "image/svg+xml": text, "text/html": image, "text/plain": `SVG image of ${text.length} characters` };
}
