import { type LayerShape, readNetwork } from "./network.ts";

/** A restricted Boltzmann machine: n visible units, m hidden ones. */
export interface Machine {
  /** `[n, m]`, row by row. */
  weights: Float32Array;
  visibleBias: Float32Array;
  hiddenBias: Float32Array;
}

/** Reads a machine from half-precision bytes: weights, hidden biases, visible biases. */
export function machineOf(bytes: Uint8Array, visible: number, hidden: number): Machine {
  const up: LayerShape = { inputs: visible, outputs: hidden, activation: "sigmoid" };
  const down: LayerShape = { inputs: 0, outputs: visible, activation: "sigmoid" };
  const { numbers } = readNetwork([up, down], bytes);
  const [weights, biases] = [visible * hidden, (visible + 1) * hidden];
  return {
    weights: numbers.subarray(0, weights),
    hiddenBias: numbers.subarray(weights, biases),
    visibleBias: numbers.subarray(biases),
  };
}

/** b + Wᵀv: the inputs of the hidden units. */
export function hiddenInputs({ weights, hiddenBias }: Machine, v: Float32Array): Float32Array {
  const inputs = hiddenBias.slice();
  for (const [i, value] of v.entries()) {
    if (value === 0) continue;
    for (let j = 0; j < inputs.length; j++)
      inputs[j] = (inputs[j] as number) + value * (weights[i * inputs.length + j] as number);
  }
  return inputs;
}

/** a + Wh: the inputs of the visible units. */
export function visibleInputs({ weights, visibleBias }: Machine, h: Float32Array): Float32Array {
  return visibleBias.map((bias, i) => {
    let sum = bias;
    for (let j = 0; j < h.length; j++) sum += (weights[i * h.length + j] as number) * (h[j] as number);
    return sum;
  });
}

/** One step of Gibbs sampling, v to h to v: p(v = 1 | h) of the hidden units that were drawn, and the visible ones drawn from it. */
export function step(
  machine: Machine,
  v: Float32Array,
  random: () => number = Math.random,
): { probabilities: Float32Array; state: Float32Array } {
  const drawn = (p: number): number => Number(random() < p);
  const h = hiddenInputs(machine, v).map(logistic).map(drawn);
  const probabilities = visibleInputs(machine, h).map(logistic);
  return { probabilities, state: probabilities.map(drawn) };
}

export function logistic(input: number): number {
  return 1 / (1 + Math.exp(-input));
}

/** The mean of F(v) = −aᵀv − Σ softplus(b + Wᵀv), in nats. */
export function meanFreeEnergy(machine: Machine, states: readonly Float32Array[]): number {
  return states.reduce((sum, v) => sum + freeEnergy(machine, v), 0) / states.length;
}

function freeEnergy(machine: Machine, v: Float32Array): number {
  const ofHidden = hiddenInputs(machine, v).reduce(
    (sum, c) => sum + Math.max(c, 0) + Math.log1p(Math.exp(-Math.abs(c))),
    0,
  );
  return -ofHidden - v.reduce((sum, value, i) => sum + value * (machine.visibleBias[i] as number), 0);
}
