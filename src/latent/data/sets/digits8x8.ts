import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.ts";
import type { DataSet } from "../stored/packing.ts";

export const COUNT = 1797;
export const SIZE = 64;

/**
 * The test part of UCI's optical digits, which is scikit-learn's `load_digits`: as a gzipped CSV file with a header
 * `p0,…,p63,label`, or as UCI's own `optdigits.tes`. The content is the 1797 · 64 grey levels in row order followed by
 * the 1797 labels, so any packing of it will do.
 */
export const digits8x8Set: DataSet<"digits"> = {
  title: "The set of 8×8 digits",
  folder: "digits8x8",
  licence: "CC BY 4.0, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository",
  files: {
    digits: {
      sha256: "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826",
      packings: [
        { name: "optdigits_1797.csv.gz", addresses: [], read: packed => contentOfTable(gunzipSync(packed)) },
        {
          name: "optdigits.tes",
          addresses: [
            "https://raw.githubusercontent.com/yupinghuang/optical_digits/e20bac46f63c368613b24b2ff6b24259d791ae51/data/optdigits.tes",
            "https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/optdigits.tes",
          ],
          read: contentOfTable,
        },
      ],
    },
  },
};

/** Grey levels, then labels; lines that begin with no digit are a header or a comment. */
export function contentOfTable(table: Buffer): Buffer {
  const rows = table
    .toString("latin1")
    .split("\n")
    .filter(line => /^\s*\d/.test(line));
  if (rows.length !== COUNT) throw new DataError(`${COUNT} rows were expected, this file has ${rows.length}`);
  const content = Buffer.alloc(COUNT * (SIZE + 1));
  rows.forEach((line, row) => {
    const numbers = line.split(",").map(Number);
    if (numbers.length !== SIZE + 1) throw new DataError(`row ${row + 1} has ${numbers.length} numbers`);
    content.set(numbers.slice(0, SIZE), row * SIZE);
    content[COUNT * SIZE + row] = numbers[SIZE] as number;
  });
  return content;
}
