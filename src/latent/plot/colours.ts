/**
 * The colour of each class 0 … 9, the same in every figure of the course. Paul Tol's "muted" scheme, made for readers
 * with any colour vision (SRON technical note 09-002), with its pale grey replaced by a dark one that shows on white.
 */
export const classColours: readonly string[] = [
  "#332288", // 0 indigo
  "#882255", // 1 wine
  "#117733", // 2 green
  "#ddaa33", // 3 sand
  "#88ccee", // 4 cyan
  "#cc6677", // 5 rose
  "#44aa99", // 6 teal
  "#999933", // 7 olive
  "#aa4499", // 8 purple
  "#555555", // 9 grey
];

/** Two quantities that are compared: ours and the reference, kept and lost. */
export const pair: readonly [string, string] = ["#332288", "#cc6677"];

export function classColour(label: number): string {
  return classColours[label % classColours.length] as string;
}
