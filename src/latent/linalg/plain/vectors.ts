/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Adds `factor` · b to a, in place. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

/** Turns the plane of a and b, in place: a becomes c·a + s·b and b becomes c·b − s·a. */
export function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    a[i] = c * x + s * y;
    b[i] = c * y - s * x;
  }
}

/** Multiplies a by `factor`, in place. */
export function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) * factor;
}

/** The columns of a matrix `[m, n]` given row by row: n vectors of m numbers. */
export function columnsOf(values: ArrayLike<number>, m: number, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, j) => Float64Array.from({ length: m }, (_, i) => values[i * n + j] as number));
}

/** The matrix `[m, n]` of n columns, row by row, in float32. */
export function fromColumns(columns: readonly Float64Array[]): Float32Array {
  const n = columns.length;
  const values = new Float32Array(n * (columns[0]?.length ?? 0));
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      values[i * n + j] = value;
    });
  });
  return values;
}
