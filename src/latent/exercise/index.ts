export type { Draw } from "./draw.ts";
export type { Trial, Verdict } from "./judge.ts";
export type { Pattern, Value } from "./reading.ts";
export { ExerciseFailed, type Sheet, type SheetOptions, sheet } from "./sheet.ts";
export { NotTried, todo } from "./todo.ts";
