import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { findBrowser } from "../../browser/index.ts";
import { code, emptyFolder, figure, isRequired, planeExplorer, writeNotebook } from "../../testkit/index.ts";
import { keepStills, lacks } from "../index.ts";
import { paint } from "./palette.ts";

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
  assert.deepEqual(await lacks(path), ["1 of its 1 figures have no picture, or that of an older figure"]);
  assert.equal((await keepStills(path)).drawn, 1);
  const { "image/png": png = "", "text/plain": text } = bundle(path);
  const bytes = Buffer.from(png, "base64");
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [300, 200]);
  assert.equal(text, "a curve");

  const first = readFileSync(path, "utf8");
  assert.deepEqual(await lacks(path), []);
  assert.deepEqual([(await keepStills(path)).changed, readFileSync(path, "utf8")], [false, first]);
  const notebook = JSON.parse(first);
  notebook.cells[0].outputs[0].data["application/vnd.plotly.v1+json"].data[0].y = [5, 1, 5];
  writeFileSync(path, JSON.stringify(notebook));
  assert.equal((await lacks(path)).length, 1);
  assert.equal((await keepStills(path)).drawn, 1);
  assert.notEqual(bundle(path)["image/png"], png);
});

test("where a notebook has little room its stills are leaner, and without any room they are left out", {
  skip,
}, async t => {
  const folder = emptyFolder(t);
  const curve = { x: [1, 2, 3], y: [1, 3, 2] };
  const store = (bytes: number) =>
    writeNotebook(folder, "large.ipynb", [
      code("plot()", [figure([curve], { width: 600, height: 400 }, "a curve")]),
      { cell_type: "raw", metadata: {}, source: "x".repeat(bytes) },
    ]);
  const sizes: number[] = [];
  for (const [bytes, leftOut] of [
    [0, 0],
    [995_000, 0],
    [998_000, 1],
  ] as const) {
    const kept = await keepStills(store(bytes));
    assert.equal(kept.leftOut, leftOut, `${bytes}`);
    assert.ok(kept.bytes <= 1e6, `${kept.bytes}`);
    sizes.push(kept.bytes - bytes);
    assert.deepEqual(await lacks(kept.path), []);
  }
  assert.ok((sizes[0] as number) > (sizes[1] as number) && (sizes[1] as number) > (sizes[2] as number), sizes.join());
  writeFileSync(join(folder, "large.ipynb"), readFileSync(store(1_000_000)));
  assert.match((await lacks(join(folder, "large.ipynb"))).join(), /GitHub shows at most/);
});

test("a picture in few colours keeps each of them where there are no more, and else its paper and what is far apart", () => {
  const pixels = (colours: number[]) => Uint8Array.from(colours.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255, 255]));
  const few = paint(pixels([0xffffff, 0xff0000, 0xffffff, 0x0000ff]), 4);
  assert.deepEqual(
    [...few.pixels].map(place => few.palette[place]),
    [0xffffff, 0xff0000, 0xffffff, 0x0000ff],
  );
  const grey = Array.from({ length: 100 }, (_, i) => i * 0x010101);
  const many = paint(pixels([...Array(300).fill(0xffffff), ...grey]), 8);
  assert.equal(many.palette.length, 8);
  assert.equal(many.palette[many.pixels[0] as number], 0xffffff);
  assert.ok(Math.abs(((many.palette[many.pixels[350] as number] as number) % 256) - 50) < 16);
  assert.deepEqual(paint(Uint8Array.of(0, 0, 0, 0), 2).palette, [0xffffff]); // what is transparent
  // Ten classes of few points among many greys stay ten colours.
  const classes = [0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0xbcbd22, 0x17becf, 0x2f00a0];
  const soft = Array.from({ length: 200 }, (_, i) => Array(50 + i).fill(i * 0x010101)).flat();
  const chart = paint(pixels([...soft, ...classes.flatMap(colour => Array(10).fill(colour))]), 24);
  for (const colour of classes) assert.ok(chart.palette.includes(colour), colour.toString(16));
});

test("a widget whose state is not stored is something that a notebook lacks", async t => {
  const { output, metadata } = planeExplorer();
  const folder = emptyFolder(t);
  assert.deepEqual(await lacks(writeNotebook(folder, "with.ipynb", [code("explore()", [output])], metadata)), []);
  const without = writeNotebook(folder, "without.ipynb", [code("explore()", [output])]);
  assert.match((await lacks(without)).join(), /1 widgets have no state/);
});
