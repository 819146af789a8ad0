import { colourOf } from "./plane.ts";
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

type Vector = [number, number, number];

const LABEL = "Sphere of codes. Arrow keys move over it, drag turns it, Enter marks the start of a walk and walks.";
/** The globe's radius in pixels. */
const GLOBE = SIZE / 2 - 8;
/** A step of the keyboard, in radians. */
const STEP = Math.PI / 36;
const MERIDIANS = 12;

/** The sphere of codes, seen from far away: its front is shown, and it can be turned. */
export function sphere(points: Points): Surface {
  const canvas = surfaceCanvas(LABEL);
  // What the reader has turned: first around the vertical axis, then towards them. Radians.
  const turned = { around: 0, towards: 0.35 };
  const seen = (code: Code): Vector => tilt(spin(unit(code), turned.around), turned.towards);
  const pixelOf = (code: Code): [number, number] | undefined => {
    const [x, y, depth] = seen(code);
    return depth < 0 ? undefined : [SIZE / 2 + GLOBE * x, SIZE / 2 - GLOBE * y];
  };
  const between = (from: Code, to: Code, share: number): Code => arc(unit(from), unit(to), share);
  return {
    canvas,
    dimensions: 3,
    label: LABEL,
    middle: [0, 0, 1],
    codeAt(place) {
      const [px, py] = pixelAt(canvas, place);
      const [x, y] = [(px - SIZE / 2) / GLOBE, (SIZE / 2 - py) / GLOBE];
      const depth = 1 - x * x - y * y;
      if (depth < 0) return undefined;
      return spin(tilt([x, y, Math.sqrt(depth)], -turned.towards), -turned.around);
    },
    pixelOf,
    stepped(code, right, up) {
      const moved = tilt(spin(seen(code), right * STEP), -up * STEP);
      const place = spin(tilt(moved, -turned.towards), -turned.around);
      // What would leave the front is followed.
      if (seen(place)[2] < 0.2) turn(turned, -right * STEP, up * STEP);
      return place;
    },
    between,
    placed: unit,
    turn: (dx, dy) => turn(turned, dx / GLOBE, dy / GLOBE),
    draw(here, start) {
      const context = canvas.getContext("2d");
      if (context === null) return;
      const ink = getComputedStyle(canvas).color;
      context.clearRect(0, 0, SIZE, SIZE);
      graticule(context, pixelOf, ink);
      for (const [row, label] of points.labels.entries()) {
        const place = pixelOf([...points.codes.subarray(3 * row, 3 * row + 3)]);
        if (place !== undefined) dot(context, place, colourOf(points, label));
      }
      for (const [label, middle] of medians(points, 3)) {
        const place = pixelOf(middle);
        if (place !== undefined) name(context, place, String(label));
      }
      if (start !== undefined)
        path(
          context,
          Array.from({ length: 25 }, (_, i) => pixelOf(between(start, here, i / 24))),
          ink,
        );
      for (const mark of [start, here]) {
        const place = mark && pixelOf(mark);
        if (place !== undefined) ring(context, place, ink);
      }
    },
  };
}

function turn(turned: { around: number; towards: number }, around: number, towards: number): void {
  turned.around += around;
  turned.towards = Math.min(Math.PI / 2, Math.max(-Math.PI / 2, turned.towards + towards));
}

/** Meridians and parallels, pale, so that a turn is seen. */
function graticule(
  context: CanvasRenderingContext2D,
  pixelOf: (code: Code) => [number, number] | undefined,
  ink: string,
): void {
  context.save();
  context.globalAlpha = 0.25;
  const along = Array.from({ length: 49 }, (_, i) => (i / 48) * 2 * Math.PI);
  for (let i = 0; i < MERIDIANS; i++) {
    const longitude = (i / MERIDIANS) * Math.PI;
    path(
      context,
      along.map(t => pixelOf([Math.sin(longitude) * Math.cos(t), Math.sin(t), Math.cos(longitude) * Math.cos(t)])),
      ink,
    );
  }
  for (const latitude of [-Math.PI / 3, -Math.PI / 6, 0, Math.PI / 6, Math.PI / 3])
    path(
      context,
      along.map(t => pixelOf([Math.cos(latitude) * Math.sin(t), Math.sin(latitude), Math.cos(latitude) * Math.cos(t)])),
      ink,
    );
  context.globalAlpha = 1;
  context.strokeStyle = ink;
  context.beginPath();
  context.arc(SIZE / 2, SIZE / 2, GLOBE, 0, 2 * Math.PI);
  context.stroke();
  context.restore();
}

export function unit([x = 0, y = 0, z = 0]: Code): Vector {
  const length = Math.hypot(x, y, z);
  return length === 0 ? [0, 0, 1] : [x / length, y / length, z / length];
}

/** The great circle's point at a share of the way; between opposite points any great circle is as short. */
export function arc(from: Vector, to: Vector, share: number): Vector {
  const cosine = Math.min(1, Math.max(-1, from[0] * to[0] + from[1] * to[1] + from[2] * to[2]));
  const angle = Math.acos(cosine);
  if (Math.sin(angle) < 1e-6) return share < 0.5 ? from : to;
  const [a, b] = [Math.sin((1 - share) * angle), Math.sin(share * angle)];
  return unit(from.map((value, i) => a * value + b * (to[i] as number)));
}

function spin([x, y, z]: Vector, angle: number): Vector {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c * x + s * z, y, c * z - s * x];
}

function tilt([x, y, z]: Vector, angle: number): Vector {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [x, c * y - s * z, c * z + s * y];
}
