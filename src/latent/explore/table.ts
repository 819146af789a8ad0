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
  /** Place of the page's first row. */
  from: number;
  total: number;
  /** By which column the rows are sorted; null as they came. */
  sort: Sort | null;
}

const MOST = 1_000_000;

/**
 * A table that is sorted and paged in the page: names, types and missing values of the columns, numbers at the right. Only the
 * page that is seen travels and is kept in the notebook, so 100,000 rows are as quick as ten.
 *
 * @param frame a danfojs DataFrame or Series
 */
export function table(frame: Frame, { rows = 20 }: DataTableOptions = {}): Widget<DataTableState> {
  if (!Number.isInteger(rows) || rows < 1)
    throw new RangeError(`explore.table needs 1 row a page or more; got ${rows}.`);
  const values = rowsOf(frame);
  if (values.length > MOST) throw new RangeError(`explore.table takes up to ${MOST} rows; got ${values.length}.`);
  const columns = columnsOf(frame, values);
  const at = (from: number, sort: Sort | null): Pick<DataTableState, "cells" | "from" | "sort"> => {
    const start = Math.min(Math.max(0, from), Math.max(0, Math.floor((values.length - 1) / rows) * rows));
    const order = ordered(values, columns, sort);
    const cells = Array.from(order.subarray(start, start + rows), row => textsOf(values[row] as unknown[], columns));
    return { cells, from: start, sort };
  };
  const state: DataTableState & { rows: number } = { columns, rows, total: values.length, ...at(0, null) };
  const words = `Table of ${values.length} rows and ${columns.length} columns: ${columns.map(({ name }) => name).join(", ")}.`;
  const shown = anywidget<DataTableState>(frontEnd("table"), state, { words });
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
