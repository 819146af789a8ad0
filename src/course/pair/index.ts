export { notebookOf, type Paired, scriptOf, write } from "./files.ts";
export type { Cell, Notebook } from "./notebook.ts";
export { toNotebook, toScript } from "./pair.ts";
