import { tf } from "../engine/tf.ts";
import { kind } from "../options/kind.ts";
import { nativeBackend } from "./native.ts";
import { isTracing } from "./ongoing.ts";
import { weightsOf } from "./optimizer-state.ts";
import type { Step } from "./trace.ts";

/** The learning rate of each step, counted from 0. */
export type Schedule = (step: number) => number;

interface NamedTensor {
  name: string;
  tensor: tf.Tensor;
}

/** How large a gradient may be. Source of the first: Pascanu et al. 2013, arXiv:1211.5063. */
export interface Clip {
  /** All gradients together are scaled down to this Euclidean norm when they exceed it. */
  norm?: number;
  /** Each entry of each gradient is held between −value and value. */
  value?: number;
}

/** How a loss is minimised. */
export interface Training {
  optimizer: tf.Optimizer;
  /**
   * The variables to change.
   *
   * @defaultValue all trainable ones that the loss depends on
   */
  variables?: tf.Variable[];
  clip?: Clip;
  /** The learning rate of each step. It is set where the step runs eagerly; a graph is fed its rate from outside. */
  learningRate?: Schedule;
}

/** The step that lowers `loss`: gradients, clipping, update. It returns the loss before the update. */
export function trainingStep(loss: Step, { optimizer, variables, clip = {}, learningRate }: Training): Step {
  return (...inputs) => {
    const { value, grads } = tf.variableGrads(() => loss(...inputs) as tf.Scalar, variables);
    if (learningRate && !isBeingTraced()) setLearningRate(optimizer, learningRate(optimizer.iterations));
    heedMomentum(optimizer);
    optimizer.applyGradients(inOrder(optimizer, clipped(grads, clip)));
    return value;
  };
}

/** The momentum that the tensor `m` of an optimizer was made of. */
const momenta = new WeakMap<tf.Tensor, number>();

/** tfjs' momentum optimizer keeps a tensor of its momentum, and a change of the field does not reach it. */
function heedMomentum(optimizer: tf.Optimizer): void {
  const fields = optimizer as unknown as { momentum: number; m?: tf.Tensor };
  const { momentum, m } = fields;
  if (!(m instanceof tf.Tensor) || isBeingTraced()) return; // a graph has the field
  const made = momenta.get(m) ?? (m.dataSync()[0] as number);
  momenta.set(m, made);
  if (Math.fround(made) === Math.fround(momentum)) return;
  m.dispose();
  fields.m = tf.keep(tf.scalar(momentum));
}

function isBeingTraced(): boolean {
  const backend = nativeBackend();
  return backend !== undefined && isTracing(backend);
}

/**
 * The gradients as a list in which each variable has the place that it has in the optimizer's state, which tfjs finds by
 * the place: a layer that is frozen in the middle of a training has no gradient, and must not pass its moments on to the
 * next. A variable that is not trainable comes in only where the optimizer knows it.
 */
function inOrder(optimizer: tf.Optimizer, gradients: Record<string, tf.Tensor>): NamedTensor[] {
  const known = weightsOf(optimizer);
  const fresh = Object.keys(gradients).filter(name => gradients[name] && !known.includes(name));
  // tfjs takes null for a variable that is not to change; its type does not say so
  return [...known, ...fresh].map(name => ({ name, tensor: (gradients[name] ?? null) as tf.Tensor }));
}

function clipped(gradients: Record<string, tf.Tensor>, { norm, value }: Clip): Record<string, tf.Tensor> {
  const scaled = norm === undefined ? gradients : clipByGlobalNorm(gradients, norm);
  return value === undefined ? scaled : mapped(scaled, gradient => tf.clipByValue(gradient, -value, value));
}

function clipByGlobalNorm(gradients: Record<string, tf.Tensor>, limit: number): Record<string, tf.Tensor> {
  const squares = Object.values(gradients)
    .filter(isThere)
    .map(gradient => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const scale = tf.div(limit, tf.maximum(norm, limit));
  return mapped(gradients, gradient => tf.mul(gradient, scale));
}

/** Variables that were asked for and are not trainable have null for a gradient. */
function mapped(
  tensors: Record<string, tf.Tensor>,
  change: (tensor: tf.Tensor) => tf.Tensor,
): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, isThere(tensor) ? change(tensor) : tensor]),
  );
}

function isThere(tensor: tf.Tensor | null): tensor is tf.Tensor {
  return tensor !== null;
}

/** A step on `count` equal parts of its inputs, one after the other. A loss becomes the mean of the parts' losses. */
export function unrolled(step: Step, count: number, mean: boolean): Step {
  if (count === 1) return step;
  return (...inputs: tf.Tensor[]) => {
    const parts = inputs.map(input => split(input, count));
    const results = Array.from({ length: count }, (_, i) => step(...parts.map(part => part[i])));
    return mean ? tf.mean(tf.stack(results as tf.Scalar[])) : results.at(-1);
  };
}

function split(input: tf.Tensor, count: number): tf.Tensor[] {
  if (input.rank === 0) return Array(count).fill(input);
  const [rows = 0] = input.shape;
  if (rows % count !== 0) throw new RangeError(`${rows} rows do not divide into ${count} steps.`);
  return tf.split(input, count);
}

/** The optimizer's learning rate; tfjs keeps it as a protected field. */
export function learningRate(optimizer: tf.Optimizer): number {
  return (optimizer as unknown as { learningRate: number }).learningRate;
}

/** Sets the learning rate of any of tfjs' optimizers, from the next step on, eager or compiled. */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  // SGD and momentum keep a tensor of it besides; `instanceof` takes every optimizer for any other.
  const fields = optimizer as unknown as { learningRate: number; setLearningRate?(rate: number): void };
  if (fields.setLearningRate) fields.setLearningRate(rate);
  else fields.learningRate = rate;
}

/** @throws TypeError when `optimizer` is there and is none of tfjs' optimizers */
export function expectOptimizer(optimizer: unknown, who: string): void {
  if (optimizer === undefined || typeof (optimizer as Partial<tf.Optimizer> | null)?.applyGradients === "function")
    return;
  throw new TypeError(`${who} needs an optimizer such as tf.train.adam(1e-3); it got ${kind(optimizer)}.`);
}
