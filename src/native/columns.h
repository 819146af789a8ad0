// The columns of a table: what the kernel of columns.inc is given.
#pragma once
#include <cstdint>

namespace latent {

struct Table {
  const float* data;
  int64_t rows, columns;
};

}  // namespace latent
