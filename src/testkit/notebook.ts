import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Json = Record<string, unknown>;

/** A Markdown cell. */
export function words(source: string, metadata: Json = {}, more: Json = {}): Json {
  return { cell_type: "markdown", metadata, source, ...more };
}

/** A code cell that was run. */
export function code(source: string, outputs: Json[] = [], metadata: Json = {}): Json {
  return { cell_type: "code", metadata, source, outputs, execution_count: 1 };
}

export function onSlide(slide_type: string, more: Json = {}): Json {
  return { slideshow: { slide_type }, ...more };
}

/** What a cell shows. */
export function shown(data: Json): Json {
  return { output_type: "display_data", data, metadata: {} };
}

/** A figure with its words. */
export function figure(data: Json[], layout: Json, text: string): Json {
  return shown({ "application/vnd.plotly.v1+json": { data, layout }, "text/plain": text });
}

/** Writes a notebook of these cells. */
export function writeNotebook(folder: string, name: string, cells: Json[], metadata: Json = TYPESCRIPT): string {
  const path = join(folder, name);
  const named = cells.map((cell, i) => ({ id: `cell-${i}`, ...cell }));
  writeFileSync(path, JSON.stringify({ cells: named, metadata, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

const TYPESCRIPT = {
  kernelspec: { display_name: "TypeScript (Latent)", language: "typescript", name: "typescript" },
  language_info: { name: "typescript" },
};

/** An output that is an explorer of the plane, and the metadata that keep its state, as `explore.plane` leaves them. */
export function planeExplorer(): { output: Json; metadata: Json } {
  const esm = readFileSync(new URL("../../joined/explorer/plane.js", import.meta.url), "utf8");
  // Every weight is 1 and every bias 0: a pixel is σ(x + y).
  const weights = Buffer.from(Uint16Array.from([...Array(32).fill(0x3c00), ...Array(16).fill(0)]).buffer);
  const codes = Buffer.from(Float32Array.from([-1, -1, 1, 1]).buffer);
  const buffer = (name: string, bytes: Uint8Array) => ({
    encoding: "base64",
    path: [name],
    data: Buffer.from(bytes).toString("base64"),
  });
  const state = {
    ...{ _esm: esm, _model_module: "anywidget", _model_name: "AnyModel", side: 4, precision: "float16", range: null },
    ...{ extent: [-2, 2, -2, 2], colours: ["#d62728", "#1f77b4"], encoder_layers: [] },
    decoder_layers: [{ inputs: 2, outputs: 16, activation: "sigmoid" }],
  };
  const buffers = [
    ...[buffer("decoder_weights", weights), buffer("encoder_weights", new Uint8Array(0))],
    ...[buffer("codes", codes), buffer("labels", Uint8Array.of(0, 1)), buffer("images", new Uint8Array(0))],
  ];
  const model = { model_name: "AnyModel", model_module: "anywidget", state, buffers };
  const block = { version_major: 2, version_minor: 0, state: { plane: model } };
  return {
    output: shown({
      "application/vnd.jupyter.widget-view+json": { model_id: "plane", version_major: 2, version_minor: 0 },
      "text/plain": "Explorer of the plane of codes, 2 examples.",
    }),
    metadata: { ...TYPESCRIPT, widgets: { "application/vnd.jupyter.widget-state+json": block } },
  };
}
