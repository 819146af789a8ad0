import assert from "node:assert/strict";
import test from "node:test";
import { Streams } from "./streams.ts";

test("a line longer than the longest message comes whole, in pieces that split no character", () => {
  const pieces: string[] = [];
  const streams = new Streams((_cellId, content) => void pieces.push(JSON.parse(`${content}`).text));
  // One letter first, so that every pair of units begins at an odd place.
  const line = `a${"😀".repeat(5e6)}`;
  streams.write("cell", "stdout", line);
  assert.ok(pieces.join("") === line);
  assert.ok(pieces.every(piece => piece.length <= 1024 * 1024 && !/[\ud800-\udfff]/u.test(piece)));
});
