import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import type { Notebook } from "../pair/notebook.ts";
import { runNotebooks } from "./run.ts";

type TestCell = string | { source: string; tags: string[] };

function notebook(t: TestContext, ...sources: TestCell[]): string {
  const path = join(emptyFolder(t), "test.ipynb");
  const cells = sources.map((cell, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: typeof cell === "string" ? {} : { tags: cell.tags },
    source: typeof cell === "string" ? cell : cell.source,
    outputs: [],
    execution_count: null,
  }));
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Notebook;

async function run(paths: string[], outputDir?: string) {
  const lines: string[] = [];
  const code = await runNotebooks(paths, { ...(outputDir && { outputDir }), print: line => lines.push(line) });
  return { code, text: lines.join("\n") };
}

test("a notebook is run in place, with its outputs and counts as nbformat stores them", async t => {
  const path = notebook(t, "console.log('a')\nconsole.log('b'); 1 + 1", "let quiet = 1", "console.error('e')");
  const { code, text } = await run([path]);
  assert.equal(code, 0);
  assert.match(text, /cell 1\/3 .* ok .*console\.log\('a'\)\n {6}a\n {6}b\n {6}2\n/);
  const { cells } = read(path);
  assert.deepEqual(
    cells.map(cell => cell.execution_count),
    [1, 2, 3],
  );
  assert.deepEqual(cells[0]?.outputs, [
    { name: "stdout", output_type: "stream", text: ["a\n", "b\n"] },
    { data: { "text/plain": ["2"] }, execution_count: 1, metadata: {}, output_type: "execute_result" },
  ]);
  assert.deepEqual(cells[1]?.outputs, []);
});

test("a failing cell gives exit code 1, is shown, stops the notebook and leaves the file as it was", async t => {
  const bad = notebook(t, "1", "throw new Error('on purpose')", "console.log('never')");
  const good = notebook(t, "2");
  const before = readFileSync(bad, "utf8");
  const { code, text } = await run([bad, good]);
  assert.equal(code, 1);
  assert.match(text, /cell 2\/3 .* FAILED .*throw/);
  assert.match(text, /Error: on purpose/);
  assert.doesNotMatch(text, /never/);
  assert.equal(readFileSync(bad, "utf8"), before);
  assert.equal(read(good).cells[0]?.execution_count, 1);
});

test("a cell tagged raises-exception may fail", async t => {
  const path = notebook(t, { source: "throw 1", tags: ["raises-exception"] }, "console.log('on')");
  assert.equal((await run([path])).code, 0);
  const [output] = (read(path).cells[0]?.outputs ?? []) as { output_type: string }[];
  assert.equal(output?.output_type, "error");
});

test("with an output folder the original stays and the executed copy is there", async t => {
  const path = notebook(t, "1 + 1");
  const before = readFileSync(path, "utf8");
  const folder = join(emptyFolder(t), "new", "folder");
  assert.equal((await run([path], folder)).code, 0);
  assert.equal(readFileSync(path, "utf8"), before);
  assert.equal(read(join(folder, "test.ipynb")).cells[0]?.execution_count, 1);
});

test("updates change the display they name, cleared output is gone, and late output finds its cell", async t => {
  const path = notebook(
    t,
    "display('old', { id: 'x' }); const timer = setTimeout(() => console.log('late'), 20)",
    "console.log('to be cleared'); globalThis[Symbol.for('latent.kernel')].clear({ wait: true }); console.log('kept')",
    "display('new', { id: 'x', update: true }); await new Promise(resolve => setTimeout(resolve, 100))",
  );
  assert.equal((await run([path])).code, 0);
  const [first, second, third] = read(path).cells.map(cell => cell.outputs);
  assert.deepEqual(first, [
    { data: { "text/plain": ["'new'"] }, metadata: {}, output_type: "display_data" },
    { name: "stdout", output_type: "stream", text: ["late\n"] },
  ]);
  assert.deepEqual(second, [{ name: "stdout", output_type: "stream", text: ["kept\n"] }]);
  assert.deepEqual(third, []);
});

/** What the library sends for widgets, without the library. */
const WIDGETS = `
const { comms } = globalThis[Symbol.for("latent.kernel")];
const names = name => ({ _model_name: name, _model_module: "m", _model_module_version: "1.0.0" });
const open = (state, buffer_paths = [], buffers = []) =>
  comms.open("jupyter.widget", { state, buffer_paths }, { metadata: { version: "2.1.0" }, buffers });
const update = (line, state, buffer_paths = [], buffers = []) =>
  line.send({ method: "update", state, buffer_paths }, { buffers });`;

/** The states of widgets that a notebook keeps, by the name of their model. */
function widgetStates({ metadata }: Notebook): Record<string, Record<string, unknown>> {
  const block = metadata.widgets as Record<string, { state: Record<string, { model_name: string }> }>;
  const models = Object.values(block["application/vnd.jupyter.widget-state+json"]?.state ?? {});
  return Object.fromEntries(models.map(model => [model.model_name, model as Record<string, unknown>]));
}

test("a notebook keeps the last state of its widgets, bytes in base64, and what a widget captured stands in it", async t => {
  const path = notebook(
    t,
    `${WIDGETS}
    const slider = open({ ...names("Slider"), value: 1 });
    const picture = open({ ...names("Image"), format: "png" }, [["value"]], [new Uint8Array([1, 2])]);
    open(names("Gone")).close();
    comms.open("other", {});`,
    `update(slider, { value: 2 });
    update(picture, {}, [["value"]], [new Uint8Array([3])]);
    const place = open({ ...names("Output"), msg_id: globalThis[Symbol.for("latent.kernel")].parent, outputs: [] });
    console.log("captured");
    update(place, { msg_id: "" });
    console.log("below the cell")`,
  );
  assert.equal((await run([path])).code, 0);
  const { Slider, Image, Output, Gone } = widgetStates(read(path));
  const own = { _model_module: "m", _model_module_version: "1.0.0" };
  assert.deepEqual(Slider, {
    model_name: "Slider",
    model_module: "m",
    model_module_version: "1.0.0",
    state: { _model_name: "Slider", ...own, value: 2 },
  });
  assert.deepEqual(Image?.state, { _model_name: "Image", ...own, format: "png" });
  assert.deepEqual(Image?.buffers, [{ encoding: "base64", path: ["value"], data: "Aw==" }]);
  const outputs = [{ name: "stdout", output_type: "stream", text: ["captured\n"] }];
  assert.deepEqual(Output?.state, { _model_name: "Output", ...own, msg_id: "", outputs });
  assert.equal(Gone, undefined);
  assert.deepEqual(read(path).cells[1]?.outputs, [
    { name: "stdout", output_type: "stream", text: ["below the cell\n"] },
  ]);
});

test("a notebook that makes no widgets any more keeps no states", async t => {
  const path = notebook(t, "1");
  const stored = read(path);
  writeFileSync(path, JSON.stringify({ ...stored, metadata: { widgets: { old: {} }, other: 1 } }));
  assert.equal((await run([path])).code, 0);
  assert.deepEqual(read(path).metadata, { other: 1 });
});

test("a file that is missing or no notebook is refused by name", async t => {
  await assert.rejects(run(["nowhere.ipynb"]), /Cannot read nowhere\.ipynb: there is no such file/);
  const path = join(emptyFolder(t), "text.ipynb");
  writeFileSync(path, "# not JSON");
  await assert.rejects(run([path]), /is not a notebook/);
});

test("the report says how much memory the cells took at most", async t => {
  const small = await run([notebook(t, "1 + 1")]);
  const large = await run([notebook(t, "let large = Buffer.alloc(400e6, 1); undefined", "large = undefined")]);
  const most = ({ text }: { text: string }) => Number(/with at most (\d+\.\d\d) GB of memory/.exec(text)?.[1]);
  assert.ok(most(small) > 0.03 && most(small) < 0.3, small.text);
  assert.ok(most(large) > most(small) + 0.35 && most(large) < 0.8, large.text);
});
