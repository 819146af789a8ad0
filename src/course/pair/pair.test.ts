import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cell, formatNotebook, sourceOf } from "./notebook.ts";
import { toNotebook, toScript } from "./pair.ts";

const script = `// ---
// jupyter:
//   kernelspec:
//     name: typescript
// ---

// %% [markdown] slideshow={"slide_type": "slide"}
// # Codes
//
// A code $z$ of two numbers.

// %% tags=["check", "slow"]
import { tf } from "latent";

const z = await tf.tensor1d([1, 2]).array();

// %%
z;
`;

const output = { output_type: "execute_result", execution_count: 2, data: { "text/plain": "[1, 2]" }, metadata: {} };

/** The notebook of the script after it ran. */
function executed() {
  const notebook = toNotebook(script);
  notebook.cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    cell.execution_count = i;
    cell.outputs = [output];
  });
  return notebook;
}

const sources = (cells: Cell[]) => cells.map(sourceOf);
const ids = (cells: Cell[]) => cells.map(({ id }) => id);

test("a script becomes cells with their types, metadata and sources", () => {
  const { cells } = toNotebook(script);
  assert.deepEqual(
    cells.map(({ cell_type, metadata }) => [cell_type, metadata]),
    [
      ["markdown", { slideshow: { slide_type: "slide" } }],
      ["code", { tags: ["check", "slow"] }],
      ["code", {}],
    ],
  );
  assert.deepEqual(sources(cells), [
    "# Codes\n\nA code $z$ of two numbers.",
    'import { tf } from "latent";\n\nconst z = await tf.tensor1d([1, 2]).array();',
    "z;",
  ]);
});

test("a notebook is nbformat 4.5 for our kernel, with a cell id and no outputs", () => {
  const notebook = toNotebook(script);
  assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
  assert.equal((notebook.metadata.kernelspec as { name: string }).name, "typescript");
  for (const { id } of notebook.cells) assert.match(id, /^[A-Za-z0-9-_]{1,64}$/);
  assert.deepEqual(
    notebook.cells.map(({ outputs, execution_count }) => [outputs, execution_count]),
    [
      [undefined, undefined],
      [[], null],
      [[], null],
    ],
  );
});

test("the script of a notebook makes the same notebook", () => {
  const notebook = toNotebook(script);
  assert.deepEqual(toNotebook(toScript(notebook), notebook), notebook);
});

test("a script in our own form survives the way there and back to the letter", () => {
  const own = toScript(toNotebook(script));
  assert.equal(toScript(toNotebook(own)), own);
});

test("the same script always gives the same ids, and equal cells get different ones", () => {
  assert.deepEqual(ids(toNotebook(script).cells), ids(toNotebook(script).cells));
  const twice = toNotebook("// %%\nz;\n\n// %%\nz;\n").cells;
  assert.equal(new Set(ids(twice)).size, 2);
});

test("cells that did not change keep ids and outputs", () => {
  const before = executed();
  assert.deepEqual(toNotebook(script, before), before);
});

test("an edited cell keeps its id and loses its outputs, its neighbours keep theirs", () => {
  const before = executed();
  const after = toNotebook(script.replace("[1, 2]", "[3, 4]"), before);
  assert.deepEqual(ids(after.cells), ids(before.cells));
  assert.deepEqual(after.cells[1]?.outputs, []);
  assert.equal(after.cells[1]?.execution_count, null);
  assert.deepEqual(after.cells[2]?.outputs, [output]);
});

test("a cell put between others gets an id of its own, the others keep theirs", () => {
  const before = executed();
  const after = toNotebook(script.replace("// %%\nz;", "// %%\n1 + 1;\n\n// %%\nz;"), before);
  assert.equal(after.cells.length, 4);
  assert.deepEqual(
    [0, 1, 3].map(i => after.cells[i]?.id),
    ids(before.cells),
  );
  assert.ok(!ids(before.cells).includes(after.cells[2]?.id as string));
});

test("moved cells keep ids and outputs", () => {
  const before = executed();
  const [first, second, third] = script.split(/(?=\/\/ %%)/).slice(1) as [string, string, string];
  const after = toNotebook([third, "\n", first, second].join(""), before);
  assert.deepEqual(
    ids(after.cells),
    [2, 0, 1].map(i => before.cells[i]?.id),
  );
  assert.deepEqual(after.cells[0]?.outputs, [output]);
});

test("metadata changed in the script replaces what the notebook had", () => {
  const after = toNotebook(script.replace('"check", "slow"', '"check"'), executed());
  assert.deepEqual(after.cells[1]?.metadata, { tags: ["check"] });
  assert.deepEqual(after.cells[1]?.outputs, [output]);
});

test("a notebook file ends in a newline and has sorted keys, one line of source a line", () => {
  const text = formatNotebook(toNotebook("// %%\nconst a = 1;\na;\n"));
  assert.ok(text.endsWith("}\n"));
  assert.match(text, /"source": \[\n {4}"const a = 1;\\n",\n {4}"a;"\n {3}\]/);
  assert.ok(text.indexOf('"cell_type"') < text.indexOf('"execution_count"'));
});

test("a widget keeps its state while its cell keeps its outputs", () => {
  const notebook = executed();
  const widgets = { "application/vnd.jupyter.widget-state+json": { state: { one: {} } } };
  const view = { "application/vnd.jupyter.widget-view+json": { model_id: "one" } };
  Object.assign(notebook.metadata, { widgets });
  Object.assign(notebook.cells.at(-1) as Cell, { outputs: [{ ...output, data: view }] });
  assert.deepEqual(toNotebook(script.replace("two numbers", "2 numbers"), notebook).metadata.widgets, widgets);
  assert.equal(toNotebook(script.replace("\nz;", "\nz + 1;"), notebook).metadata.widgets, undefined);
});
