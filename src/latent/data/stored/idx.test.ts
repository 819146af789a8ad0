import assert from "node:assert/strict";
import { test } from "node:test";
import { DataError } from "../errors.ts";
import { decodeImages, decodeLabels } from "./idx.ts";

/** An IDX file: big-endian 32-bit numbers, then bytes. */
function idx(header: number[], bytes: number[]): Buffer {
  const head = Buffer.alloc(4 * header.length);
  for (const [i, value] of header.entries()) head.writeUInt32BE(value, 4 * i);
  return Buffer.concat([head, Buffer.from(bytes)]);
}

test("images come with their count and size", () => {
  const { count, rows, columns, pixels } = decodeImages(idx([2051, 2, 1, 3], [1, 2, 3, 4, 5, 6]));
  assert.deepEqual({ count, rows, columns }, { count: 2, rows: 1, columns: 3 });
  assert.deepEqual([...pixels], [1, 2, 3, 4, 5, 6]);
});

test("labels are one byte each", () => {
  const eight = [5, 0, 4, 1, 9, 2, 1, 3];
  assert.deepEqual([...decodeLabels(idx([2049, 8], eight))], eight);
});

const wrong: [what: string, decode: () => unknown, message: RegExp][] = [
  [
    "labels read as images",
    () => decodeImages(idx([2049, 8], [1, 2, 3, 4, 5, 6, 7, 8])),
    /begins with 2051; this one with 2049/,
  ],
  ["images read as labels", () => decodeLabels(idx([2051, 1, 1, 1], [1])), /begins with 2049; this one with 2051/],
  ["images cut short", () => decodeImages(idx([2051, 2, 1, 3], [1, 2, 3])), /promises 22 bytes; the file has 19/],
  [
    "labels with a byte too many",
    () => decodeLabels(idx([2049, 8], Array(9).fill(0))),
    /promises 16 bytes; the file has 17/,
  ],
  ["an empty file", () => decodeImages(Buffer.alloc(0)), /begins with 2051; this one with undefined/],
];
for (const [what, decode, message] of wrong) {
  test(`${what} is refused`, () => {
    assert.throws(decode, (error: Error) => error instanceof DataError && message.test(error.message));
  });
}
