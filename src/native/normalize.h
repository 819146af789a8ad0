// Layer normalisation of rows: what the kernels of normalize.inc are given.
#pragma once
#include <cstdint>

namespace latent {

struct Normalize {
  /** `[rows, columns]`, `[columns]` each. */
  const float *x, *gain, *offset;
  int64_t rows, columns;
  float epsilon;
  /** Results and rows of mean 0 and variance 1, `[rows, columns]`, and what the rows were divided by, inverted. */
  float *result, *standard, *inverse;
};

struct NormalizeBack {
  const float *of_result, *standard, *inverse, *gain;
  /** Added to the gradient of the rows, `[rows, columns]`, or null. */
  const float* other;
  int64_t rows, columns;
  float* of_x;
  /** Sums over the rows of a stretch for gain and offset, `[stretches, 2, columns]`. */
  float* parts;
};

}  // namespace latent
