import {
  type Code,
  dot,
  medians,
  name,
  type Points,
  path,
  pixelAt,
  ring,
  SIZE,
  type Surface,
  surfaceCanvas,
} from "./surface.ts";

/** The region of the plane that is shown: left, right, bottom, top. */
export type Extent = readonly [number, number, number, number];

const LABEL = "Plane of codes. Arrow keys move, Enter marks the start of a walk and walks.";
/** How many steps of the keyboard lead across the plane. */
const STEPS = 40;

/** The plane of codes. */
export function plane([x0, x1, y0, y1]: Extent, points: Points): Surface {
  const canvas = surfaceCanvas(LABEL);
  const pixelOf = ([x = 0, y = 0]: Code): [number, number] => [
    ((x - x0) / (x1 - x0)) * SIZE,
    ((y1 - y) / (y1 - y0)) * SIZE,
  ];
  let ground: ImageData | undefined;
  const drawGround = (context: CanvasRenderingContext2D): ImageData => {
    for (const [row, label] of points.labels.entries())
      dot(context, pixelOf([...points.codes.subarray(2 * row, 2 * row + 2)]), colourOf(points, label));
    for (const [label, middle] of medians(points, 2)) name(context, pixelOf(middle), String(label));
    return context.getImageData(0, 0, SIZE, SIZE);
  };
  return {
    canvas,
    dimensions: 2,
    label: LABEL,
    middle: [(x0 + x1) / 2, (y0 + y1) / 2],
    codeAt(place) {
      const [x, y] = pixelAt(canvas, place);
      return [x0 + (x / SIZE) * (x1 - x0), y1 - (y / SIZE) * (y1 - y0)];
    },
    pixelOf,
    stepped: ([x = 0, y = 0], right, up) => [
      Math.min(x1, Math.max(x0, x + (right * (x1 - x0)) / STEPS)),
      Math.min(y1, Math.max(y0, y + (up * (y1 - y0)) / STEPS)),
    ],
    between: (from, to, share) => from.map((value, i) => value + share * ((to[i] ?? 0) - value)),
    placed: code => code,
    draw(here, start) {
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (context === null) return;
      if (ground === undefined) ground = drawGround(context);
      else context.putImageData(ground, 0, 0);
      const ink = getComputedStyle(canvas).color;
      if (start !== undefined) {
        path(context, [pixelOf(start), pixelOf(here)], ink);
        ring(context, pixelOf(start), ink);
      }
      ring(context, pixelOf(here), ink);
    },
  };
}

export function colourOf({ colours }: Points, label: number): string {
  return colours[label % colours.length] as string;
}
