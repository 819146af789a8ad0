import assert from "node:assert/strict";
import test from "node:test";
import { Results } from "./results.ts";
import type { Row } from "./rows.ts";
import { cell, shortfalls, table } from "./table.ts";

const start: Row = { id: "start", title: "Start", unit: "s", asked: { limit: 0.2 } };
const rate: Row = { id: "rate", title: "Output", unit: "MB/s", asked: { limit: 60, atLeast: true } };

function measured(): Results {
  const results = new Results();
  for (const seconds of [0.5, 0.4, 0.6]) results.add("start", "python", seconds);
  for (const seconds of [0.1, 0.3, 0.25]) results.add("start", "ours", seconds);
  results.add("rate", "ours", 70);
  results.add("rate", "python", "96 % lost");
  return results;
}

test("a cell has the middle of its rounds, their range and the ratio to the first kernel", () => {
  assert.equal(cell(start, "ours", "python", measured()), "0.250 (0.100-0.300), x0.500");
  assert.equal(cell(start, "python", "python", measured()), "0.500 (0.400-0.600)");
});

test("where there is no number the cell says what happened, and no ratio is made of it", () => {
  assert.equal(cell(rate, "python", "python", measured()), "96 % lost");
  assert.equal(cell(rate, "ours", "python", measured()), "70.0");
  assert.equal(cell(rate, "deno", "python", measured()), "not run");
});

test("a row falls short on its own side: above a limit, or below what is asked at least", () => {
  const names = shortfalls([start, rate], "ours", measured()).map(({ row }) => row.id);
  assert.deepEqual(names, ["start"]);
});

test("the table has a column for a kernel that could not be had", () => {
  const text = table([start], [], [{ name: "absent", reason: "it does not compile" }], measured());
  assert.match(text, /\| Start, s \| not run \| at most 0.2 \|/);
});
