import type { Node } from "./graph.ts";

/** Our addon runs a graph with this tag as it is written (`src/native/own_graphs.h`). */
const AS_WRITTEN = "latent";

const AS_ANY = "serve";

/**
 * What TensorFlow's optimiser of graphs makes faster: it writes a square for `pow(x, 2)`, puts products and convolutions of its
 * own together with their bias and activation, and leaves out transpositions that a product can do.
 */
const GAINS = /^(Pow|MatMul|BatchMatMul|Transpose|Conv|DepthwiseConv|FusedBatchNorm|Einsum)/;

/**
 * The tag under which a graph is loaded. The optimiser takes a quarter of a step's first call, and finds nothing to do where
 * products, convolutions and losses are operations of ours.
 */
export function tagOf(nodes: readonly Node[]): string {
  return nodes.some(({ op }) => GAINS.test(op)) ? AS_ANY : AS_WRITTEN;
}
