import assert from "node:assert/strict";
import test from "node:test";
import { RUNTIME_FOLDER, settleAddon } from "./settle.ts";

const portable = Buffer.concat([Buffer.from("code\0"), Buffer.from(RUNTIME_FOLDER), Buffer.from("\0more code")]);

test("a portable addon is told the folder of its libraries in place, and nothing else of it moves", () => {
  const settled = settleAddon(portable, "/home/ann/.cache/latent/engine/größer");
  assert.equal(settled.length, portable.length);
  assert.equal(settled.subarray(0, 5).toString(), "code\0");
  assert.equal(settled.subarray(5, settled.indexOf(0, 5)).toString(), "/home/ann/.cache/latent/engine/größer");
  assert.equal(settled.subarray(-9).toString(), "more code");
  assert.ok(!settled.includes("to-be-settled"));
  assert.ok(portable.includes(RUNTIME_FOLDER));
});

test("a folder's name that has no room is refused with what to do", () => {
  assert.throws(() => settleAddon(portable, `/${"x".repeat(RUNTIME_FOLDER.length)}`), /too long/);
});

test("an addon that is not portable is not touched", () => {
  assert.throws(() => settleAddon(Buffer.from("some other addon"), "/x"), /not a portable one/);
});
