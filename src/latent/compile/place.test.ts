import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "./place.ts";

const stack = (...files: string[]): Error =>
  Object.assign(new Error(), { stack: ["Error: here", ...files.map(file => `    at step (${file}:3:5)`)].join("\n") });

test("the author's line is the first that is not the library's own, in any of its folders", () => {
  const own = ["compile/recurrent/layers.js", "fit/rows.js", "models/lstm.js", "classical/vmf/sample.js"];
  const error = stack(...own.map(file => `/home/a/dist/latent/${file}`), "/home/a/lesson.ts");
  assert.equal(place(error), "/home/a/lesson.ts:3:5");
});

test("a test of the library is an author", () => {
  assert.equal(place(stack("/home/a/dist/latent/fit/fit.test.js")), "/home/a/dist/latent/fit/fit.test.js:3:5");
});
