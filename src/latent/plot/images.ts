import type { Tensor2D } from "@tensorflow/tfjs-node";
import { Figure, type PlotlyObject } from "./figure.ts";
import { layout, TOP, WIDTH } from "./layout.ts";
import { toNumbers } from "./numbers.ts";
import { encodePng } from "./png.ts";
import { expectMatrix, expectWords } from "./words.ts";

export interface GridWords {
  /** @defaultValue none */
  title?: string;
  /**
   * Images in a row of the grid.
   *
   * @defaultValue 10, or all where there are fewer
   */
  columns?: number;
  /** What each row of the grid shows, from the top. */
  rows?: readonly string[];
  /** Width of an image in pixels where images are not square. */
  width?: number;
}

/** Pixels of paper between two images. */
const GAP = 1;
/** No image pixel gets larger than this many pixels of the screen. */
const LARGEST_PIXEL = 6;

/**
 * A grid of grey images as one picture, filled row by row: ink is dark, paper white, values outside 0 … 1 are clipped.
 *
 * @param images `[n, height · width]`, 0 paper to 1 ink
 * @throws RangeError when a row of `images` is no square and no `width` is given
 */
export function images(images: Tensor2D, words: GridWords = {}): Figure {
  expectWords(words, "plot.images", { title: true, columns: true, rows: true, width: true });
  expectMatrix(images, "plot.images", "images [n, height · width]");
  const [count, size] = images.shape;
  const { title = "", columns = Math.min(10, count), rows = [] } = words;
  if (count === 0 || !Number.isInteger(columns) || columns < 1)
    throw new RangeError(`plot.images needs an image and a column, and more; got ${count} images, ${columns} columns.`);
  const w = words.width ?? Math.sqrt(size);
  const h = size / w;
  if (!Number.isInteger(w) || !Number.isInteger(h))
    throw new RangeError(`${size} pixels are no square and do not fill rows of ${w}: say the width.`);
  const picture = tile(toNumbers(images), { count, columns, w, h });
  const look = frame(title, picture, { left: leftMargin(rows) });
  const centres = rows.map((_, row) => row * (h + GAP) + (h - 1) / 2);
  Object.assign(look.yaxis as object, { tickvals: centres, ticktext: rows });
  const said = rows.length > 0 ? `: ${rows.join("; ")}` : "";
  const summary = `Images: ${count} of ${w}×${h} pixels, ${columns} a row${said}. ${title}`;
  return new Figure([{ type: "image", source: picture.address, hoverinfo: "skip" }], look, summary);
}

/** Room for the longest row name, at about seven pixels a letter. */
function leftMargin(rows: readonly string[]): number {
  return 16 + 7.5 * Math.max(0, ...rows.map(row => row.length));
}

/** The layout in which the picture fills the width that is left beside the row names. */
function frame(title: string, { width, height }: Picture, { left }: { left: number }): PlotlyObject {
  const right = 16;
  const scale = Math.min(LARGEST_PIXEL, (WIDTH - left - right) / width);
  const margin = { l: left, r: WIDTH - left - width * scale, t: TOP, b: 16 };
  return layout({ title }, WIDTH, height * scale + margin.t + margin.b, {
    margin,
    xaxis: { visible: false, range: [-0.5, width - 0.5] },
    yaxis: { range: [height - 0.5, -0.5], showgrid: false, zeroline: false, ticks: "", tickmode: "array" },
  });
}

interface Picture {
  /** The picture itself, as a data address. */
  address: string;
  width: number;
  height: number;
}

interface Grid {
  count: number;
  columns: number;
  w: number;
  h: number;
}

function tile(values: Float32Array, { count, columns, w, h }: Grid): Picture {
  const width = columns * (w + GAP) - GAP;
  const height = Math.ceil(count / columns) * (h + GAP) - GAP;
  const paper = new Uint8Array(width * height).fill(255);
  for (let i = 0; i < values.length; i++) {
    const image = Math.floor(i / (w * h));
    const row = Math.floor(image / columns) * (h + GAP) + Math.floor((i % (w * h)) / w);
    const column = (image % columns) * (w + GAP) + (i % w);
    const ink = Math.min(1, Math.max(0, values[i] as number));
    paper[row * width + column] = Math.round(255 * (1 - ink));
  }
  return { address: `data:image/png;base64,${encodePng(paper, width, height).toString("base64")}`, width, height };
}
