import { look } from "./look.ts";
import { type Extent, PlaneMap } from "./map.ts";
import { bytesOf, floatsOf, type Model } from "./model.ts";
import { nearest } from "./nearest.ts";
import { type LayerShape, type Network, type Precision, readNetwork, run } from "./network.ts";
import { pad } from "./pad.ts";
import { centred } from "./pen.ts";
import { type Picture, picture } from "./picture.ts";

/** How near the pointer must be to a point, in pixels, for the point to be meant. */
const NEAR = 7;
/** How many steps of the keyboard lead across the plane. */
const STEPS = 40;
const WALK_MS = 1500;
/** The kernel hears where the reader is at most this often. */
const TELL_MS = 50;

type Code = [number, number];

/** What this explorer knows; every function takes it. */
interface Explorer {
  readonly model: Model;
  readonly map: PlaneMap;
  readonly decoder: Network;
  readonly encoder: Network | undefined;
  readonly codes: Float32Array;
  readonly labels: Uint8Array;
  readonly images: Uint8Array;
  readonly extent: Extent;
  readonly decoded: Picture;
  readonly example: Picture;
  readonly words: HTMLElement;
  at: Code;
  /** Where a walk begins. */
  start: Code | undefined;
  told: number;
}

/** The plane of a model with two codes: whatever place the reader points at is decoded at once. */
function render({ model, el }: { model: Model; el: HTMLElement }): void {
  const root = document.createElement("div");
  root.className = "latent-explorer";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Explorer of a plane of codes");
  const style = document.createElement("style");
  style.textContent = look;
  const explorer = explorerOf(model);
  const { map, decoded, example, words } = explorer;
  const pictures = document.createElement("div");
  pictures.className = "pictures";
  pictures.append(decoded.element, example.element);
  if (explorer.encoder !== undefined) pictures.append(drawing(explorer));
  root.append(style, map.canvas, pictures, words);
  el.append(root);
  listen(explorer);
  model.on("change:at", () => show(explorer, model.get("at") as Code));
  // The canvas knows the page's ink once it stands there.
  requestAnimationFrame(() => show(explorer, explorer.at));
}

export const plane: { render: typeof render } = { render: render };

function explorerOf(model: Model): Explorer {
  const side = model.get("side") as number;
  const codes = floatsOf(model, "codes");
  const labels = bytesOf(model, "labels");
  const colours = model.get("colours") as string[];
  const extent = model.get("extent") as Extent;
  const network = (name: string): Network | undefined => {
    const layers = model.get(`${name}_layers`) as LayerShape[];
    const bytes = bytesOf(model, `${name}_weights`);
    return layers.length > 0 ? readNetwork(layers, bytes, model.get("precision") as Precision) : undefined;
  };
  const words = document.createElement("p");
  words.className = "words";
  words.setAttribute("aria-live", "polite");
  const map = new PlaneMap(extent, { codes, labels, colours });
  map.canvas.setAttribute("aria-label", "Plane of codes. Arrow keys move, Enter marks the start of a walk and walks.");
  return {
    ...{ model, map, codes, labels, extent, words },
    decoder: network("decoder") as Network,
    encoder: network("encoder"),
    images: bytesOf(model, "images"),
    decoded: picture(side, "decoded"),
    example: picture(side, "point at an example"),
    at: [...(model.get("at") as Code)],
    start: undefined,
    told: 0,
  };
}

function listen(explorer: Explorer): void {
  const { canvas } = explorer.map;
  canvas.addEventListener("pointermove", event => go(explorer, explorer.map.codeAt(event)));
  canvas.addEventListener("pointerdown", event => {
    go(explorer, explorer.map.codeAt(event));
    markOrWalk(explorer);
  });
  canvas.addEventListener("keydown", event => {
    const step = arrows[event.key];
    if (step === undefined && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (step !== undefined) go(explorer, stepped(explorer, step, event.shiftKey ? 5 : 1));
    else if (event.key === "Enter") markOrWalk(explorer);
    else {
      explorer.start = undefined;
      show(explorer, explorer.at);
    }
  });
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function stepped(
  { at: [x, y], extent: [x0, x1, y0, y1] }: Explorer,
  [dx, dy]: readonly [number, number],
  times: number,
): Code {
  return [
    Math.min(x1, Math.max(x0, x + (dx * times * (x1 - x0)) / STEPS)),
    Math.min(y1, Math.max(y0, y + (dy * times * (y1 - y0)) / STEPS)),
  ];
}

/** Goes to a code, and lets the kernel know. */
function go(explorer: Explorer, code: Code): void {
  const { model } = explorer;
  show(explorer, code);
  const now = performance.now();
  if (now - explorer.told < TELL_MS) return;
  explorer.told = now;
  model.set("at", code);
  model.save_changes();
}

/** Decodes and shows a code; an example that lies there is shown beside it. */
function show(explorer: Explorer, code: Code): void {
  const { map, decoder, decoded, words, codes, labels } = explorer;
  explorer.at = code;
  map.draw(code, explorer.start);
  const [x, y] = code;
  const place = `(${number(x)}, ${number(y)})`;
  decoded.show(run(decoder, Float32Array.of(x, y)), `decoded from z = ${place}`);
  const [closest] = nearest(codes, x, y, 1);
  const isNear = closest !== undefined && closest.distance * map.pixelsPerUnit < NEAR;
  const seen = isNear ? `, an example of class ${labels[closest.row]} lies here` : "";
  words.textContent = `z = ${place}${seen}. ${hint(explorer)}`;
  if (isNear) showExample(explorer, closest.row);
}

function showExample({ example, images, labels, decoded }: Explorer, row: number): void {
  const size = decoded.canvas.width ** 2;
  if ((row + 1) * size > images.length) return;
  const values = Float32Array.from(images.subarray(row * size, (row + 1) * size), value => value / 255);
  example.show(values, `the example itself, class ${labels[row]}`);
}

function hint({ start }: Explorer): string {
  return start === undefined ? "Click to begin a walk." : "Click to walk there; Esc ends it.";
}

function number(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

function markOrWalk(explorer: Explorer): void {
  const { start, at } = explorer;
  if (start === undefined) {
    explorer.start = at;
    show(explorer, at);
    return;
  }
  const began = performance.now();
  const step = (now: number): void => {
    const share = Math.min(1, (now - began) / WALK_MS);
    if (explorer.start !== start) return;
    if (share === 1) explorer.start = undefined;
    go(explorer, [start[0] + share * (at[0] - start[0]), start[1] + share * (at[1] - start[1])]);
    if (share < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** The pad, and what the model makes of the drawing: its code, its neighbours, its reconstruction. */
function drawing(explorer: Explorer): HTMLElement {
  const element = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const clear = document.createElement("button");
  const board = pad(() => {
    const digit = centred(board.read(), explorer.decoded.canvas.width);
    if (digit === undefined) return;
    const [x = 0, y = 0] = run(explorer.encoder as Network, digit);
    explorer.example.show(digit, "your drawing as the model gets it");
    go(explorer, [x, y]);
    const near = nearest(explorer.codes, x, y, 5).map(({ row }) => explorer.labels[row]);
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
