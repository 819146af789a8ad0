import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { findBrowser } from "../../browser/index.ts";
import { code, emptyFolder, figure, isRequired, writeNotebook } from "../../testkit/index.ts";
import { keepStills } from "../index.ts";

const skip = findBrowser() === undefined && !isRequired("browser") ? "there is no Chromium on the PATH" : false;
const bundle = (path: string) =>
  JSON.parse(readFileSync(path, "utf8")).cells[0].outputs[0].data as Record<string, string>;

test("a still is drawn beside a figure, a second call changes nothing, and a changed figure gets a new one", {
  skip,
}, async t => {
  const folder = emptyFolder(t);
  const store = (y: (number | null)[]) =>
    writeNotebook(folder, "figures.ipynb", [
      code("plot()", [figure([{ x: [1, 2, 3], y }], { width: 300, height: 200 }, "a curve")]),
    ]);
  const path = store([1, null, 2]);
  assert.equal((await keepStills(path)).drawn, 1);
  const { "image/png": png = "", "image/svg+xml": svg = "", "text/plain": text } = bundle(path);
  const bytes = Buffer.from(png, "base64");
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [300, 200]);
  assert.match(svg, /^<svg[\s\S]*<\/svg>$/);
  assert.equal(text, "a curve");

  const first = readFileSync(path, "utf8");
  assert.deepEqual([(await keepStills(path)).changed, readFileSync(path, "utf8")], [false, first]);
  const notebook = JSON.parse(first);
  notebook.cells[0].outputs[0].data["application/vnd.plotly.v1+json"].data[0].y = [5, 1, 5];
  writeFileSync(path, JSON.stringify(notebook));
  assert.equal((await keepStills(path)).drawn, 1);
  assert.notEqual(bundle(path)["image/png"], png);
});
