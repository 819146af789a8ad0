export type { Ask, SheetOptions } from "./ask.ts";
export type { Draw } from "./draw.ts";
export type { Trial, Verdict } from "./judge.ts";
export { type Part, type PartOptions, type Question, question } from "./question.ts";
export type { Pattern, Value } from "./reading.ts";
export { ExerciseFailed, type Sheet, sheet } from "./sheet.ts";
export { NotTried, todo } from "./todo.ts";
