import type * as tfjs from "@tensorflow/tfjs-node";

const CACHE = "TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES";

/**
 * tfjs keeps in which order the layers of the last hundred models are computed, and with that the models. It is worked out
 * again in a moment.
 */
export function forgetModels(tf: typeof tfjs): void {
  const most = tf.env().getNumber(CACHE);
  tf.env().set(CACHE, 0);
  tf.env().set(CACHE, most);
}
