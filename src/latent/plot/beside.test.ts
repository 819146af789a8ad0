import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { beside } from "./beside.ts";
import { curves } from "./curves.ts";
import { scatter } from "./scatter.ts";

const plane = scatter(tf.tensor2d([0, 0, 1, 1, 2, 0], [3, 2]), [4, 7, 7], { title: "Plane", legend: "digit" });
const other = scatter(tf.tensor2d([5, 5, 6, 6], [2, 2]), [7, 9], { title: "Other", legend: "digit" });

test("figures beside each other keep their points, axes and class names in a panel of their own", () => {
  const { data, layout, summary } = beside({ "(a)": plane, "(b)": other }, { title: "Both", widths: [1, 3] });
  assert.deepEqual(
    data.map(({ xaxis, yaxis }) => [xaxis, yaxis]),
    [
      ["x", "y"],
      ["x", "y"],
      ["x2", "y2"],
      ["x2", "y2"],
    ],
  );
  const [first, second] = [layout.xaxis, layout.xaxis2] as { domain: [number, number]; anchor: string }[];
  assert.ok(first && second);
  assert.ok(0 < first.domain[0] && first.domain[1] < 0.25 && 0.25 < second.domain[0] && second.domain[1] < 1);
  assert.equal(second.anchor, "y2");
  assert.equal((layout.yaxis2 as { scaleanchor: string }).scaleanchor, "x2");
  const annotations = layout.annotations as { text: string; xref: string; x: number }[];
  assert.deepEqual(
    annotations.map(({ text, xref }) => `${text} ${xref}`),
    ["(a) paper", "(b) paper", "<b>4</b> x", "<b>7</b> x", "<b>7</b> x2", "<b>9</b> x2"],
  );
  assert.match(summary, /^Both \(a\): Scatter: 3 points.*\(b\): Scatter: 2 points/);
});

test("a class that both panels have stands once in the legend and switches both", () => {
  const { data } = beside({ "(a)": plane, "(b)": other }, { title: "Both" });
  assert.deepEqual(
    data.map(({ legendgroup, showlegend }) => [legendgroup, showlegend]),
    [
      ["4", true],
      ["7", true],
      ["7", false],
      ["9", true],
    ],
  );
});

test("the figures themselves stay as they are, and a single one is a panel too", () => {
  const curve = curves({ a: [0, 1] }, { title: "Curve" });
  const before = JSON.stringify(curve.layout);
  const { layout } = beside({ alone: curve }, { title: "One" });
  assert.equal(JSON.stringify(curve.layout), before);
  assert.ok("xaxis" in layout && !("xaxis2" in layout));
});

test("no figure, or a width missing, is refused", () => {
  assert.throws(() => beside({}, { title: "None" }), /needs figures/);
  assert.throws(() => beside({ a: plane, b: other }, { title: "One width", widths: [1] }), /got 2 and 1/);
});
