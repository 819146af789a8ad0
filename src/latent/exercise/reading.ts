import type { Tensor } from "@tensorflow/tfjs-node";

/** A number, a list of numbers, a list of lists, or a tensor; its shape is part of an answer. */
export type Value = number | readonly Value[] | Tensor;

/** The same with `null` where any number will do. */
export type Pattern = number | null | readonly Pattern[] | Tensor;

/** A value as it was when a question was answered: tensors do not outlive their question. */
export interface Reading {
  kind: "number" | "list" | "tensor" | "nothing" | "something else";
  /** `[]` of a number. */
  shape: readonly number[];
  /** Row by row; entries that are no numbers are kept, so that they can be named. */
  entries: readonly unknown[];
}

/** Reads any value that an attempt may return, also one of a wrong type. */
export function read(value: unknown): Reading {
  if (isTensor(value)) return { kind: "tensor", shape: value.shape ?? [], entries: Array.from(value.dataSync()) };
  if (ArrayBuffer.isView(value) && "length" in value) return listOf(Array.from(value as Float32Array));
  if (Array.isArray(value)) return listOf(value);
  if (value === undefined) return { kind: "nothing", shape: [], entries: [undefined] };
  return { kind: typeof value === "number" ? "number" : "something else", shape: [], entries: [value] };
}

function listOf(list: readonly unknown[]): Reading {
  const rows = list.map(read);
  const [first] = rows;
  const even = first?.kind === "list" && rows.every(({ shape }) => String(shape) === String(first.shape));
  return {
    kind: "list",
    shape: even ? [list.length, ...first.shape] : [list.length],
    entries: first?.kind === "list" ? rows.flatMap(({ entries }) => entries) : list,
  };
}

export function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "dataSync" in value;
}
