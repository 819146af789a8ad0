/** A colour as 0xRRGGBB. */
type Colour = number;

/** Which of few colours each pixel has. */
export interface Painted {
  /** At most 256. */
  palette: Colour[];
  /** The place in the palette of each pixel. */
  pixels: Uint8Array;
}

interface Box {
  colours: Colour[];
  /** How many pixels have one of them. */
  pixels: number;
}

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
  const boxes = divided([...counts.keys()], counts, most);
  const places = new Map(boxes.flatMap((box, i) => box.map(colour => [colour, i] as const)));
  return {
    palette: boxes.map(box => meanOf(box, counts)),
    pixels: Uint8Array.from(colours, colour => places.get(colour) as number),
  };
}

/** Median cut: the box with the most pixels and the widest spread is divided at its middle pixel, until there are enough. */
function divided(all: Colour[], counts: ReadonlyMap<Colour, number>, most: number): Colour[][] {
  const boxOf = (colours: Colour[]): Box => ({ colours, pixels: sum(colours, counts) });
  const boxes = [boxOf(all)];
  while (boxes.length < most) {
    const weights = boxes.map(({ colours, pixels }) => widest(colours).spread * pixels ** 0.5);
    const at = weights.indexOf(Math.max(...weights));
    if (weights[at] === 0) break; // every box holds one colour
    const { colours, pixels } = boxes[at] as Box;
    const { shift } = widest(colours);
    colours.sort((a, b) => channel(a, shift) - channel(b, shift));
    let middle = 0;
    for (let seen = 0; middle < colours.length - 1; middle++) {
      seen += counts.get(colours[middle] as Colour) as number;
      if (seen >= pixels / 2) break;
    }
    const cut = Math.min(colours.length - 1, Math.max(1, middle === 0 ? 1 : middle));
    boxes.splice(at, 1, boxOf(colours.slice(0, cut)), boxOf(colours.slice(cut)));
  }
  return boxes.map(({ colours }) => colours);
}

function widest(colours: readonly Colour[]): { shift: number; spread: number } {
  let best = { shift: 0, spread: 0 };
  for (const shift of [16, 8, 0]) {
    let [low, high] = [255, 0];
    for (const colour of colours) {
      const value = channel(colour, shift);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > best.spread) best = { shift, spread: high - low };
  }
  return best;
}

function meanOf(colours: readonly Colour[], counts: ReadonlyMap<Colour, number>): Colour {
  const total = sum(colours, counts);
  const mean = (shift: number) =>
    Math.round(colours.reduce((part, c) => part + channel(c, shift) * (counts.get(c) as number), 0) / total);
  return (mean(16) << 16) | (mean(8) << 8) | mean(0);
}

function sum(colours: readonly Colour[], counts: ReadonlyMap<Colour, number>): number {
  return colours.reduce((part, colour) => part + (counts.get(colour) as number), 0);
}

function channel(colour: Colour, shift: number): number {
  return (colour >> shift) & 255;
}

function onWhite(rgba: Uint8Array, at: number): Colour {
  const [r = 0, g = 0, b = 0, a = 255] = rgba.subarray(at, at + 4);
  const mixed = (value: number) => Math.round(255 + ((value - 255) * a) / 255);
  return (mixed(r) << 16) | (mixed(g) << 8) | mixed(b);
}
