import type { Failure, MimeBundle } from "../../interpreter/index.ts";
import { codeFrame } from "../code_frame.ts";
import type { Problem } from "./diagnostics.ts";

/** More would bury the result of the cell. */
const MOST = 5;

const BOX = "border-left:3px solid #d9a400;padding:2px 0 2px 10px;margin:4px 0;font-size:90%;opacity:.9";
const FRAME = "margin:2px 0 4px;background:none;font-size:95%";

/** Type errors of a cell that ran all the same, as an output below its result. */
export function warningOf(problems: Problem[], code: string): MimeBundle {
  const shown = problems.slice(0, MOST);
  const rest = problems.length - shown.length;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const plain = shown.map(problem => [`Type warning: ${title(problem)}`, ...codeFrame(code, problem)].join("\n"));
  const html = shown.map(
    problem =>
      `<div>${escaped(title(problem))}</div><pre style="${FRAME}">${escaped(codeFrame(code, problem).join("\n"))}</pre>`,
  );
  const note = more.map(text => `<div>${text}</div>`);
  return {
    "text/html": `<div class="latent-types" style="${BOX}">${[...html, ...note].join("")}</div>`,
    "text/plain": [...plain, ...more].join("\n\n"),
  };
}

/** The outcome of a strict cell that does not run because of its type errors. */
export function strictFailure(problems: Problem[], code: string): Failure {
  const [first] = problems;
  const evalue = first ? title(first) : "";
  const frames = problems.slice(0, MOST).flatMap(problem => [title(problem), ...codeFrame(code, problem), ""]);
  const rest = problems.length - MOST;
  const traceback = ["TypeScriptError: the cell did not run, because it is strict and has type errors", "", ...frames];
  return {
    status: "error",
    ename: "TypeScriptError",
    evalue,
    traceback: rest > 0 ? [...traceback, `and ${rest} more`] : traceback.slice(0, -1),
  };
}

function title({ code, message, line, column }: Problem): string {
  return `${message} (TS${code}, line ${line}, column ${column})`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => ENTITIES[character] ?? character);
}
