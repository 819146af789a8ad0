import { DataError } from "../errors.ts";

/** An array of NumPy's .npy format. */
export interface NpyArray {
  shape: number[];
  /** Row by row. */
  values: Float64Array;
}

const MAGIC = "\x93NUMPY";
type Read = (file: Buffer, at: number) => number;
/** Little-endian types that data sets come in. */
const TYPES: Record<string, { bytes: number; read: Read }> = {
  "<f8": { bytes: 8, read: (file, at) => file.readDoubleLE(at) },
  "<f4": { bytes: 4, read: (file, at) => file.readFloatLE(at) },
  "<i8": { bytes: 8, read: (file, at) => Number(file.readBigInt64LE(at)) },
  "<i4": { bytes: 4, read: (file, at) => file.readInt32LE(at) },
  "|u1": { bytes: 1, read: (file, at) => file.readUInt8(at) },
  "|b1": { bytes: 1, read: (file, at) => file.readUInt8(at) },
};

/**
 * Reads NumPy's .npy format (version 1 to 3, row order).
 *
 * @throws DataError when it is something else, or of a type not listed here
 */
export function readNpy(file: Buffer): NpyArray {
  if (file.toString("latin1", 0, 6) !== MAGIC) throw new DataError("it is no .npy file");
  const wide = (file[6] as number) > 1;
  const start = wide ? 12 : 10;
  const begin = start + (wide ? file.readUInt32LE(8) : file.readUInt16LE(8));
  const header = file.toString("latin1", start, begin);
  const type = TYPES[/'descr': '([^']+)'/.exec(header)?.[1] ?? ""];
  const shape = /'shape': \(([\d, ]*)\)/.exec(header)?.[1];
  if (!type || shape === undefined || /'fortran_order': True/.test(header)) throw new DataError(`unknown: ${header}`);
  const sizes = (shape.match(/\d+/g) ?? []).map(Number);
  const count = sizes.reduce((product, size) => product * size, 1);
  const values = Float64Array.from({ length: count }, (_, i) => type.read(file, begin + i * type.bytes));
  return { shape: sizes, values };
}
