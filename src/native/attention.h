// Attention of several heads: what the kernels of attention.inc are given.
#pragma once
#include <cstdint>

namespace latent {

/** A head is a stretch of `size` columns of the `heads · size` that a row has. */
struct Attention {
  int64_t batch, places, heads, size;
  /** A place attends to itself and those before it only. */
  bool causal;

  int64_t width() const { return heads * size; }
};

/** All `[batch, places, width]`, but `weights` `[batch, heads, places, places]`: how much a place attends to each. */
struct AttentionForward {
  const float *query, *key, *value;
  float *mixed, *weights;
};

struct AttentionBackward {
  const float *of_mixed, *query, *key, *value, *weights;
  float *of_query, *of_key, *of_value;
};

}  // namespace latent
