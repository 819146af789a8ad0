// Draws the cover picture of each lesson in the index from a figure of its stored notebook:  node scripts/covers.mjs
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runMain } from "./bootstrap.mjs";

const FIGURE = "application/vnd.plotly.v1+json";
const SIZE = { width: 180, height: 110 };

/** How the title of the figure begins that stands for a lesson. */
const TITLES = {
  "01": "Thirty pairs",
  "02": "t-SNE",
  "03": "It returns digits",
  "04": "The codes are PCA's",
  "05": "A penalty on the code turns filters",
  "06": "The learnt arrows",
  "07": "Without labels",
  "08": "The 3 as 16 maps",
  "09": "Head 1.1",
  10: "Pretraining lifts the curve",
  11: "The plane: here most holes",
  12: "The evidence p(x): a ring",
  13: "The plane decoded",
  14: "The means µ(x)",
  15: "PCD: each hidden unit",
  16: "Clamped labels",
};

await runMain(async () => {
  const { withPlotly } = await import("../dist/publish/index.js");
  const lectures = join(root, "notebooks", "lectures");
  const covers = join(root, "notebooks", "covers");
  mkdirSync(covers, { recursive: true });
  const drawn = await withPlotly(async draw => {
    for (const name of readdirSync(lectures).filter(name => /^\d\d-.*\.ipynb$/.test(name))) {
      const number = name.slice(0, 2);
      const figure = figureOf(JSON.parse(readFileSync(join(lectures, name), "utf8")), TITLES[number]);
      const [still] = await draw([small(figure)], { scale: 1, colours: 16 });
      writeFileSync(join(covers, `${number}.png`), Buffer.from(still.png, "base64"));
      console.log(`${number}.png  ${figure.layout.title.text}`);
    }
    return true;
  });
  if (!drawn) throw new Error("Covers are drawn by Chromium, and this machine has none.");
  return 0;
});

function figureOf({ cells }, start) {
  const figures = cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ data = {} }) => data[FIGURE] ?? []));
  const found = figures.find(({ layout }) => layout.title.text.startsWith(start));
  if (found === undefined) throw new Error(`No figure's title begins with “${start}”.`);
  return found;
}

/** The picture alone: no words, no axes, small points. */
function small({ data, layout }) {
  const bare = { visible: false };
  const axes = Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key));
  const look = Object.fromEntries(axes.map(key => [key, { ...layout[key], ...bare, title: undefined }]));
  const traces = data.map(trace => ({
    ...trace,
    showlegend: false,
    ...("showscale" in trace || trace.type === "heatmap" || trace.type === "contour" ? { showscale: false } : {}),
    ...(trace.texttemplate ? { texttemplate: "" } : {}),
    ...(trace.marker ? { marker: { ...trace.marker, size: 2.5, showscale: false } } : {}),
  }));
  return {
    data: traces,
    layout: {
      ...layout,
      ...look,
      ...SIZE,
      title: undefined,
      annotations: [],
      sliders: [],
      updatemenus: [],
      showlegend: false,
      margin: { l: 2, r: 2, t: 2, b: 2 },
    },
  };
}
