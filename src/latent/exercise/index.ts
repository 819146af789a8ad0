export type { Draw } from "./draw.ts";
export type { Trial, Value, Verdict } from "./judge.ts";
export { ExerciseFailed, type Sheet, type SheetOptions, sheet } from "./sheet.ts";
export { NotTried, todo } from "./todo.ts";
