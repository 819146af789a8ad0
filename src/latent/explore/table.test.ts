import assert from "node:assert/strict";
import test from "node:test";
import { DataFrame, Series } from "danfojs-node";
import type { HostKernel } from "../display/host.ts";
import { bundleOf } from "../display/show.ts";
import type { Widget } from "../widgets/widget.ts";
import type { DataTableState } from "./table.ts";
import { columnsOf, ordered, type Sort } from "./table_rows.ts";

type Line = { id: string; onMessage?: (event: object) => unknown; send(): void };
const lines = new Map<string, Line>();
const open = (): Line => {
  const line = { id: `line-${lines.size}`, send() {} };
  lines.set(line.id, line);
  return line;
};
(globalThis as unknown as Record<symbol, object>)[Symbol.for("latent.kernel")] = {
  display() {},
  comms: { open, registerTarget() {} },
};

const { explore } = await import("../index.ts");

const wine = new DataFrame({ name: ["b", "a10", "a9"], acid: [2, Number.NaN, 1.5], good: [3, 1, 2] });

test("a table has each column's type, and says how many values are missing", () => {
  const { columns, cells, total } = shown(explore.table(wine));
  assert.deepEqual(
    columns.map(({ name, type, missing }) => `${name} ${type} ${missing}`),
    ["name string 0", "acid float32 1", "good int32 0"],
  );
  assert.deepEqual(cells, [
    ["b", "2.0000", "3"],
    ["a10", null, "1"],
    ["a9", "1.5000", "2"],
  ]);
  assert.equal(total, 3);
});

test("rows are sorted as numbers or as text with numbers in it; missing values are last in either direction", () => {
  const rows = wine.values as unknown[][];
  const columns = columnsOf(wine, rows);
  const by = (column: number, descending = false) => [...ordered(rows, columns, { column, descending })];
  assert.deepEqual(
    [by(0), by(0, true)],
    [
      [2, 1, 0],
      [0, 1, 2],
    ],
  );
  assert.deepEqual(
    [by(1), by(1, true)],
    [
      [2, 0, 1],
      [0, 2, 1],
    ],
  );
  assert.deepEqual([...ordered(rows, columns, null)], [0, 1, 2]);
});

test("the kernel sends the page that is asked for, never more rows, and the last one where too much is asked", () => {
  const frame = { columns: ["n"], values: Array.from({ length: 45 }, (_, i) => [i]) };
  const table = explore.table(frame, { rows: 10 });
  const ask = (from: number, sort: Sort | null = null) => {
    heard(table)({ from, sort });
    const { cells, from: start } = shown(table);
    return [start, cells.length, cells[0]?.[0]];
  };
  assert.deepEqual(ask(10), [10, 10, "10"]);
  assert.deepEqual(ask(99), [40, 5, "40"]);
  assert.deepEqual(ask(-5), [0, 10, "0"]);
  assert.deepEqual(ask(0, { column: 0, descending: true }), [0, 10, "44"]);
});

test("100,000 rows are sorted and paged in less than a second, and only a page of them travels", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => [(i * 7919) % 100_003, `row ${i}`]);
  const table = explore.table({ columns: ["n", "text"], values });
  const start = performance.now();
  heard(table)({ from: 50_000, sort: { column: 0, descending: true } });
  assert.ok(performance.now() - start < 1000, `${performance.now() - start} ms`);
  assert.ok(JSON.stringify(shown(table)).length < 3000);
});

test("a table without rows, and one of a Series, are tables", () => {
  assert.equal(shown(explore.table({ columns: ["x"], values: [] })).total, 0);
  assert.deepEqual(shown(explore.table({ columns: ["x"], values: [1, 2] })).cells, [["1"], ["2"]]);
  assert.throws(() => explore.table(wine, { rows: 0 }), /1 row a page or more; got 0/);
});

test("a frame and a series show themselves as tables with the names of their rows, and as HTML where no script runs", () => {
  const named = new DataFrame({ acid: [2, Number.NaN], good: [true, false] }, { index: ["a<b", "c"] });
  const bundle = bundleOf(named);
  assert.ok(bundle["application/vnd.jupyter.widget-view+json"]);
  assert.match(String(bundle["text/html"]), /acid<br><small>float32, 1 missing<\/small>/);
  assert.match(String(bundle["text/html"]), /<tr><th>a&lt;b<\/th><td[^>]*>2<\/td><td>true<\/td><\/tr>/);
  assert.match(String(bundle["text/html"]), /<th>c<\/th><td[^>]*><i>missing<\/i>.*2 rows × 2 columns</s);
  assert.match(String(bundle["text/plain"]), /acid .*good.*a<b .*2 .*true/s);
  const series = new Series(Array.from({ length: 30 }, (_, i) => i));
  assert.match(
    String(bundleOf(series)["text/html"]),
    /<th>19<\/th><td[^>]*>19<\/td><\/tr>.*30 rows × 1 columns, the first 20/s,
  );
  const inKernel = (globalThis as unknown as Record<symbol, HostKernel>)[Symbol.for("latent.kernel")];
  assert.equal(inKernel?.frameBundle?.(named)["text/html"], bundle["text/html"], "the kernel is told how");
});

function shown(table: Widget<DataTableState>): DataTableState {
  const keys = ["columns", "cells", "from", "total", "sort"] as const;
  return Object.fromEntries(keys.map(key => [key, table.get(key)])) as unknown as DataTableState;
}

/** What the page's messages reach. */
function heard(table: Widget<DataTableState>): (content: unknown) => void {
  return content =>
    lines.get(table.id)?.onMessage?.({ data: { method: "custom", content }, metadata: {}, buffers: [] });
}
