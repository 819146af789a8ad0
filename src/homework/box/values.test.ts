import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameReader, toBytes } from "./frames.ts";
import { fromFrame, type Side, toFrame } from "./values.ts";

const none: Side = {
  send: () => undefined,
  receive: form => assert.fail(`a form ${form.$}`),
};
const through = (value: unknown) => fromFrame(toFrame(value, none), none);
const array = (from: number, to: number) => ({ $: "array", type: "Uint8Array", from, to });

test("values come through as they were sent: numbers of all kinds, typed arrays beside each other, names of any kind", () => {
  const value = {
    numbers: [0, -0, Number.NaN, -Infinity, 1e300],
    nothing: [undefined, null],
    arrays: [Float32Array.of(1, 2), { more: Uint8Array.of(3) }, new Float64Array(0)],
    toString: "text",
    ...JSON.parse('{"__proto__": 1}'),
  };
  assert.deepEqual(through(value), value);
});

test("an answer cannot make the judge copy the same bytes again and again", () => {
  const bytes = Buffer.alloc(4);
  const taken = (...arrays: object[]) => fromFrame({ json: JSON.stringify(arrays), bytes }, none);
  assert.deepEqual(taken(array(0, 2), array(2, 4)), [new Uint8Array(2), new Uint8Array(2)]);
  assert.throws(() => taken(array(0, 4), array(0, 4)), RangeError);
  assert.throws(() => taken(array(0, 5)), RangeError);
});

test("a frame with more text than is allowed is refused as soon as its head is read, one with as many bytes is not", () => {
  const head = toBytes({ json: "[1,2,3]", bytes: Buffer.alloc(0) }).subarray(0, 8);
  assert.throws(() => new FrameReader(6).take(head), /7 bytes of lists and text; at most 6/);
  const frame = { json: "[1,2]", bytes: Buffer.alloc(60) };
  assert.deepEqual(new FrameReader(6).take(toBytes(frame)), [frame]);
});
