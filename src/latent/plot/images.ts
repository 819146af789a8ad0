import type { Tensor2D } from "@tensorflow/tfjs-node";
import { Figure } from "./figure.ts";
import { layout } from "./layout.ts";
import { toNumbers } from "./numbers.ts";
import { encodePng } from "./png.ts";

export interface GridWords {
  title: string;
  /** Images in a row of the grid. */
  columns: number;
  /** What each row of the grid shows, from the top. */
  rows?: readonly string[];
  /** Width of an image in pixels where images are not square. */
  width?: number;
}

/** Pixels of paper between two images. */
const GAP = 1;
/** On the screen the grid is about this wide. */
const SCREEN_WIDTH = 640;

/**
 * A grid of grey images as one picture, filled row by row: ink is dark, paper white, values outside 0 … 1 are clipped.
 *
 * @param images `[n, height · width]`, 0 paper to 1 ink
 * @throws RangeError when a row of `images` is no square and no `width` is given
 */
export function images(images: Tensor2D, { title, columns, rows, width }: GridWords): Figure {
  const [count, size] = images.shape;
  const w = width ?? Math.sqrt(size);
  const h = size / w;
  if (!Number.isInteger(w) || !Number.isInteger(h)) throw new RangeError(`${size} pixels do not fill rows of ${w}.`);
  const picture = tile(toNumbers(images), { count, columns, w, h });
  const across = Math.min(1, SCREEN_WIDTH / picture.width) || 1;
  const scale = Math.max(1, Math.floor(SCREEN_WIDTH / picture.width)) * across;
  const left = rows ? 24 + 7.5 * Math.max(...rows.map(row => row.length)) : 16;
  const look = layout({ title }, picture.width * scale + left + 16, picture.height * scale + 72, {
    margin: { l: left, r: 16, t: 56, b: 16 },
    xaxis: { visible: false },
    yaxis: {
      showgrid: false,
      zeroline: false,
      ticks: "",
      tickmode: "array",
      tickvals: (rows ?? []).map((_, row) => (row + 0.5) * (h + GAP)),
      ticktext: rows ?? [],
    },
  });
  const summary = `Images: ${title}. ${count} of ${w}×${h} pixels, ${columns} a row${rows ? `: ${rows.join("; ")}` : ""}.`;
  return new Figure([{ type: "image", source: picture.address, hoverinfo: "skip" }], look, summary);
}

interface Grid {
  count: number;
  columns: number;
  w: number;
  h: number;
}

function tile(
  values: Float32Array,
  { count, columns, w, h }: Grid,
): { address: string; width: number; height: number } {
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
