import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compile, fit, models, tf, train } from "../index.ts";

const page = readFileSync(new URL("../../../docs/training.md", import.meta.url), "utf8");
const [beginning = "", ...examples] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
const names = [...page.matchAll(/^## `([\w.]+)`/gm)].map(([, name]) => name as string);
const parts = { compile, fit, models, tf, train };

test("the page about training has an example of at most eight lines for each of the three ways", () => {
  assert.deepEqual(names, ["train.minimize", "compile", "fit"]);
  assert.equal(examples.length, 3);
  for (const example of examples) assert.ok(example.trim().split("\n").length <= 8, example);
});

for (const [i, name] of names.entries()) {
  test(`the example of ${name} finds the line`, async () => {
    const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => (...given: unknown[]) => unknown;
    const body = `${beginning}\n{\n${examples[i]}\n}\nreturn [w, b].map(v => v.dataSync()[0]);`;
    const run = new AsyncFunction(...Object.keys(parts), body);
    const [w, b] = (await run(...Object.values(parts))) as [number, number];
    assert.ok(Math.abs(w - 2) < 0.05 && Math.abs(b + 1) < 0.05, `${w}, ${b}`);
  });
}
