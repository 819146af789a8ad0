import { type Digits, type Drawing, toImages } from "../digits.ts";
import { type Chance, chance } from "./chance.ts";
import { type Segments, segmentsOf } from "./curve.ts";
import { type Glyph, glyphs } from "./glyphs.ts";
import { draw } from "./pen.ts";
import { type Paper, place } from "./place.ts";

export interface DrawnOptions {
  /** How many digits; the first ones of a longer set are the same. 10,000. */
  count?: number;
  /** Another seed draws other digits. 1. */
  seed?: number;
}

/** Digits as they were drawn, before they become a tensor. */
export interface DrawnPixels extends Drawing {
  /** Grey levels 0 … 255, image after image, row after row. */
  pixels: Uint8Array;
  labels: Uint8Array;
}

const MNIST_PAPER: Paper = { size: 28, box: 20 };
const SLANT = { mean: 0.1, deviation: 0.18 };
/** Of the pen's width: a share of the box. */
const THICKNESS = { from: 0.08, to: 0.18 };
/** Standard deviation of a point of a stroke, of a level line's slope, and of the waist that is pushed up, down or aside. */
const SHAKE = 0.035;
const TILT = 0.08;
const WAIST = 0.2;
const WIDTH = { from: 0.58, to: 0.9 };

/**
 * 28×28 digits drawn with a pen along strokes: placed like MNIST's, their slant, thickness and style drawn by chance and
 * told in `drawing`. The same seed gives the same digits on every machine. They are tidier than people's: a linear
 * classifier gets 99.9 % of new ones right, of MNIST's 92 %.
 *
 * @throws RangeError when `count` or `seed` is no whole number in its range
 */
export async function drawnDigits({ count = 10_000, seed = 1 }: DrawnOptions = {}): Promise<Digits> {
  const { pixels, labels, ...drawing } = drawPixels(count, seed, MNIST_PAPER);
  return { images: await toImages(pixels, count, 255), labels, width: 28, height: 28, source: "drawn", drawing };
}

/** Draws digits; slant in pixels a pixel, thickness in pixels of `paper`. */
export function drawPixels(count: number, seed: number, paper: Paper): DrawnPixels {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Digits are drawn from 1 upwards, not ${count}.`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`A seed is a whole number from 0 to 2³² − 1, got ${seed}.`);
  }
  const area = paper.size * paper.size;
  const drawn = {
    pixels: new Uint8Array(count * area),
    labels: new Uint8Array(count),
    slant: new Float32Array(count),
    thickness: new Float32Array(count),
    style: new Uint8Array(count),
  };
  const dice = chance(seed);
  for (let i = 0; i < count; i++) drawOne(drawn, i, area, paper, dice);
  return drawn;
}

function drawOne(drawn: DrawnPixels, i: number, area: number, paper: Paper, dice: Chance): void {
  const digit = dice.below(10);
  const shapes = glyphs[digit] as readonly Glyph[];
  const style = dice.below(shapes.length);
  const slant = SLANT.mean + dice.about(SLANT.deviation);
  const thickness = paper.box * dice.between(THICKNESS.from, THICKNESS.to);
  const segments = place(leaning(segmentsOf(shapes[style] as Glyph, SHAKE, dice), slant, dice), paper, thickness);
  draw(drawn.pixels.subarray(i * area, (i + 1) * area), paper.size, segments, thickness);
  drawn.labels[i] = digit;
  drawn.style[i] = style;
  drawn.slant[i] = slant;
  drawn.thickness[i] = thickness;
}

/** Gives the digit its proportions, pushes its waist, tilts its level lines a little and shears it by its slant. */
function leaning(segments: Segments, slant: number, dice: Chance): Segments {
  const width = dice.between(WIDTH.from, WIDTH.to);
  const tilt = dice.about(TILT);
  const [aside, down] = [dice.about(WAIST), dice.about(WAIST)];
  const leaning: Segments = [];
  for (let i = 0; i < segments.length; i += 2) {
    const [u, v] = [segments[i] as number, segments[i + 1] as number];
    const waist = v * (1 - v); // 0 at the top and at the bottom
    const x = width * (u + aside * waist);
    const y = v + down * waist + tilt * x;
    leaning.push(x - slant * y, y);
  }
  return leaning;
}
