import assert from "node:assert/strict";
import test from "node:test";
import { centred } from "./pen.ts";

/** A square drawing with a filled rectangle. */
function drawing(size: number, x: number, y: number, width: number, height: number): Float32Array {
  const inside = (at: number, from: number, length: number) => at >= from && at < from + length;
  return Float32Array.from({ length: size * size }, (_, i) =>
    inside(i % size, x, width) && inside(Math.floor(i / size), y, height) ? 1 : 0,
  );
}

/** The ink, its centre, and how many columns and rows it takes. */
function facts(image: Float32Array, side = 28) {
  const rows = Array.from({ length: side }, (_, y) => image.slice(y * side, (y + 1) * side));
  const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0);
  const ink = sum(image);
  const x = sum(image.map((value, i) => value * ((i % side) + 0.5))) / ink;
  const y = sum(image.map((value, i) => value * (Math.floor(i / side) + 0.5))) / ink;
  const height = rows.filter(row => row.some(value => value > 0.5)).length;
  const width = Array.from({ length: side }, (_, i) => i).filter(i => rows.some(row => (row[i] ?? 0) > 0.5)).length;
  return { x, y, width, height };
}

test("wherever and however large it is drawn, a digit fills 20 of 28 pixels around its centre of mass", () => {
  for (const [x, y, width, height] of [
    [5, 90, 20, 40],
    [60, 10, 60, 30],
    [0, 0, 140, 140],
    [120, 3, 8, 16],
  ] as const) {
    const image = centred(drawing(140, x, y, width, height), 28);
    assert.ok(image);
    const { x: middleX, y: middleY, ...size } = facts(image);
    assert.ok(Math.abs(middleX - 14) < 0.3 && Math.abs(middleY - 14) < 0.3, `${middleX} ${middleY}`);
    const longer = Math.max(size.width, size.height);
    assert.ok(Math.abs(longer - 20) <= 1, `${size.width} by ${size.height}`);
    assert.ok(Math.abs(size.width / size.height - width / height) < 0.15, `${size.width} by ${size.height}`);
  }
});

test("an empty drawing is no digit", () => {
  assert.equal(centred(new Float32Array(140 * 140), 28), undefined);
});
