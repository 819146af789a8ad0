// Squared distances of the rows of a table from some points, and means of rows: what the kernels of distances.inc are
// given.
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

/** What k-means++ asks of points, `candidates` of which stand for election in each of several runs. */
struct Election {
  int64_t candidates;
  /** How far the nearest point that is in already lies: `[rows, runs]`. */
  const float* before;
  /** The same with each candidate, `[rows, points]`. */
  float* after;
};

/** The mean of the rows of each group, for several ways to group them. */
struct GroupMeans {
  const float* table;
  /** `[rows, ways]`: a number from 0 to `count - 1` each. */
  const int32_t* groups;
  int64_t rows, columns, ways, count;
  /** `[ways, count, columns]`: zeros for a group without rows. */
  float* means;
};

}  // namespace latent
