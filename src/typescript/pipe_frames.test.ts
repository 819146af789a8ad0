import assert from "node:assert/strict";
import test from "node:test";
import { BrokenFrame, encodeFrame, FrameReader } from "./pipe_frames.ts";

test("frames come out whole however the pipe cuts them", () => {
  const frames = [
    encodeFrame({ type: "stream", text: "π 😀" }),
    encodeFrame({ type: "empty" }),
    encodeFrame({ type: "binary" }, [Buffer.from([1, 2, 3]), Buffer.alloc(0), Buffer.from([255])]),
  ];
  const bytes = Buffer.concat(frames);
  for (const size of [1, 3, 7, 1000]) {
    const reader = new FrameReader();
    const read = [];
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
    assert.deepEqual(
      read.map(({ head }) => head),
      [{ type: "stream", text: "π 😀" }, { type: "empty" }, { type: "binary" }],
    );
    assert.deepEqual(
      read[2]?.buffers.map(buffer => [...buffer]),
      [[1, 2, 3], [], [255]],
    );
  }
});

test("a byte that is no part of a frame is noticed, and the frames before it are not lost", () => {
  const good = encodeFrame({ type: "good" });
  for (const bad of ["x", "text that somebody printed here\n", "{}"]) {
    const read: string[] = [];
    const reader = new FrameReader();
    assert.throws(() => {
      for (const { head } of reader.push(Buffer.concat([good, Buffer.from(bad), good]))) read.push(String(head.type));
    }, BrokenFrame);
    assert.deepEqual(read, ["good"], bad);
  }
  const inside = encodeFrame({ type: "bad" });
  inside[13] = 0;
  assert.throws(() => [...new FrameReader().push(inside)], BrokenFrame);
});

test("buffers whose sizes are none, or do not fit, break the frame and nothing else", () => {
  const frame = encodeFrame({ type: "binary" }, [Buffer.from([1, 2, 3])]);
  for (const sizes of ['"a"', "[4]", "[2]", "{} ", "-3 "]) {
    const [before, behind] = frame.toString("latin1").split(/(?<=\$buffers":)\[3\]/) as [string, string];
    const other = Buffer.from(`${before}${sizes}${behind}`, "latin1");
    other.writeUInt32LE(other.length - 8, 4);
    other.writeUInt32LE(other.length - 12 - 3, 8);
    assert.throws(() => [...new FrameReader().push(other)], BrokenFrame, sizes);
  }
});
