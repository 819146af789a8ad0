// Squared distances of the rows of a table from some points: what the kernels of distances.inc are given.
#pragma once
#include <cstdint>

namespace latent {

struct Distances {
  /** `[rows, columns]` and `[points, columns]`. */
  const float *table, *points;
  int64_t rows, columns, count;
  /** `[rows, points]`, or null where only the nearest points are asked for. */
  float* distances;
};

/** The nearest of each `group` of points: which one of the group, and how far. Both `[rows, points / group]`. */
struct Nearest {
  int64_t group;
  int32_t* which;
  float* distances;
};

}  // namespace latent
