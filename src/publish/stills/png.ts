import { crc32, deflateSync } from "node:zlib";
import { type Painted, paint } from "./palette.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Four bytes a pixel as a PNG of at most so many colours. */
export function palettePng(rgba: Uint8Array, width: number, height: number, most: number): Buffer {
  const painted = paint(rgba, most);
  const bits = painted.palette.length <= 16 ? 4 : 8;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, 3, 0, 0, 0], 8); // 3: pixels are places in the palette
  const palette = Buffer.from(painted.palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rowsOf(painted, width, height, bits), { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The rows, each behind a 0: no filter, since neighbours in a palette are not neighbours in colour. */
function rowsOf({ pixels }: Painted, width: number, height: number, bits: number): Buffer {
  const perByte = 8 / bits;
  const length = 1 + Math.ceil(width / perByte);
  const rows = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * length + 1 + Math.floor(x / perByte);
      const shift = 8 - bits * ((x % perByte) + 1);
      rows[at] = (rows[at] as number) | ((pixels[y * width + x] as number) << shift);
    }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
