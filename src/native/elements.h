// Kernels of each element: what those of entropy.inc and bernoulli.inc are given.
#pragma once
#include <cstdint>

namespace latent {

struct CrossEntropy {
  const float *labels, *logits;
  float *values, *slopes;
};

struct Bernoulli {
  const float* probabilities;
  float* drawn;
  /** Seed and number of the draw. */
  uint64_t seed[2];
};

}  // namespace latent
