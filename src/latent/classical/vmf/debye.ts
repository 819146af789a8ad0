import type { Ratio } from "./bessel.ts";

/** A polynomial's coefficients, from that of t⁰. */
type Polynomial = readonly number[];

const TERMS = 8;

const times = (a: Polynomial, b: Polynomial): Polynomial => {
  const product = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      product[i + j] = (product[i + j] as number) + x * y;
    });
  });
  return product;
};
const plus = (a: Polynomial, b: Polynomial): Polynomial =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
const derivative = (a: Polynomial): Polynomial => (a.length > 1 ? a.slice(1).map((x, i) => (i + 1) * x) : [0]);
const integral = (a: Polynomial): Polynomial => [0, ...a.map((x, i) => x / (i + 1))];
const at = (a: Polynomial, t: number): number => a.reduceRight((sum, x) => sum * t + x, 0);

/** Debye's polynomials U₀ … of the expansion of I_v (DLMF 10.41.9). */
const U: readonly Polynomial[] = debyePolynomials();

function debyePolynomials(): Polynomial[] {
  let last: Polynomial = [1];
  const all = [last];
  while (all.length < TERMS) {
    const first = times([0, 0, 0.5, 0, -0.5], derivative(last));
    last = plus(first, integral(times([0.125, 0, -0.625], last)));
    all.push(last);
  }
  return all;
}

/** Those of I′_v are V_k = U_k + t (t² − 1) W_{k−1} with these W (DLMF 10.41.10). */
const W: readonly Polynomial[] = U.map(u => plus(times([0.5], u), times([0, 1], derivative(u))));

/** Σ p_k(t) / v^k and its derivative for t. */
function series(polynomials: readonly Polynomial[], t: number, v: number): [value: number, slope: number] {
  let [value, slope] = [0, 0];
  for (const [k, polynomial] of polynomials.entries()) {
    value += at(polynomial, t) / v ** k;
    slope += at(derivative(polynomial), t) / v ** k;
  }
  return [value, slope];
}

/** The ratio at a large order, and log( I_v(κ) / κ^v ) − log( I_v / κ^v at 0 ) − (root − v). */
export interface Asymptotic extends Ratio {
  logGrowth: number;
}

/**
 * A_v(κ) for a large order v by Debye's uniform expansions of I′ and I divided by each other (DLMF 10.41.3, 10.41.5): with
 * root = √(v² + κ²) and t = v / root, A = κ / (root + v) − (κ / root²) R(t), R = ΣW_k v^{−k} / ΣU_k v^{−k}.
 */
export function asymptoticRatio(v: number, kappa: number): Asymptotic {
  const root = Math.hypot(v, kappa);
  const t = v / root;
  const [u, du] = series(U, t, v);
  const [w, dw] = series(W, t, v);
  const r = w / u;
  const dr = (dw - r * du) / u;
  const share = kappa / root;
  const correction = (share * r) / root;
  // κ² times the derivatives of κ / (root + v), of κ / root² and of t
  const main = share * v * (kappa / (root + v));
  return {
    value: kappa / (root + v) - correction,
    deficit: (2 * v) / (kappa + v + root) + correction,
    slope: main - share * share * ((1 - 2 * share * share) * r - share * share * t * dr),
    logGrowth: logGrowth(v, kappa, root, u),
  };
}

function logGrowth(v: number, kappa: number, root: number, u: number): number {
  const rise = kappa * (kappa / (root + v)); // root − v
  const power = v * Math.log1p(rise / (2 * v)) + 0.5 * Math.log1p(rise / v);
  const [first] = series(U, 1, v);
  return Math.log1p((u - first) / first) - power;
}
