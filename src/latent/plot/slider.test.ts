import assert from "node:assert/strict";
import { test } from "node:test";
import { curves } from "./curves.ts";
import { slider } from "./slider.ts";

const low = curves({ a: [0, 1], b: [1, 2] }, { title: "Low" });
const high = curves({ a: [0, 10] }, { title: "High" });

test("a position of the slider shows the curves and the title of its figure, on axes that hold all", () => {
  const { data, layout } = slider({ "0.1": low, "0.2": high }, { label: "α =", start: "0.2" });
  assert.deepEqual(
    data.map(({ visible }) => visible),
    [false, false, true],
  );
  const [{ active, steps }] = layout.sliders as [{ active: number; steps: { label: string; args: unknown[] }[] }];
  assert.equal(active, 1);
  assert.deepEqual(steps[0], {
    label: "0.1",
    method: "update",
    args: [{ visible: [true, true, false] }, { "title.text": "Low" }],
  });
  assert.deepEqual((layout.yaxis as { range: number[] }).range, [-0.5, 10.5]);
  assert.equal((layout.title as { text: string }).text, "High");
});

test("an axis of powers of ten is left to Plotly", () => {
  const curve = curves({ a: [1, 10] }, { title: "Log", log: true });
  assert.equal("range" in (slider({ one: curve }, { label: "step" }).layout.yaxis as object), false);
});

test("a start that no figure has is refused by name", () => {
  assert.throws(() => slider({ one: low }, { label: "α", start: "two" }), /no figure two among one/);
});
