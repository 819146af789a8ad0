import type { Frame } from "../plot/table.ts";

/** A column as its head says it. */
export interface Column {
  name: string;
  /** danfojs' own word: "float32", "int32", "string", "boolean". */
  type: string;
  isNumeric: boolean;
  /** Values that are not there: null, undefined, NaN. */
  missing: number;
  /** Digits behind the point, as many in all rows. */
  decimals: number;
}

export interface Sort {
  column: number;
  descending: boolean;
}

const DECIMALS = 4;

/** Rows of cells, of a Series as well, whose values are not rows. */
export function rowsOf({ values }: Frame): readonly unknown[][] {
  return values.map(row => (Array.isArray(row) ? row : [row]));
}

export function columnsOf(frame: Frame, rows: readonly unknown[][]): Column[] {
  const { dtypes = [] } = frame as { dtypes?: string[] };
  return frame.columns.map((name, i) => {
    const there = rows.map(row => row[i]).filter(value => !isMissing(value));
    const isNumeric = there.length > 0 && there.every(value => typeof value === "number");
    const isWhole = there.every(value => Number.isInteger(value));
    const type = dtypes[i] ?? (isNumeric ? "number" : typeof (there[0] ?? ""));
    return { name, type, isNumeric, missing: rows.length - there.length, decimals: isWhole ? 0 : DECIMALS };
  });
}

/** The rows in the order that is asked for; missing values come last either way, equal ones stay as they came. */
export function ordered(rows: readonly unknown[][], columns: readonly Column[], sort: Sort | null): Int32Array {
  const order = Int32Array.from(rows.keys());
  const column = sort === null ? undefined : columns[sort.column];
  if (sort === null || column === undefined) return order;
  const values = rows.map(row => row[sort.column]);
  const sign = sort.descending ? -1 : 1;
  const compare = column.isNumeric ? byNumber : byText;
  return order.sort((a, b) => {
    const [left, right] = [values[a], values[b]];
    if (isMissing(left) || isMissing(right)) return Number(isMissing(left)) - Number(isMissing(right));
    return sign * compare(left, right);
  });
}

const collator = new Intl.Collator("en", { numeric: true });
const byNumber = (a: unknown, b: unknown): number => (a as number) - (b as number);
const byText = (a: unknown, b: unknown): number => collator.compare(String(a), String(b));

export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
