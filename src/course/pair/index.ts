export { notebookOf, type Paired, readIfPresent, replaceFile, scriptOf, write } from "./files.ts";
export { type Cell, formatNotebook, type Notebook, notebookMetadata, sourceOf, toLines } from "./notebook.ts";
export { toNotebook, toScript } from "./pair.ts";
export { formatPercent, type PercentCell, parsePercent } from "./percent.ts";
