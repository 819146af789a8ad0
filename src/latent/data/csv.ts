import { DataError } from "./errors.ts";

/** A table of text: names of the columns and cells by row. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** Reads CSV without quotes, of which all sets here are; the first line names the columns. */
export function readCsv(content: Buffer, title: string): Table {
  const [header = "", ...lines] = content.toString("utf8").trimEnd().split("\n");
  const columns = header.split(",");
  const rows = lines.map(line => line.split(","));
  const wrong = rows.findIndex(row => row.length !== columns.length);
  if (wrong >= 0) throw new DataError(`Row ${wrong + 1} of ${title} has not ${columns.length} cells.`);
  return { columns, rows };
}

/** Cells from column `from` up to `to` as numbers, row after row. */
export function numbersOf({ rows }: Table, from: number, to: number): Float32Array {
  const width = to - from;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(row.slice(from, to).map(Number), i * width);
  });
  return values;
}

/** One column as small whole numbers. */
export function labelsOf({ rows }: Table, column: number): Uint8Array {
  return Uint8Array.from(rows, row => Number(row[column]));
}
