import { inflateRawSync } from "node:zlib";
import { DataError } from "../errors.ts";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * One member of a zip archive, unpacked: as much of PKWARE's APPNOTE.TXT as data sets need (stored or deflated, no
 * encryption, less than 4 GB).
 *
 * @throws DataError when it is no such archive or has no such member
 */
export function memberOf(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new DataError("it is no zip archive");
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new DataError("the zip archive's directory is damaged");
    const [nameLength, extra, comment] = [28, 30, 32].map(field => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const found = zip.toString("utf8", at + 46, at + 46 + nameLength);
    if (found === name) return unpacked(zip, at);
    at += 46 + nameLength + extra + comment;
  }
  throw new DataError(`the zip archive has no ${name}`);
}

function unpacked(zip: Buffer, entry: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const length = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + length);
  if (method === STORED) return bytes;
  if (method === DEFLATED) return inflateRawSync(bytes);
  throw new DataError(`the zip archive uses method ${method}`);
}
