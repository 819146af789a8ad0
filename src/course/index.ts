export { type Copied, copyLessons } from "./copies/copies.ts";
export {
  type Cell,
  formatNotebook,
  type Notebook,
  notebookOf,
  type Paired,
  scriptOf,
  toNotebook,
  toScript,
  write,
} from "./pair/index.ts";
export { type RunOptions, runNotebooks } from "./run/run.ts";
export { answerKey, answersOf } from "./solutions/index.ts";
