/**
 * The one-to-one assignment of rows to columns with the least total cost: Hungarian algorithm with potentials (Kuhn 1955,
 * Munkres 1957), O(rows² · columns).
 *
 * @param cost `[rows][columns]`, rows ≤ columns
 * @returns the column of each row
 * @throws RangeError when there are more rows than columns, the rows have different lengths, or a cost is not finite
 */
export function hungarian(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  if (rows > columns) throw new RangeError(`hungarian needs rows ≤ columns, got ${rows} × ${columns}: transpose it.`);
  cost.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`Row 0 has ${columns} costs and row ${i} ${row.length}.`);
    const bad = row.findIndex(value => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`A cost is a finite number, got ${row[bad]} in row ${i}, column ${bad}.`);
  });
  const state: Potentials = {
    row: new Float64Array(rows + 1),
    column: new Float64Array(columns + 1),
    rowOf: new Int32Array(columns + 1), // rows and columns count from 1; 0 is "none"
  };
  for (let row = 1; row <= rows; row++) addRow(cost, row, state);
  const result = new Array<number>(rows).fill(-1);
  state.rowOf.forEach((row, column) => {
    if (row > 0 && column > 0) result[row - 1] = column - 1;
  });
  return result;
}

interface Potentials {
  row: Float64Array;
  column: Float64Array;
  rowOf: Int32Array;
}

/** Finds the cheapest way to free a column for `row`, shortest path first, and shifts the assignment along it. */
function addRow(cost: readonly (readonly number[])[], row: number, { row: u, column: v, rowOf }: Potentials): void {
  const n = v.length;
  const slack = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n);
  const seen = new Uint8Array(n);
  rowOf[0] = row;
  let column = 0;
  while (column === 0 || rowOf[column] !== 0) {
    seen[column] = 1;
    const from = rowOf[column] as number;
    let [next, least] = [0, Number.POSITIVE_INFINITY];
    for (let j = 1; j < n; j++) {
      if (seen[j]) continue;
      const reduced = (cost[from - 1]?.[j - 1] as number) - (u[from] as number) - (v[j] as number);
      if (reduced < (slack[j] as number)) {
        slack[j] = reduced;
        previous[j] = column;
      }
      if ((slack[j] as number) < least) [next, least] = [j, slack[j] as number];
    }
    for (let j = 0; j < n; j++) {
      if (seen[j]) {
        u[rowOf[j] as number] = (u[rowOf[j] as number] as number) + least;
        v[j] = (v[j] as number) - least;
      } else slack[j] = (slack[j] as number) - least;
    }
    column = next;
  }
  while (column !== 0) {
    rowOf[column] = rowOf[previous[column] as number] as number;
    column = previous[column] as number;
  }
}
