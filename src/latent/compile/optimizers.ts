import { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";
import type { StateVariable } from "./optimizer-state.ts";
import { areApart, type Update, updateTogether } from "./own-update.ts";
import type { Recorder } from "./recorder.ts";
import { swap } from "./swap.ts";

/** The fields of tfjs' optimizers; each class has some of them. */
interface Fields {
  momentum: number;
  useNesterov: boolean;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
  centered: boolean;
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  accumulations: StateVariable[];
  accumulatedFirstMoment: StateVariable[];
  accumulatedSecondMoment: StateVariable[];
  accumulatedMeanSquares: StateVariable[];
  accumulatedMoments: StateVariable[];
  incrementIterations(): void;
}

type Gradients = Record<string, tf.Tensor> | { name: string; tensor: tf.Tensor }[];

/** What an update is made of besides weight, state and gradient: nodes of the graph. */
interface Nodes {
  rate: string;
  number(value: number): string;
  node(tensor: tf.Tensor): string;
}

/** An operation of `src/native`, which takes weights, states, gradients and these scalars. */
interface OwnUpdate {
  readonly op: string;
  readonly scalars: (optimizer: Fields, nodes: Nodes) => string[];
}

/** One of tfjs' optimizers as the operation of TensorFlow that does the same to a weight in place. */
interface FusedUpdate {
  readonly op: string;
  /** The operation of ours that does it to all weights at once. */
  readonly own?: OwnUpdate;
  readonly attributes?: (optimizer: Fields) => Record<string, boolean>;
  /** The state that tfjs keeps for each weight: the list it is in and the end of its name. */
  readonly state: readonly (readonly [keyof Fields, string])[];
  readonly applies?: (optimizer: Fields) => boolean;
  /** Asked once a step; the function returned gives the operands behind the handles, for the gradient of each weight. */
  readonly operands: (optimizer: Fields, nodes: Nodes) => (gradient: string) => string[];
  /** What changes once a step, after all weights. */
  readonly after?: (optimizer: Fields) => void;
}

const sgd: FusedUpdate = {
  op: "ResourceApplyGradientDescent",
  state: [],
  operands:
    (_, { rate }) =>
    gradient => [rate, gradient],
};

const momentum: FusedUpdate = {
  op: "ResourceApplyMomentum",
  attributes: ({ useNesterov }) => ({ use_nesterov: useNesterov }),
  state: [["accumulations", "momentum"]],
  operands:
    (optimizer, { rate, number }) =>
    gradient => [rate, gradient, number(optimizer.momentum)],
};

/** What both operations of Adam take, with `shares` of the moments in between. */
function adamScalars(optimizer: Fields, { rate, number, node }: Nodes, shares: readonly number[]): string[] {
  const { accBeta1, accBeta2, epsilon } = optimizer;
  // tfjs adds epsilon to the root of the corrected moment, TensorFlow to the root of the raw one.
  const scaled = () => tf.tidy(() => node(tf.mul(tf.sqrt(tf.sub(1, accBeta2)), epsilon)));
  return [node(accBeta1), node(accBeta2), rate, ...shares.map(number), scaled()];
}

const adam: FusedUpdate = {
  op: "ResourceApplyAdam",
  own: {
    op: "LatentAdam",
    // What a gradient adds is told too: taken from 0.999 of 32 bits, 0.001 is wrong in its fifth digit.
    scalars: (optimizer, nodes) => {
      const { beta1, beta2 } = optimizer;
      return adamScalars(optimizer, nodes, [beta1, beta2, 1 - beta1, 1 - beta2]);
    },
  },
  state: [
    ["accumulatedFirstMoment", "m"],
    ["accumulatedSecondMoment", "v"],
  ],
  operands: (optimizer, nodes) => {
    const common = adamScalars(optimizer, nodes, [optimizer.beta1, optimizer.beta2]);
    return gradient => [...common, gradient];
  },
  after: ({ accBeta1, accBeta2, beta1, beta2 }) => {
    tf.tidy(() => {
      accBeta1.assign(tf.mul(accBeta1, beta1));
      accBeta2.assign(tf.mul(accBeta2, beta2));
    });
  },
};

const rmsprop: FusedUpdate = {
  op: "ResourceApplyRMSProp",
  applies: ({ centered }) => !centered,
  state: [
    ["accumulatedMeanSquares", "rms"],
    ["accumulatedMoments", "momentum"],
  ],
  operands: (optimizer, { rate, number }) => {
    const { decay, momentum: inertia, epsilon } = optimizer;
    return gradient => [rate, number(decay), number(inertia), number(epsilon), gradient];
  },
};

function fusedUpdates(): [tf.Optimizer, FusedUpdate][] {
  return [
    [tf.SGDOptimizer.prototype, sgd],
    [tf.MomentumOptimizer.prototype, momentum],
    [tf.AdamOptimizer.prototype, adam],
    [tf.RMSPropOptimizer.prototype, rmsprop],
  ];
}

/**
 * Lets tfjs' optimizers update weights in place in the graph, with a learning rate that is fed. Any other optimizer is
 * traced like the rest of the step. Returns the ways back.
 */
export function replaceOptimizers(recorder: Recorder): (() => void)[] {
  const base = tf.Optimizer.prototype as unknown as Fields;
  const undo = [
    swap(base, "incrementIterations", function (this: Fields) {
      recorder.stepped.push(this as unknown as tf.Optimizer);
    }),
  ];
  for (const [prototype, update] of fusedUpdates()) {
    const traced = prototype.applyGradients;
    undo.push(
      swap(prototype, "applyGradients", function (this: tf.Optimizer, gradients) {
        const optimizer = this as unknown as Fields;
        const fits = Object.getPrototypeOf(optimizer) === prototype && (update.applies?.(optimizer) ?? true);
        if (fits) applyFused(recorder, this, update, gradients as Gradients);
        else traced.call(this, gradients);
      }),
    );
  }
  return undo;
}

function applyFused(recorder: Recorder, stepped: tf.Optimizer, update: FusedUpdate, gradients: Gradients): void {
  const optimizer = stepped as unknown as Fields;
  const named = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  const nodes = {
    rate: recorder.rate(stepped),
    number: (value: number) => recorder.graph.scalar(value),
    node: (tensor: tf.Tensor) => recorder.node(tensor),
  };
  const updates = named.flatMap(({ name, tensor }, i): Update[] => {
    if (!tensor && isThere(optimizer, update, i)) return []; // a weight that is frozen, or gone, keeps its place
    const weight = recorder.variable(name);
    const state = update.state.map(([list, suffix]) =>
      stateVariable(recorder, optimizer[list] as StateVariable[], i, weight, suffix),
    );
    return tensor ? [{ variables: [weight, ...state], gradient: spread(tensor, weight) }] : [];
  });
  if (update.own && recorder.ownOperations && areApart(updates))
    updateTogether(recorder, update.own.op, updates, update.own.scalars(optimizer, nodes));
  else updateInTurn(recorder, update, optimizer, updates, update.operands(optimizer, nodes));
  update.after?.(optimizer);
  recorder.stepped.push(stepped);
}

/** tfjs' own update spreads a gradient by itself. */
function spread(gradient: tf.Tensor, weight: tf.Variable): tf.Tensor {
  return String(gradient.shape) === String(weight.shape) ? gradient : tf.broadcastTo(gradient, weight.shape);
}

function updateInTurn(
  recorder: Recorder,
  update: FusedUpdate,
  optimizer: Fields,
  updates: readonly Update[],
  operands: (gradient: string) => string[],
): void {
  const attributes = { T: { type: "float32" as const }, ...update.attributes?.(optimizer) };
  for (const { variables, gradient } of updates) {
    const rest = operands(recorder.node(gradient));
    recorder.update(variables, (all, after) => {
      const waits = after.map(reader => `^${reader}`);
      return [recorder.graph.op(update.op, attributes, [...all.map(({ handle }) => handle), ...rest, ...waits])];
    });
  }
}

function isThere(optimizer: Fields, { state }: FusedUpdate, i: number): boolean {
  return state.every(([list]) => (optimizer[list] as StateVariable[])[i] !== undefined);
}

/** The state of the i-th weight, made as tfjs makes it at the first step, so that eager steps can go on with it. */
function stateVariable(
  recorder: Recorder,
  list: StateVariable[],
  i: number,
  weight: tf.Variable,
  suffix: string,
): tf.Variable {
  const known = list[i]?.variable;
  if (known) return fitting(known, weight);
  const variable = recorder.outside(() => tf.tidy(() => tf.zerosLike(weight).variable(false)));
  recorder.watch(variable);
  list[i] = { originalName: `${weight.name}/${suffix}`, variable };
  return variable;
}

function fitting(state: tf.Variable, weight: tf.Variable): tf.Variable {
  if (String(state.shape) === String(weight.shape)) return state;
  throw new StepRefused(
    `The optimizer has [${state.shape}] of an earlier step where the variable ${weight.name} is [${weight.shape}]`,
    "Make a new optimizer, such as tf.train.adam(1e-3), when you make new variables, and name the same variables at each step.",
  );
}
