import { escapeHtml } from "../display/escape.ts";
import { showFrames } from "../display/frames.ts";
import type { Frame } from "../plot/table.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { frontEnd } from "./front.ts";
import { type Column, columnsOf, ordered, rowsOf, type Sort } from "./table_rows.ts";

export interface DataTableOptions {
  /** Rows of a page. @defaultValue 20 */
  rows?: number;
}

/** What the page shows: one page of the table. The other rows stay in the kernel. */
export interface DataTableState {
  columns: readonly Column[];
  /** Cells of the page as texts, row by row; null where a value is missing. */
  cells: readonly (readonly (string | null)[])[];
  /** Names of the page's rows; null where the table has none. */
  index: readonly string[] | null;
  /** Place of the page's first row. */
  from: number;
  total: number;
  /** By which column the rows are sorted; null as they came. */
  sort: Sort | null;
}

const MOST = 1_000_000;

// A frame is a table without being asked. Its words are danfojs' own: they have the numbers.
showFrames(frame => ({ ...table(frame).bundle(), "text/plain": String(frame).trim() }));

/**
 * A table that is sorted and paged in the page: names, types and missing values of the columns, numbers at the right. Only the
 * page that is seen travels and is kept in the notebook, so 100,000 rows are as quick as ten. A frame that is the last expression
 * of a cell is shown so by itself.
 *
 * @param frame a danfojs DataFrame or Series
 */
export function table(frame: Frame, { rows = 20 }: DataTableOptions = {}): Widget<DataTableState> {
  if (!Number.isInteger(rows) || rows < 1)
    throw new RangeError(`explore.table needs 1 row a page or more; got ${rows}.`);
  const values = rowsOf(frame);
  if (values.length > MOST) throw new RangeError(`explore.table takes up to ${MOST} rows; got ${values.length}.`);
  const columns = columnsOf(frame, values);
  const { index: names = null } = frame as { index?: readonly (string | number)[] | null };
  const at = (from: number, sort: Sort | null): Pick<DataTableState, "cells" | "index" | "from" | "sort"> => {
    const start = Math.min(Math.max(0, from), Math.max(0, Math.floor((values.length - 1) / rows) * rows));
    const order = ordered(values, columns, sort);
    const page = order.subarray(start, start + rows);
    const cells = Array.from(page, row => textsOf(values[row] as unknown[], columns));
    return { cells, index: names && Array.from(page, row => String(names[row])), from: start, sort };
  };
  const state: DataTableState & { rows: number } = { columns, rows, total: values.length, ...at(0, null) };
  const words = `Table of ${values.length} rows and ${columns.length} columns: ${columns.map(({ name }) => name).join(", ")}.`;
  const shown: Widget<DataTableState> = anywidget<DataTableState>(frontEnd("table"), state, {
    words,
    html: () => htmlOf(state),
  });
  // The page asks with { from, sort }; what it shows comes back as state, and so is in the notebook.
  shown.onMessage(content => {
    const { from, sort } = content as { from: number; sort: Sort | null };
    shown.set(at(from, sort));
  });
  return shown;
}

function textsOf(row: readonly unknown[], columns: readonly Column[]): (string | null)[] {
  return columns.map(({ decimals }, i) => {
    const value = row[i];
    if (value === null || value === undefined || Number.isNaN(value)) return null;
    return typeof value === "number" && Number.isFinite(value) ? written(value, decimals) : String(value);
  });
}

function written(value: number, decimals: number): string {
  return value.toFixed(decimals).replace("-", "−");
}

/** The first page as it stands where no script runs. */
function htmlOf({ columns, cells, index, total }: DataTableState): string {
  const side = (i: number): string => (columns[i]?.isNumeric ? ' style="text-align: right"' : "");
  const head = columns.map(
    ({ name, type, missing }, i) =>
      `<th${side(i)}>${escapeHtml(name)}<br><small>${escapeHtml(missing > 0 ? `${type}, ${missing} missing` : type)}</small></th>`,
  );
  const body = cells.map((texts, row) => {
    const name = index ? `<th>${escapeHtml(index[row] as string)}</th>` : "";
    return `<tr>${name}${texts.map((text, i) => `<td${side(i)}>${text === null ? "<i>missing</i>" : escapeHtml(text)}</td>`).join("")}</tr>`;
  });
  const size = `${total} rows × ${columns.length} columns${total > cells.length ? `, the first ${cells.length} shown` : ""}`;
  const corner = index ? "<th></th>" : "";
  return `<table>\n<thead><tr>${corner}${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>\n<p>${size}</p>`;
}
