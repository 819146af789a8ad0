import { curve } from "./curve.ts";
import { frame, type Rendering, row } from "./frame.ts";
import { bytesOf, floatsOf, type Model, tell } from "./model.ts";
import { nearest } from "./nearest.ts";
import { type LayerShape, type Network, type Precision, readNetwork, run } from "./network.ts";
import { pad } from "./pad.ts";
import { centred } from "./pen.ts";
import { type Picture, picture } from "./picture.ts";
import type { Code, Points, Surface } from "./surface.ts";

/** How near the pointer must be to a point, in pixels, for the point to be meant. */
const NEAR = 7;
const WALK_MS = 1500;

/** What this explorer knows; every function takes it. */
interface Explorer {
  readonly model: Model;
  readonly surface: Surface;
  readonly decoder: Network;
  readonly encoder: Network | undefined;
  readonly points: Points;
  /** Of the first examples, row by row: pixels 0 … 1, or series of numbers. */
  readonly shown: Float32Array;
  /** How many numbers an example has. */
  readonly size: number;
  readonly decoded: Picture;
  readonly example: Picture;
  words: HTMLElement;
  at: Code;
  /** Where a walk begins. */
  start: Code | undefined;
}

/** An explorer of the codes of a model: whatever place of its surface the reader points at is decoded at once. */
export function explorerOf(surfaceOf: (model: Model, points: Points) => Surface): Rendering {
  return { render: ({ model, el }) => show(build(model, surfaceOf, el)) };
}

function build(model: Model, surfaceOf: (model: Model, points: Points) => Surface, el: HTMLElement): Explorer {
  const explorer = read(model, surfaceOf);
  const { surface, decoded, example } = explorer;
  const pictures = row("pictures", decoded.element, example.element);
  if (explorer.encoder !== undefined) pictures.append(drawing(explorer));
  explorer.words = frame(el, "Explorer of codes", surface.canvas, pictures);
  listen(explorer);
  model.on("change:at", () => {
    const at = (model.get("at") as Code | null | undefined) ?? surface.middle;
    // What the reader did here is shown already.
    if (at === explorer.at) return;
    explorer.at = at;
    show(explorer);
  });
  // The canvas knows the page's ink once it stands there.
  requestAnimationFrame(() => show(explorer));
  return explorer;
}

function read(model: Model, surfaceOf: (model: Model, points: Points) => Surface): Explorer {
  const side = model.get("side") as number;
  const range = model.get("range") as [number, number] | null;
  const figure = (label: string): Picture => (range === null ? picture(side, label) : curve(label, range));
  const points = {
    codes: floatsOf(model, "codes"),
    labels: bytesOf(model, "labels"),
    colours: model.get("colours") as string[],
  };
  const network = (name: string): Network | undefined => {
    const layers = model.get(`${name}_layers`) as LayerShape[];
    const bytes = bytesOf(model, `${name}_weights`);
    return layers.length > 0 ? readNetwork(layers, bytes, model.get("precision") as Precision) : undefined;
  };
  const surface = surfaceOf(model, points);
  return {
    ...{ model, surface, points, words: document.createElement("p") },
    decoder: network("decoder") as Network,
    encoder: network("encoder"),
    shown:
      range === null ? Float32Array.from(bytesOf(model, "images"), value => value / 255) : floatsOf(model, "images"),
    size: range === null ? side * side : side,
    decoded: figure("decoded"),
    example: figure("point at an example"),
    at: (model.get("at") as Code | undefined) ?? surface.middle,
    start: undefined,
  };
}

/** The pointer moves and marks; where the surface can be turned, dragging turns it and a click marks. */
function listen(explorer: Explorer): void {
  const { surface } = explorer;
  const { canvas } = surface;
  let dragged = 0;
  canvas.addEventListener("pointerdown", event => {
    dragged = 0;
    if (surface.turn) canvas.setPointerCapture(event.pointerId);
    goTo(explorer, event);
  });
  canvas.addEventListener("pointermove", event => {
    if (surface.turn && event.buttons !== 0) {
      dragged += Math.abs(event.movementX) + Math.abs(event.movementY);
      surface.turn(event.movementX, event.movementY);
    }
    goTo(explorer, event);
  });
  canvas.addEventListener("click", () => {
    if (dragged < 4) markOrWalk(explorer);
  });
  canvas.addEventListener("keydown", event => {
    const call = keys[event.key];
    if (call === undefined) return;
    event.preventDefault();
    call(explorer, event.shiftKey ? 5 : 1);
  });
}

function goTo(explorer: Explorer, event: PointerEvent): void {
  const code = explorer.surface.codeAt(event);
  if (code !== undefined) go(explorer, code);
}

const step = (right: number, up: number) => (explorer: Explorer, times: number) =>
  go(explorer, explorer.surface.stepped(explorer.at, right * times, up * times));

const keys: Record<string, (explorer: Explorer, times: number) => void> = {
  ArrowLeft: step(-1, 0),
  ArrowRight: step(1, 0),
  ArrowUp: step(0, 1),
  ArrowDown: step(0, -1),
  Enter: markOrWalk,
  Escape: explorer => {
    explorer.start = undefined;
    show(explorer);
  },
};

/** Goes to a code, and lets the kernel know. */
function go(explorer: Explorer, code: Code): void {
  const { model } = explorer;
  explorer.at = code;
  show(explorer);
  model.set("at", code);
  tell(model);
}

/** Decodes and shows where the reader is; an example that lies there is shown beside it. */
function show(explorer: Explorer): void {
  const { surface, decoder, decoded, words, points, at, start } = explorer;
  surface.draw(at, start);
  const place = `(${at.map(number).join(", ")})`;
  decoded.show(run(decoder, Float32Array.from(at)), `decoded from z = ${place}`);
  const row = exampleAt(explorer);
  const seen = row === undefined ? "" : `, an example of class ${points.labels[row]} lies here`;
  const hint = start === undefined ? "Click to begin a walk." : "Click to walk there; Esc ends it.";
  words.textContent = `z = ${place}${seen}. ${hint}`;
  if (row !== undefined) showExample(explorer, row);
}

/** The example that the reader means: the nearest, where it is near on the screen. */
function exampleAt({ surface, points, at }: Explorer): number | undefined {
  const [closest] = nearest(points.codes, at, 1);
  if (closest === undefined) return undefined;
  const { dimensions } = surface;
  const there = surface.pixelOf([...points.codes.subarray(dimensions * closest.row, dimensions * (closest.row + 1))]);
  const here = surface.pixelOf(at);
  if (there === undefined || here === undefined) return undefined;
  return Math.hypot(there[0] - here[0], there[1] - here[1]) < NEAR ? closest.row : undefined;
}

function showExample({ example, shown, size, points }: Explorer, row: number): void {
  const isStored = (row + 1) * size <= shown.length;
  const values = isStored ? shown.subarray(row * size, (row + 1) * size) : [];
  const words = isStored ? "the example itself" : "this example is not stored";
  example.show(values, `${words}, class ${points.labels[row]}`);
}

function number(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

function markOrWalk(explorer: Explorer): void {
  const { start, at, surface } = explorer;
  if (start === undefined) {
    explorer.start = at;
    show(explorer);
    return;
  }
  const began = performance.now();
  const walk = (now: number): void => {
    const share = Math.min(1, Math.max(0, (now - began) / WALK_MS));
    if (explorer.start !== start) return;
    if (share === 1) explorer.start = undefined;
    go(explorer, surface.between(start, at, share));
    if (share < 1) requestAnimationFrame(walk);
  };
  requestAnimationFrame(walk);
}

/** The pad, and what the model makes of the drawing: its code, its neighbours, its reconstruction. */
function drawing(explorer: Explorer): HTMLElement {
  const element = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const clear = document.createElement("button");
  const board = pad(() => {
    const digit = centred(board.read(), explorer.decoded.canvas.width);
    if (digit === undefined) return;
    const { surface, points, encoder, example } = explorer;
    const code = surface.placed([...run(encoder as Network, digit)]);
    go(explorer, code);
    // After that: an example that lies there would take its place.
    example.show(digit, "your drawing as the model gets it");
    const near = nearest(points.codes, code, 5).map(({ row }) => points.labels[row]);
    caption.textContent = `nearest examples: ${near.join(", ")}`;
  });
  caption.textContent = "draw a digit";
  clear.textContent = "Clear";
  clear.addEventListener("click", () => {
    board.clear();
    caption.textContent = "draw a digit";
  });
  element.append(board.element, caption, clear);
  return element;
}
