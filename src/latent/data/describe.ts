/** As much of danfojs' DataFrame or Series as is described. */
export interface Described {
  columns: string[];
  /** Rows of cells; of a Series the cells. */
  values: unknown[];
}

const STATISTICS = ["count", "missing", "mean", "sd", "min", "25 %", "median", "75 %", "max"] as const;

/**
 * What the numbers of each column are like: a row a column, of those with numbers. Missing values (null, undefined, NaN) are
 * counted and left out; danfojs' own `describe` has NaN for mean, sd and median there, and no quartiles. The sd divides by n − 1;
 * quartiles lie on straight lines between the sorted values, as NumPy's and pandas' do.
 *
 * @returns columns and rows, for `plot.table`
 */
export function describe({ columns, values }: Described): { columns: string[]; values: (string | number)[][] } {
  const rows = values.map(row => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const described = columns.flatMap((name, i) => {
    const column = rows.map(row => row[i]);
    const there = column.filter(value => value !== null && value !== undefined && !Number.isNaN(value));
    if (there.length === 0 || !there.every(value => typeof value === "number")) return [];
    return [[name, ...statistics(there as number[], column.length - there.length)]];
  });
  return { columns: ["column", ...STATISTICS], values: described };
}

function statistics(numbers: readonly number[], missing: number): number[] {
  const n = numbers.length;
  const sorted = Float64Array.from(numbers).sort();
  const mean = numbers.reduce((sum, value) => sum + value, 0) / n;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const quantile = (share: number): number => {
    const place = share * (n - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (place % 1) * (above - below);
  };
  const quartiles = [0, 0.25, 0.5, 0.75, 1].map(quantile);
  return [n, missing, mean, n > 1 ? Math.sqrt(squares / (n - 1)) : Number.NaN, ...quartiles];
}
