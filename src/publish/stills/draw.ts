import { readFileSync } from "node:fs";
import { findBrowser, type OpenedBrowser, openBrowser } from "../../browser/index.ts";
import { type Figure, figureOf, type Still } from "../figures/figure.ts";
import { buildFor, fileOf } from "../figures/plotly.ts";
import { thinned } from "../figures/thin.ts";
import { palettePng } from "./png.ts";

type Page = OpenedBrowser["page"];

/** With 64 colours the soft edges of letters and lines still look soft. */
const USUAL: StillOptions = { scale: 1, colours: 64 };
const WIDTH = 700;
const HEIGHT = 450;

/** How the stills of one figure are wanted. */
export interface StillOptions {
  /** Dots a pixel of the figure. */
  scale: number;
  /** The most colours of a picture made of dots. */
  colours: number;
}

/** Draws figures: a still for each, in order. */
export type Draw = (figures: readonly unknown[], options?: StillOptions) => Promise<Still[]>;

/**
 * Hands on what draws figures by real Plotly in headless Chromium.
 *
 * @returns what `use` returns; undefined where this machine has no Chromium
 */
export async function withPlotly<T>(use: (draw: Draw) => Promise<T>): Promise<T | undefined> {
  const program = findBrowser();
  if (program === undefined) return undefined;
  const { page, close } = await openBrowser(program);
  let loaded: string | undefined;
  try {
    return await use(async (figures, options = USUAL) => {
      const thin = figures.map(value => thinned(figureOf(value)).figure);
      const build = buildFor(thin);
      if (build !== loaded) {
        await page.setContent("<!doctype html><div id='place'></div>");
        await page.addScriptTag({ content: readFileSync(fileOf(build), "utf8") });
        loaded = build;
      }
      const stills: Still[] = [];
      for (const figure of thin) stills.push(await draw(page, figure, options));
      return stills;
    });
  } finally {
    await close();
  }
}

async function draw(page: Page, figure: Figure, { scale, colours }: StillOptions): Promise<Still> {
  const { width = WIDTH, height = HEIGHT } = figure.layout as { width?: number; height?: number };
  const { svg, rgba, across, down } = await page.evaluate(toImages, { figure, width, height, scale });
  return { svg, png: palettePng(Buffer.from(rgba, "base64"), across, down, colours).toString("base64") };
}

interface PlotlyInPage {
  toImage(figure: object, options: object): Promise<string>;
}

/** A figure as Plotly draws it: its lines, and four bytes for each of its dots, in base64. */
interface Drawn {
  svg: string;
  rgba: string;
  across: number;
  down: number;
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
}): Promise<Drawn> {
  const { Plotly } = globalThis as unknown as { Plotly: PlotlyInPage };
  const svg = decodeURIComponent(
    (await Plotly.toImage(figure, { format: "svg", width, height })).replace(/^data:image\/svg\+xml,/, ""),
  );
  const picture = new Image();
  picture.src = await Plotly.toImage(figure, { format: "png", width, height, scale });
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([data]));
  await new Promise(resolve => reader.addEventListener("load", resolve));
  return { svg, rgba: (reader.result as string).replace(/^[^,]*,/, ""), across: canvas.width, down: canvas.height };
}
