// LatentColumnSums: the sum over all dimensions but the last, which is the gradient of a bias.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

inline void compute_column_sums(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Input x = call.input(0);
  if (!call.expect(!x.sizes.empty(), "LatentColumnSums needs a dimension to keep")) return;
  const int64_t columns = x.sizes.back(), rows = columns == 0 ? 0 : elements(x.sizes) / columns;
  float* const sums = call.output(0, {columns});
  if (call.failed()) return;
  const Table of{x.data, rows, columns};
  // As many numbers as are worth waking a thread for, and whole cache lines.
  const int64_t width = std::max<int64_t>(1, (65536 / std::max<int64_t>(1, rows) + 15) / 16) * 16;
  share_stretches(columns, width, [&](int64_t from, int64_t to) { kernels().column_sums(of, sums, from, to); });
}

}  // namespace latent
