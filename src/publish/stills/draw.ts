import { readFileSync } from "node:fs";
import { findBrowser, openBrowser } from "../../browser/index.ts";
import { type Figure, figureOf, type Still } from "../figures/figure.ts";
import { fileOf } from "../figures/plotly.ts";
import { thinned } from "../figures/thin.ts";

const WIDTH = 700;
const HEIGHT = 450;

/** How the stills of one figure are wanted. */
export interface StillOptions {
  /** Dots a pixel of the figure. */
  scale: number;
}

/**
 * Draws figures by real Plotly in headless Chromium.
 *
 * @returns a still for each figure, in order; undefined where this machine has no Chromium
 */
export async function drawStills(
  figures: readonly unknown[],
  { scale }: StillOptions = { scale: 1 },
): Promise<Still[] | undefined> {
  const program = findBrowser();
  if (program === undefined) return undefined;
  const { page, close } = await openBrowser(program);
  try {
    await page.setContent("<!doctype html><div id='place'></div>");
    await page.addScriptTag({ content: readFileSync(fileOf("plotly.js-dist-min"), "utf8") });
    const stills: Still[] = [];
    for (const value of figures) {
      const { figure } = thinned(figureOf(value));
      const { width = WIDTH, height = HEIGHT } = figure.layout as { width?: number; height?: number };
      stills.push(await page.evaluate(toImages, { figure, width, height, scale }));
    }
    return stills;
  } finally {
    await close();
  }
}

interface PlotlyInPage {
  toImage(figure: object, options: object): Promise<string>;
}

async function toImages({
  figure,
  width,
  height,
  scale,
}: {
  figure: Figure;
  width: number;
  height: number;
  scale: number;
}): Promise<Still> {
  const { Plotly } = globalThis as unknown as { Plotly: PlotlyInPage };
  const svg = decodeURIComponent(
    (await Plotly.toImage(figure, { format: "svg", width, height })).replace(/^data:image\/svg\+xml,/, ""),
  );
  const png = await Plotly.toImage(figure, { format: "png", width, height, scale });
  return { svg, png: png.replace(/^data:image\/png;base64,/, "") };
}
