import type { MimeBundle } from "../../../interpreter/index.ts";
import { Array, String } from "../../intrinsics.ts";
import { peek } from "./peek.ts";
import { cut } from "./text.ts";

/** What danfojs' DataFrame and Series have in common, as far as a table needs it. */
interface Frame {
  values: unknown[];
  columns: string[];
  index: (string | number)[];
  dtypes: string[];
  shape: number[];
  toString(): string;
}

const MOST_ROWS = 20;
const LONGEST_CELL = 1000;

/** Told by shape and not by class: a notebook may have its own copy of danfojs. */
export function isDataFrame(value: object): boolean {
  if (!("$data" in value)) return false;
  return ["values", "columns", "index", "dtypes", "shape"].every(key => Array.isArray(peek(value, key)));
}

/** A table with the type below each column's name, cut after 20 rows; the text form is the library's own. */
export function dataFrameBundle(value: object): MimeBundle {
  const { values, columns, index, dtypes, shape } = value as Frame;
  const rows = values.slice(0, MOST_ROWS).map(row => (Array.isArray(row) ? row : [row]));
  const head = columns
    .map((name, i) => `<th>${escapeHtml(name)}<br><small>${escapeHtml(dtypes[i])}</small></th>`)
    .join("");
  const body = rows.map((row, i) => `<tr><th>${escapeHtml(index[i])}</th>${row.map(cell).join("")}</tr>`).join("\n");
  const more = values.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : "";
  const size = `${shape[0]} rows × ${columns.length} columns${more}`;
  return {
    "text/html": `<table>\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>\n<p>${size}</p>`,
    "text/plain": `${value}`.trim(),
  };
}

function cell(value: unknown): string {
  return `<td>${escapeHtml(value)}</td>`;
}

function escapeHtml(value: unknown): string {
  return cut(String(value), LONGEST_CELL).replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
}
