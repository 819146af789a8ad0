/** A code: a place on the surface, as many numbers as the decoder takes. */
export type Code = readonly number[];

/** Examples on the surface. */
export interface Points {
  /** `[n, dimensions]`, row by row. */
  codes: Float32Array;
  labels: Uint8Array;
  colours: readonly string[];
}

/** What an explorer moves over: the plane, or the sphere. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  /** How many numbers a code has. */
  readonly dimensions: number;
  /** What a screen reader says of the canvas. */
  readonly label: string;
  /** Where the reader is before they move. */
  readonly middle: Code;
  /** The code below a place on the screen; undefined where there is none. */
  codeAt(place: { clientX: number; clientY: number }): Code | undefined;
  /** Where a code stands on the canvas, in its pixels; undefined where it is out of sight. */
  pixelOf(code: Code): readonly [number, number] | undefined;
  /** A step of the keyboard: right and up. */
  stepped(code: Code, right: number, up: number): Code;
  /** The code at a share of the way, 0 … 1. */
  between(from: Code, to: Code, share: number): Code;
  /** A code as the encoder means it. */
  placed(code: Code): Code;
  /** Draws the points, and the marks on top of them: where the reader is, and where a walk begins. */
  draw(here: Code, start?: Code): void;
  /** Turns the surface below the pointer, where it can be turned. */
  turn?(dx: number, dy: number): void;
}

/** Width and height of a surface's canvas, in pixels. */
export const SIZE = 360;
const RADIUS = 2.5;
/** Half of a name's height. */
const MARGIN = 11;

/** One example; on a dark page a black point needs an edge. */
export function dot(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], colour: string): void {
  context.strokeStyle = "rgba(255, 255, 255, 0.55)";
  context.lineWidth = 0.6;
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, RADIUS, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** The name of a class; white with a dark edge is read on any colour. */
export function name(context: CanvasRenderingContext2D, place: readonly [number, number], words: string): void {
  // Of a class at the edge the name is seen whole.
  const [x, y] = place.map(pixel => Math.min(SIZE - MARGIN, Math.max(MARGIN, pixel))) as [number, number];
  Object.assign(context, { font: "bold 17px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
  Object.assign(context, { strokeStyle: "#000", lineWidth: 4, fillStyle: "#fff", lineJoin: "round" });
  context.strokeText(words, x, y);
  context.fillText(words, x, y);
}

export function ring(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.stroke();
}

/** A dashed line through places; it breaks where one is out of sight. */
export function path(
  context: CanvasRenderingContext2D,
  places: readonly (readonly [number, number] | undefined)[],
  ink: string,
): void {
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.beginPath();
  let isOn = false;
  for (const place of places) {
    if (place !== undefined && isOn) context.lineTo(...place);
    else if (place !== undefined) context.moveTo(...place);
    isOn = place !== undefined;
  }
  context.stroke();
  context.setLineDash([]);
}

/** The median of each coordinate of each class, by the class. */
export function medians({ codes, labels }: Points, dimensions: number): Map<number, number[]> {
  const middle = (rows: readonly number[], axis: number): number => {
    const values = rows.map(row => codes[dimensions * row + axis] as number).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] as number;
  };
  return new Map(
    [...new Set(labels)].map(label => {
      const rows = [...labels.keys()].filter(row => labels[row] === label);
      return [label, Array.from({ length: dimensions }, (_, axis) => middle(rows, axis))];
    }),
  );
}

/** The canvas of a surface. */
export function surfaceCanvas(label: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  canvas.className = "surface";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", label);
  return canvas;
}

/** A place on the screen in the canvas's own pixels. */
export function pixelAt(canvas: HTMLCanvasElement, place: { clientX: number; clientY: number }): [number, number] {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [((place.clientX - left) / width) * SIZE, ((place.clientY - top) / height) * SIZE];
}
