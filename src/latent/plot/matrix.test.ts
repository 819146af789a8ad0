import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { decode, type EncodedArray } from "./encode.ts";
import type { PlotlyObject } from "./figure.ts";
import { heatmap } from "./heatmap.ts";
import { table } from "./table.ts";

/** As much of a tensor as a figure reads, so that figures are tested without the engine. */
function matrix(rows: number[][]): Tensor2D {
  const shape = [rows.length, (rows[0] as number[]).length];
  return { shape, dataSync: () => Float32Array.from(rows.flat()) } as unknown as Tensor2D;
}

const words = { title: "A diagonal", x: "axis", y: "direction" };

test("a heat map keeps the matrix as it stands on paper, with 0 white", () => {
  const values = matrix([
    [1, -2],
    [0, 0.5],
  ]);
  const { data, layout } = heatmap(values, { ...words, rows: ["u₁", "u₂"], columns: ["v₁", "v₂"] });
  const [trace] = data as [PlotlyObject];
  assert.deepEqual([...decode(trace.z as EncodedArray)], [1, -2, 0, 0.5]);
  assert.deepEqual([trace.zmin, trace.zmax, (trace.z as EncodedArray).shape], [-2, 2, "2, 2"]);
  assert.equal((layout.yaxis as PlotlyObject).autorange, "reversed");
  assert.equal((trace.colorscale as [number, string][])[1]?.[1], "#ffffff");
});

test("a heat map of no negative numbers begins at 0, and at what it is told", () => {
  const ends = (between?: [number, number]) => {
    const figure = heatmap(matrix([[0.5, 1]]), { ...words, ...(between && { between }) });
    return [figure.data[0]?.zmin, figure.data[0]?.zmax];
  };
  assert.deepEqual(ends(), [0, 1]);
  assert.deepEqual(ends([0, 2]), [0, 2]);
});

test("a table aligns numbers, leaves missing ones empty, and escapes what it is given", () => {
  const frame = {
    columns: ["k", "a < b"],
    values: [
      [2, 0.5],
      [10, Number.NaN],
      [3, -1],
    ],
  };
  const { "text/plain": text, "text/html": html } = table(frame, { title: "T", decimals: 2 }).bundle();
  assert.equal(text, "T\n k  a < b\n 2   0.50\n10\n 3  −1.00");
  assert.ok(String(html).includes("a &lt; b"));
});
