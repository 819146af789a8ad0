/**
 * The colour of each class 0 … 9, the same in every figure of the course. Paul Tol's "muted" scheme (SRON technical note
 * 09-002), moved by at most 30 of 255 a channel to raise the smallest colour distance between any two classes, for normal,
 * protan, deutan and tritan vision alike, from 16 to 29 (CIE 1976, Machado's simulation); a test holds it there.
 */
export const classColours: readonly string[] = [
  "#2c08a0", // 0 indigo
  "#731857", // 1 plum
  "#00591d", // 2 green
  "#e0c815", // 3 yellow
  "#a6b5f7", // 4 light blue
  "#ea4d64", // 5 rose
  "#53c8b7", // 6 teal
  "#b77b17", // 7 ochre
  "#8d4aab", // 8 purple
  "#000000", // 9 black
];

/** The colour of a class; from the tenth on they repeat. */
export function classColour(label: number): string {
  return classColours[label % classColours.length] as string;
}

/** Two quantities in contrast, such as kept and lost: indigo and rose. */
export const contrast: readonly [string, string] = [classColour(0), classColour(5)];
