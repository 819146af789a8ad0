import assert from "node:assert/strict";
import test from "node:test";
import { encodeFrame, FrameReader } from "./pipe_frames.ts";

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
