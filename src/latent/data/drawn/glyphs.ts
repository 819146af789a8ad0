/** A stroke of the pen: points that a smooth curve passes through, x to the right, y down, the digit's box 0 … 1. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** One way to write a digit: a new stroke begins where the pen is lifted or the line has a corner. */
export type Glyph = readonly Stroke[];

/** The shapes of each digit 0 … 9: a line a stroke, its points in hundredths of the box. */
const SHAPES: readonly (readonly (readonly string[])[])[] = [
  [["50,0 20,12 8,50 20,88 50,100 80,88 92,50 80,12 50,0"], ["62,2 30,14 14,55 32,93 60,95 84,60 80,20 48,2"]],
  [["50,0 50,33 50,67 50,100"], ["36,20 46,10 54,0", "54,0 54,33 54,67 54,100"]],
  [
    ["10,24 30,3 65,3 82,25 66,52 35,78 8,97", "8,97 35,95 65,96 94,97"],
    ["14,20 36,2 68,6 76,30 58,60 34,88 14,94 10,80 26,74 50,86 72,95 94,88"],
  ],
  [
    ["14,10 45,0 78,12 74,36 40,47", "40,47 76,55 86,76 60,98 28,98 10,86"],
    ["14,3 40,2 78,3", "78,3 60,22 44,40", "44,40 78,50 86,74 60,98 28,97 10,85"],
  ],
  [
    ["20,2 14,30 10,56", "10,56 35,57 60,55 90,53", "72,0 70,33 68,67 66,100"],
    ["64,0 36,32 8,64", "8,64 35,65 65,64 94,63", "64,0 65,33 65,67 64,100"],
  ],
  [
    ["88,3 55,3 26,4", "26,4 22,22 18,42", "18,42 48,36 82,50 84,78 52,98 14,90"],
    ["86,2 50,4 24,16 24,36 52,46 78,62 74,88 44,99 12,90"],
  ],
  [
    ["66,0 36,20 16,52 16,82 42,100 74,92 84,70 62,54 34,60 17,76"],
    ["42,0 24,30 16,60 22,88 50,100 78,90 80,68 56,54 28,64 18,80"],
  ],
  [
    ["8,5 35,5 65,4 90,3", "90,3 70,35 54,68 42,100"],
    ["8,5 35,5 65,4 90,3", "90,3 70,35 54,68 42,100", "34,50 58,48 82,47"],
  ],
  [
    ["78,10 50,0 22,12 24,34 52,48 80,66 76,92 48,100 20,90 20,68 50,48 78,30 78,10"],
    ["50,0 24,10 26,36 50,46 74,36 76,10 50,0", "50,46 18,60 18,88 50,100 82,88 82,60 50,46"],
  ],
  [
    ["80,12 50,0 20,14 18,40 48,50 76,36 80,12", "80,12 78,42 75,70 70,100"],
    ["78,14 50,0 22,12 20,38 48,48 74,34 78,14", "78,14 80,48 72,82 48,100 22,94"],
  ],
];

/** The shapes of each digit 0 … 9. The index of a shape is its `style`. */
export const glyphs: readonly (readonly Glyph[])[] = SHAPES.map(shapes => shapes.map(strokes => strokes.map(points)));

function points(stroke: string): Stroke {
  return stroke.split(" ").map(point => {
    const [x, y] = point.split(",").map(Number) as [number, number];
    return [x / 100, y / 100] as const;
  });
}
