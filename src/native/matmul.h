// The product of two matrices: what the kernel of matmul.inc is given.
#pragma once
#include <cstdint>

namespace latent {

struct MatMul {
  /** `[rows, inner]` and `[inner, columns]`, or each the other way round where it is transposed. */
  const float *a, *b;
  /** Added to every row, `[columns]`, or null. */
  const float* bias;
  /** `[rows, columns]`: what the finished result is multiplied with, as 1 where it is above 0 and else 0, or added to. */
  const float* other;
  int64_t rows, columns, inner;
  bool transpose_a, transpose_b;
  /** Numbers below 0 become 0. */
  bool rectified;
  /** What is done with `other`: the gradient of a rectified layer is masked. Not both. */
  bool masked, added;
  /** Each number becomes its sigmoid. */
  bool squashed;
  /** `[rows, columns]`. */
  float* result;
  /** Of the columns of `b`, which is not transposed then: `[columns]`, or null. */
  float* sums;
  /** Another number for each product, so that a core can tell whose columns it has; or 0. */
  uint64_t call = 0;
};

/** A rectangle of the result. */
struct Tile {
  int64_t row, rows, column, columns;
};

}  // namespace latent
