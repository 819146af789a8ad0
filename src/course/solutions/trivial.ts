/**
 * Wrong answers that need no idea of the exercise, made from its right solution. Whatever a lesson asks, each of them must
 * fail: one that passes shows what the random questions do not vary.
 */
import type * as TensorFlow from "@tensorflow/tfjs-node";

type Answer = (...given: unknown[]) => unknown;
/** Of the engine in the kernel where the answers run. */
type Engine = Pick<typeof TensorFlow, "keep" | "fill">;

/**
 * Wrong answers to an exercise, by what is wrong with them.
 *
 * @param right the right solution
 * @param count the number of its arguments
 */
export function trivialAnswers(tf: Engine, right: Answer, count: number): Record<string, Answer> {
  const frozen = Array.from({ length: count }, (_, i) => i);
  return {
    "only zeros": changed(right, leaf => filled(tf, leaf, 0)),
    "only ones": changed(right, leaf => filled(tf, leaf, 1)),
    "the first answer again": firstAgain(tf, right),
    "what was given": (...given) => given[0],
    ...Object.fromEntries(frozen.map(i => [`argument ${i + 1} of the first question`, freezing(tf, right, i)])),
    "sizes of the first question": sizedAsFirst(right),
    "the right values in another shape": changed(right, reshaped),
  };
}

/** The right answer with every number and tensor in it replaced. */
function changed(right: Answer, change: (leaf: unknown) => unknown): Answer {
  return (...given) => settled(right(...given), answer => eachLeaf(answer, change));
}

function firstAgain(tf: Engine, right: Answer): Answer {
  let kept: { answer: unknown } | undefined;
  return (...given) =>
    settled(kept ? kept.answer : right(...given), answer => {
      kept ??= { answer: keep(tf, answer) };
      return kept.answer;
    });
}

function freezing(tf: Engine, right: Answer, i: number): Answer {
  let kept: { value: unknown } | undefined;
  return (...given) => {
    kept ??= { value: keep(tf, given[i]) };
    return right(...given.with(i, kept.value));
  };
}

/**
 * Answers as if every list and tensor had the size that it had in the first question, also those in an object: cut, or
 * filled up with NaN.
 */
function sizedAsFirst(right: Answer): Answer {
  let sizes: Size[] | undefined;
  return (...given) => {
    sizes ??= given.map(sizeOf);
    return right(...given.map((value, i) => resized(value, sizes?.[i] ?? [])));
  };
}

/** Of a list or tensor its shape, of an object the sizes of its entries. */
type Size = readonly number[] | { [name: string]: Size };

function sizeOf(value: unknown): Size {
  if (isTensor(value)) return value.shape;
  if (Array.isArray(value)) return [value.length];
  if (value === null || typeof value !== "object") return [];
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, sizeOf(entry)]));
}

function resized(value: unknown, size: Size): unknown {
  if (!isShape(size))
    return Object.fromEntries(
      Object.entries(value as object).map(([name, entry]) => [name, resized(entry, size[name] ?? [])]),
    );
  if (String(sizeOf(value)) === String(size)) return value;
  if (Array.isArray(value))
    return Array.from({ length: size[0] ?? 0 }, (_, i) => value[i] ?? eachLeaf(value[0], () => Number.NaN));
  if (!isTensor(value)) return value;
  const lengths = value.shape.map((length, axis) => Math.min(length, size[axis] ?? length));
  const cut = value.slice(
    value.shape.map(() => 0),
    lengths,
  );
  return cut.pad(
    lengths.map((length, axis) => [0, (size[axis] ?? length) - length] as [number, number]),
    Number.NaN,
  );
}

function isShape(size: Size): size is readonly number[] {
  return Array.isArray(size);
}

function filled(tf: Engine, leaf: unknown, value: number): unknown {
  if (isTensor(leaf)) return tf.fill(leaf.shape, value);
  return typeof leaf === "number" ? value : leaf;
}

function reshaped(leaf: unknown): unknown {
  if (!isTensor(leaf)) return [leaf];
  return leaf.rank > 1 ? leaf.flatten() : leaf.expandDims(0);
}

/** Replaces the numbers and tensors of an answer, also those in its lists, its objects and what its functions return. */
function eachLeaf(answer: unknown, change: (leaf: unknown) => unknown): unknown {
  if (isTensor(answer) || typeof answer === "number") return change(answer);
  if (typeof answer === "function") return (...given: unknown[]) => eachLeaf(answer(...given), change);
  if (Array.isArray(answer)) return answer.map(entry => eachLeaf(entry, change));
  if (answer === null || typeof answer !== "object") return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, entry]) => [name, eachLeaf(entry, change)]));
}

/** A copy that outlives its question: the sheet disposes of what an attempt leaves behind. */
function keep(tf: Engine, value: unknown): unknown {
  return eachLeaf(value, leaf => (isTensor(leaf) ? tf.keep(leaf.clone()) : leaf));
}

function settled(value: unknown, then: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(then) : then(value);
}

function isTensor(value: unknown): value is TensorFlow.Tensor {
  return typeof value === "object" && value !== null && "dataSync" in value && "shape" in value;
}
