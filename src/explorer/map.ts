/** The region of the plane that is shown: left, right, bottom, top. */
export type Extent = readonly [number, number, number, number];

export interface Points {
  codes: Float32Array;
  labels: Uint8Array;
  colours: readonly string[];
}

const SIZE = 360;
const RADIUS = 2.5;

/** The plane of codes on a canvas: points in their colours, and marks of the reader's. */
export class PlaneMap {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #extent: Extent;
  readonly #points: Points;
  #ground: ImageData | undefined;

  constructor(extent: Extent, points: Points) {
    this.#extent = extent;
    this.#points = points;
    this.canvas.width = SIZE;
    this.canvas.height = SIZE;
    this.canvas.className = "plane";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
  }

  /** The code below a place on the screen. */
  codeAt({ clientX, clientY }: { clientX: number; clientY: number }): [number, number] {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const [x0, x1, y0, y1] = this.#extent;
    return [x0 + ((clientX - left) / width) * (x1 - x0), y1 - ((clientY - top) / height) * (y1 - y0)];
  }

  /** How far apart two codes are on the screen, in pixels, for a distance in the plane. */
  get pixelsPerUnit(): number {
    const [x0, x1] = this.#extent;
    return SIZE / (x1 - x0);
  }

  /** Draws the points once, and the marks on top of them: where the reader is, and where a walk begins. */
  draw([x, y]: readonly [number, number], start?: readonly [number, number]): void {
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return;
    if (this.#ground === undefined) this.#ground = this.#drawPoints(context);
    else context.putImageData(this.#ground, 0, 0);
    const ink = getComputedStyle(this.canvas).color;
    const here = this.#place(x, y);
    if (start !== undefined) line(context, this.#place(...start), here, ink);
    ring(context, here, ink);
    if (start !== undefined) ring(context, this.#place(...start), ink);
  }

  #drawPoints(context: CanvasRenderingContext2D): ImageData {
    const { codes, labels, colours } = this.#points;
    // On a dark page a black point needs an edge.
    context.strokeStyle = "rgba(255, 255, 255, 0.55)";
    context.lineWidth = 0.6;
    for (let i = 0; i < codes.length / 2; i++) {
      context.beginPath();
      context.arc(...this.#place(codes[2 * i] as number, codes[2 * i + 1] as number), RADIUS, 0, 2 * Math.PI);
      context.fillStyle = colours[(labels[i] ?? 0) % colours.length] as string;
      context.fill();
      context.stroke();
    }
    this.#nameClasses(context);
    return context.getImageData(0, 0, SIZE, SIZE);
  }

  /** Writes each class at the median of its points; white with a dark edge is read on any colour. */
  #nameClasses(context: CanvasRenderingContext2D): void {
    const { codes, labels } = this.#points;
    Object.assign(context, { font: "bold 17px system-ui, sans-serif", textAlign: "center", textBaseline: "middle" });
    Object.assign(context, { strokeStyle: "#000", lineWidth: 4, fillStyle: "#fff", lineJoin: "round" });
    for (const label of new Set(labels)) {
      const rows = [...labels.keys()].filter(row => labels[row] === label);
      const middle = (axis: number): number => median(rows.map(row => codes[2 * row + axis] as number));
      const place = this.#place(middle(0), middle(1));
      context.strokeText(String(label), ...place);
      context.fillText(String(label), ...place);
    }
  }

  #place(x: number, y: number): [number, number] {
    const [x0, x1, y0, y1] = this.#extent;
    return [((x - x0) / (x1 - x0)) * SIZE, ((y1 - y) / (y1 - y0)) * SIZE];
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function ring(context: CanvasRenderingContext2D, [x, y]: [number, number], ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.stroke();
}

function line(context: CanvasRenderingContext2D, from: [number, number], to: [number, number], ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}
