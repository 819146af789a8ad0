import assert from "node:assert/strict";
import test from "node:test";
import { classColours } from "../latent/plot/colours.ts";
import { darkened } from "./dark.ts";

const brightness = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
};

/** CIE 1976; on white paper the classes have 29 (`src/latent/plot/colours.ts`). */
function distance(one: string, other: string): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((value, i) => value - (b[i] as number)));
}

function lab(colour: string): number[] {
  const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map(text => {
    const share = Number(text) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("on dark paper white and black change places, greys lie between, and other colours keep their hue and are light", () => {
  const layout = { paper_bgcolor: "white", font: { color: "#222222" }, xaxis: { gridcolor: "#e4e4e4" } };
  const dark = darkened({ data: [{ marker: { color: "#2c08a0" } }], layout });
  const { paper_bgcolor, font, xaxis } = dark.layout as typeof layout;
  assert.equal(paper_bgcolor, "rgb(17, 17, 17)");
  assert.ok(brightness(font.color) > 0.75, font.color);
  assert.ok(brightness(xaxis.gridcolor) > 0.1 && brightness(xaxis.gridcolor) < 0.3, xaxis.gridcolor);
  const [{ marker }] = dark.data as [{ marker: { color: string } }];
  const [r = 0, g = 0, b = 0] = (marker.color.match(/\d+/g) ?? []).map(Number);
  assert.ok(b > r && r > g, `${marker.color} is still indigo`);
  assert.equal(layout.paper_bgcolor, "white", "the figure of the notebook stays");
});

test("every class is told from dark paper, and no two look alike", () => {
  const { data } = darkened({ data: classColours.map(color => ({ marker: { color } })) });
  const colours = (data as { marker: { color: string } }[]).map(({ marker }) => marker.color);
  for (const colour of colours) assert.ok(brightness(colour) > 0.4, colour);
  for (const [i, one] of colours.entries())
    for (const other of colours.slice(i + 1)) assert.ok(distance(one, other) > 25, `${one} and ${other}`);
});

test("scales of colours, pictures and numbers are data and stay; words stay words", () => {
  const scale = [
    [0, "#000000"],
    [1, "#ffffff"],
  ];
  const trace = { colorscale: scale, source: "data:image/png;base64,AA", x: ["black"], z: [[1]], name: "white wine" };
  const { data, layout, config } = darkened({ data: [trace], config: { displaylogo: false } });
  assert.deepEqual(data, [trace]);
  assert.deepEqual(config, { displaylogo: false });
  assert.ok((layout as { template?: object }).template, "what a figure leaves out is dark as well");
});

test("half transparent colours stay half transparent", () => {
  const { layout } = darkened({ layout: { a: { bgcolor: "rgba(255, 255, 255, 0.85)", fillcolor: "#00591d2e" } } });
  const { bgcolor, fillcolor } = (layout as { a: { bgcolor: string; fillcolor: string } }).a;
  assert.equal(bgcolor, "rgba(17, 17, 17, 0.85)");
  assert.match(fillcolor, /, 0\.18\)$/);
});
