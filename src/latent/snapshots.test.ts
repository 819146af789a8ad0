import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { explore, models, plot, tf, type widgets as Widgets, widgets } from "./index.ts";

/** What a notebook stores of figures and widgets; `LATENT_SNAPSHOTS=write` writes them anew, and git shows what differs. */
const isWritten = process.env.LATENT_SNAPSHOTS === "write";

function matches(name: string, value: unknown): void {
  const file = new URL(`../../src/latent/snapshots/${name}.json`, import.meta.url);
  const text = `${JSON.stringify(value, short, 2)}\n`;
  if (isWritten) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}

/** Bytes and front ends as their length and the beginning of their hash. */
function short(key: string, value: unknown): unknown {
  if (key === "_esm" || key === "_anywidget_id") return undefined;
  const isLong = typeof value === "string" && value.length > 200;
  if (isLong || ArrayBuffer.isView(value)) {
    const bytes = isLong ? Buffer.from(value) : Buffer.from((value as Uint8Array).buffer);
    return `${bytes.length} bytes ${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`;
  }
  return typeof value === "object" && value !== null && "id" in value && "bundle" in value ? "a widget" : value;
}

const stateOf = (widget: Widgets.Widget<never>) =>
  Object.fromEntries(widget.keys().map(key => [key, widget.get(key as never)]));

const codes = tf.tensor2d([
  [-1, 2],
  [3, 0],
  [0.5, 0.25],
]);
const grey = tf.linspace(0, 1, 48).reshape([3, 16]) as tf.Tensor2D;
/** Weights that no random numbers draw: these differ in their last digit from engine to engine. */
function fixed<Model extends { variables: tf.Variable[] }>(model: Model): Model {
  for (const variable of model.variables)
    variable.assign(tf.sub(tf.linspace(0, 1, variable.size), 0.5).reshape(variable.shape) as never);
  return model;
}

test("controls have the state that their snapshot has", () => {
  matches("controls", {
    intSlider: stateOf(widgets.intSlider({ description: "n", min: 2, max: 8, value: 5 }) as never),
    floatSlider: stateOf(widgets.floatSlider({ min: -3, max: 3, step: 0.5 }) as never),
    dropdown: stateOf(widgets.dropdown(["a", "b"], { value: "b" }) as never),
    checkbox: stateOf(widgets.checkbox({ description: "on", value: true }) as never),
    text: stateOf(widgets.text({ value: "words" }) as never),
    html: stateOf(widgets.html("<b>z</b>") as never),
    button: stateOf(widgets.button("Go") as never),
  });
});

test("explorers have the state that their snapshot has, weights in half precision", () => {
  const model = () => fixed(models.denseAutoencoder({ inputs: 16, code: 2, seed: 1 }));
  const machine = fixed(models.rbm({ visible: 16, hidden: 3, seed: 1 }));
  matches("explorers", {
    plane: stateOf(explore.plane(model(), { codes, labels: [0, 1, 2], images: grey }) as never),
    compare: stateOf(
      explore.compare(
        { a: model(), b: model() },
        { images: grey, damage: { noise: [0, 0.1] }, precision: "int8" },
      ) as never,
    ),
    code: stateOf(explore.code(model(), { images: grey, codes }) as never),
    gibbs: stateOf(explore.gibbs(machine, { starts: tf.round(grey) as tf.Tensor2D }) as never),
    table: stateOf(
      explore.table({
        columns: ["n", "word"],
        values: [
          [1.5, "a"],
          [Number.NaN, null],
        ],
      }) as never,
    ),
  });
});

test("figures have the data and the layout that their snapshot has", () => {
  const words = { title: "A finding", x: "step", y: "error" };
  matches("figures", {
    curves: plot.curves({ training: [3, 2, 1], test: [3, 2.5, 2] }, words),
    scatter: plot.scatter(codes, [0, 1, 1], words),
    heatmap: plot.heatmap(codes, { ...words, rows: ["a", "b", "c"] }),
    spectrum: plot.spectrum([3, 2, 1], { ...words, keep: 2 }),
    bars: plot.bars(["a", "b"], [1, 2], words),
  });
});
