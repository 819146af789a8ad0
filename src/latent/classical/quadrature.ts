/** Nodes in (0, 1) and weights that add up to 1: `∫₀¹ f ≈ Σ weights[i] · f(nodes[i])`. */
export interface Quadrature {
  nodes: number[];
  weights: number[];
}

/**
 * Gauss–Legendre quadrature on (0, 1) with `count` nodes: exact for polynomials of degree 2 · count − 1. The nodes are
 * the roots of the Legendre polynomial, by Newton's method from Tricomi's guess.
 *
 * @throws RangeError when `count` is no whole number ≥ 1
 */
export function gaussLegendre(count: number): Quadrature {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`A quadrature has 1 node or more, got ${count}.`);
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 1; i <= count; i++) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 8; step++) {
      const [value, derivative] = legendre(count, x);
      x -= value / derivative;
      slope = derivative;
    }
    nodes.push((1 - x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/** The Legendre polynomial P_n(x) and its derivative. */
function legendre(n: number, x: number): [number, number] {
  let [before, value] = [1, x];
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (n * (before - x * value)) / (1 - x * x)];
}
