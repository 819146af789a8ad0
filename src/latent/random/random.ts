import type { Tensor } from "@tensorflow/tfjs-node";

/**
 * Where a model's random numbers come from. A model takes it as an argument and draws nothing itself, so the same model
 * runs step by step and inside a compiled step; `generator(seed)` gives one that works in both.
 */
export interface Random {
  /** Independent draws of N(0, 1), float32. */
  normal(shape: number[]): Tensor;
  /** Independent draws of the uniform distribution on [0, 1), float32. */
  uniform(shape: number[]): Tensor;
  /** 1 with probability `probabilities`, else 0, float32, element by element. */
  bernoulli<T extends Tensor>(probabilities: T): T;
}
