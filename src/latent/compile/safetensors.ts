import { createHash, randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { tf } from "../engine/tf.ts";
import { fromFloat16, LARGEST_FLOAT16, toFloat16 } from "./float16.ts";
import type { Values } from "./native.ts";

/** The values of a tensor, outside of any engine. */
export interface Stored {
  readonly dtype: tf.DataType;
  readonly shape: number[];
  readonly values: Values;
}

export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, Stored>;
  readonly metadata: Record<string, string>;
}

/** A file of stored state is damaged, or of something else than what it is read into. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const names: Partial<Record<tf.DataType, string>> = { float32: "F32", int32: "I32", bool: "BOOL" };
const readers: Record<string, { dtype: tf.DataType; view: (bytes: ArrayBuffer) => Values }> = {
  F32: { dtype: "float32", view: bytes => new Float32Array(bytes) },
  F16: { dtype: "float32", view: bytes => fromFloat16(new Uint16Array(bytes)) },
  I32: { dtype: "int32", view: bytes => new Int32Array(bytes) },
  BOOL: { dtype: "bool", view: bytes => new Uint8Array(bytes) },
};

/** Bytes of the length of the header, which the file begins with. */
const PREFIX = 8;

/** How numbers with a fraction are written: as they are, or rounded to half of the bytes. */
export type Precision = "float32" | "float16";

/**
 * Writes tensors in the safetensors format, which Python reads too (https://github.com/huggingface/safetensors). The file
 * appears whole: it is written beside its place and renamed.
 *
 * @throws CheckpointError when a number is too large for float16
 */
export function writeSafetensors(path: string, { tensors, metadata }: Checkpoint, precision: Precision): void {
  const header: Record<string, unknown> = {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [name, tensor] of tensors) {
    const { type, values } = written(name, tensor, precision);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    header[name] = { dtype: type, shape: tensor.shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  header.__metadata__ = { ...metadata, sha256: checksum(parts) };
  // The header ends at a multiple of 8 bytes, so that the numbers behind it are aligned.
  const text = JSON.stringify(header);
  const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeBigUInt64LE(BigInt(padded.length));
  replaceFile(path, Buffer.concat([prefix, padded, ...parts]));
}

function written(name: string, { dtype, shape, values }: Stored, precision: Precision) {
  if (precision === "float32" || dtype !== "float32") return { type: names[dtype], values };
  const numbers = values as Float32Array;
  const halves = toFloat16(numbers);
  const large = numbers.find((value, i) => Number.isFinite(value) && ((halves[i] as number) & 0x7fff) === 0x7c00);
  if (large === undefined) return { type: "F16", values: halves };
  throw new CheckpointError(
    `${name} [${shape}] has the weight ${large}, and float16 ends at ${LARGEST_FLOAT16}: save it as float32.`,
  );
}

/** @throws CheckpointError when the file is no whole safetensors file, or its numbers are not those that were written */
export function readSafetensors(path: string): Checkpoint {
  const file = readFileSync(path);
  try {
    const end = PREFIX + Number(file.readBigUInt64LE());
    const { __metadata__: stored = {}, ...entries } = JSON.parse(file.toString("utf8", PREFIX, end));
    const { sha256, ...metadata } = stored;
    if (sha256 !== undefined && sha256 !== checksum([file.subarray(end)]))
      throw new RangeError("the checksum of its numbers is another");
    const tensors = new Map(
      Object.entries(entries as Record<string, HeaderEntry>).map(([name, entry]) => [name, read(file, end, entry)]),
    );
    return { tensors, metadata };
  } catch (cause) {
    throw new CheckpointError(
      `${path} is damaged, or no safetensors file. Copy it again from where it came, or train and save once more.`,
      { cause },
    );
  }
}

function read(file: Buffer, start: number, { dtype, shape, data_offsets: [from, to] }: HeaderEntry): Stored {
  const reader = readers[dtype];
  if (!reader || start + to > file.length)
    throw new RangeError(`a tensor of ${dtype} [${shape}] reaches byte ${start + to}`);
  const values = reader.view(Uint8Array.from(file.subarray(start + from, start + to)).buffer);
  if (values.length !== shape.reduce((a, b) => a * b, 1))
    throw new RangeError(`a tensor of ${dtype} [${shape}] has ${values.length} numbers`);
  return { dtype: reader.dtype, shape, values };
}

function checksum(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function replaceFile(path: string, content: Buffer): void {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
