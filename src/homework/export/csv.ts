import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

export type Row = Record<string, string>;

/** A table as CSV with a header; a cell that a spreadsheet would take for a formula (=, +, -, @) begins with an apostrophe. */
export function toCsv(rows: readonly Readonly<Record<string, string | number>>[], columns: readonly string[]): string {
  return stringify([...rows], { header: true, columns: [...columns], escape_formulas: true });
}

/** Reads what {@link toCsv} or a learning platform wrote. */
export function fromCsv(text: string): { rows: Row[]; columns: string[] } {
  const lines = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true }) as string[][];
  const [columns = [], ...rest] = lines;
  const rows = rest.map(line => Object.fromEntries(columns.map((column, i) => [column, plain(line[i] ?? "")])));
  return { rows, columns };
}

function plain(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
