import { type PlainEigen, plainEigen } from "./plain.ts";

/** An eigenpair is found when its residual is this share of the largest eigenvalue: well below what float32 can show. */
const TOLERANCE = 1e-10;
/** A look at how far it is costs more than the steps since the last one, if that was less than this share ago. */
const NEXT_LOOK = 1.4;

/**
 * The k largest eigenvalues of a symmetric matrix `[n, n]` and their eigenvectors in float64: Lanczos' method with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.1, 10.3). Of 784×784 the first 30 take half a second,
 * where all take five.
 *
 * One Krylov space holds one vector of each eigenvalue, so what was found is taken out and the rest is searched, until
 * nothing larger is left: equal eigenvalues come as often as they are there.
 *
 * @param matrix row by row; both triangles are read
 * @returns `vectors` has k columns, `[n, k]` row by row
 */
export function leadingEigen(matrix: ArrayLike<number>, n: number, k: number): PlainEigen {
  const a = Float64Array.from(matrix);
  const found = search(a, n, [], k);
  for (;;) {
    const [more] = search(a, n, found, 1);
    if (more === undefined || more.value <= (found[k - 1] as Pair).value + TOLERANCE * (found[0] as Pair).value) break;
    found.push(more);
    found.sort((p, q) => q.value - p.value);
    found.length = k;
  }
  return {
    values: Float64Array.from(found, ({ value }) => value),
    vectors: Float64Array.from({ length: n * k }, (_, at) => found[at % k]?.vector[Math.floor(at / k)] as number),
  };
}

interface Pair {
  value: number;
  vector: Float64Array;
}

/** The k largest eigenpairs of what is left of the matrix beside `known` ones; fewer where less is left. */
function search(a: Float64Array, n: number, known: readonly Pair[], k: number): Pair[] {
  const aside = known.map(({ vector }) => vector);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const random = noise();
  let look = 2 * k + 16;
  let next = fresh(n, [...aside, ...basis], random);
  while (next) {
    basis.push(next);
    const w = product(a, n, next);
    diagonal.push(dot(w, next));
    const before = Math.sqrt(dot(w, w));
    orthogonalize(w, [...aside, ...basis]);
    let length = Math.sqrt(dot(w, w));
    if (length <= Number.EPSILON * n * before) {
      next = fresh(n, [...aside, ...basis], random); // an invariant space: go on in another
      length = 0;
    } else {
      next = w.map(value => value / length);
    }
    if (next === undefined || basis.length >= look) {
      const ritz = ritzPairs(diagonal, beside);
      if (next === undefined || converged(ritz, k, length)) return pairsOf(ritz, basis, n, k);
      look = Math.ceil(NEXT_LOOK * look);
    }
    beside.push(length);
  }
  return [];
}

/** Eigenvalues and vectors of the tridiagonal matrix of the basis. */
function ritzPairs(diagonal: readonly number[], beside: readonly number[]): PlainEigen {
  const m = diagonal.length;
  const t = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    t[i * m + i] = diagonal[i] as number;
    if (i > 0) t[i * m + i - 1] = beside[i - 1] as number;
  }
  return plainEigen(t, m);
}

/** The residual of a Ritz pair is the last entry of its vector times what leads out of the basis. */
function converged({ values, vectors }: PlainEigen, k: number, out: number): boolean {
  const m = values.length;
  const scale = Math.abs(values[0] as number);
  for (let i = 0; i < k; i++) {
    if (Math.abs(out * (vectors[(m - 1) * m + i] as number)) > TOLERANCE * scale) return false;
  }
  return true;
}

function pairsOf({ values, vectors }: PlainEigen, basis: readonly Float64Array[], n: number, k: number): Pair[] {
  const m = values.length;
  return Array.from({ length: Math.min(k, m) }, (_, i) => {
    const vector = new Float64Array(n);
    basis.forEach((each, j) => {
      addScaled(vector, vectors[j * m + i] as number, each);
    });
    return { value: values[i] as number, vector };
  });
}

/** A random direction orthogonal to `others`; undefined where they fill the space. */
function fresh(n: number, others: readonly Float64Array[], random: () => number): Float64Array | undefined {
  if (others.length >= n) return undefined;
  const vector = Float64Array.from({ length: n }, () => random() - 0.5);
  orthogonalize(vector, others);
  const length = Math.sqrt(dot(vector, vector));
  return vector.map(value => value / length);
}

/** Twice, which is enough for float64 (Giraud, Langou & Rozložník 2005). */
function orthogonalize(vector: Float64Array, others: readonly Float64Array[]): void {
  for (let times = 0; times < 2; times++) {
    for (const other of others) addScaled(vector, -dot(vector, other), other);
  }
}

function product(a: Float64Array, n: number, x: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, row) => dot(a.subarray(row * n, (row + 1) * n), x));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

/** The same numbers 0 … 1 each time: the method is exact and shall be repeatable. */
function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
