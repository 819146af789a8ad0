/** A colour as 0xRRGGBB. */
type Colour = number;

/** Which of few colours each pixel has. */
export interface Painted {
  /** At most 256. */
  palette: Colour[];
  /** The place in the palette of each pixel. */
  pixels: Uint8Array;
}

/** How far apart the colours of a palette are, in a cube of 255 to each side: first those that nobody takes for each other. */
const DISTANCES = [96, 64, 40, 24, 12, 6, 3, 1];
/** A colour of fewer pixels than this is that of a soft edge. */
const LEAST_PIXELS = 8;

/**
 * The picture in few colours. A chart has hundreds, nearly all of them on the soft edges of its lines: with fewer it looks the
 * same and takes a third of the bytes.
 *
 * @param rgba four bytes a pixel; what is transparent becomes white
 */
export function paint(rgba: Uint8Array, most: number): Painted {
  const colours = new Uint32Array(rgba.length / 4);
  const counts = new Map<Colour, number>();
  for (let i = 0; i < colours.length; i++) {
    const colour = onWhite(rgba, 4 * i);
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = chosen(counts, most);
  const places = new Map([...counts.keys()].map(colour => [colour, nearest(colour, palette)] as const));
  return { palette, pixels: Uint8Array.from(colours, colour => places.get(colour) as number) };
}

/**
 * The most frequent colours that are far from each other, then nearer ones, until there are enough: so the ten colours of ten
 * classes stay ten, and exactly what they were, however many greys there are.
 */
function chosen(counts: ReadonlyMap<Colour, number>, most: number): Colour[] {
  const frequent = [...counts].sort(([, a], [, b]) => b - a);
  const usual = frequent.filter(([, pixels]) => pixels >= LEAST_PIXELS).map(([colour]) => colour);
  const palette: Colour[] = [];
  const take = (colours: readonly Colour[], least: number): void => {
    for (const colour of colours)
      if (palette.length < most && palette.every(other => distance(colour, other) >= least)) palette.push(colour);
  };
  const all = frequent.map(([colour]) => colour);
  for (const colours of [usual, all]) for (const least of DISTANCES) take(colours, least);
  return palette;
}

function nearest(colour: Colour, palette: readonly Colour[]): number {
  let best = 0;
  for (let i = 1; i < palette.length; i++)
    if (distance(colour, palette[i] as Colour) < distance(colour, palette[best] as Colour)) best = i;
  return best;
}

function distance(a: Colour, b: Colour): number {
  return Math.hypot(channel(a, 16) - channel(b, 16), channel(a, 8) - channel(b, 8), channel(a, 0) - channel(b, 0));
}

function channel(colour: Colour, shift: number): number {
  return (colour >> shift) & 255;
}

function onWhite(rgba: Uint8Array, at: number): Colour {
  const [r = 0, g = 0, b = 0, a = 255] = rgba.subarray(at, at + 4);
  const mixed = (value: number) => Math.round(255 + ((value - 255) * a) / 255);
  return (mixed(r) << 16) | (mixed(g) << 8) | mixed(b);
}
