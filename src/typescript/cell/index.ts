/** Cells as V8's REPL mode takes them. */
export { CellSyntaxError, type Compiled, compile } from "./compile.ts";
export { isTooDeep } from "./depth.ts";
export { createNames, type Names } from "./names.ts";
