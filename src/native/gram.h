// Products of the columns of a table with each other: what the kernel of gram.inc is given.
#pragma once
#include <cstdint>

namespace latent {

struct Gram {
  /** `[rows, columns]`, and what is subtracted from each row, `[columns]`. */
  const float *table, *centre;
  int64_t rows, columns;
  /** Sums over rows of the products of any two columns, `[columns, columns]`, and of each column, `[columns]`. */
  float *products, *sums;
};

}  // namespace latent
