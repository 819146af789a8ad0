// LatentGram: (x - centre)ᵀ(x - centre) without a copy of x, and half the work of a product that is not symmetric.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

inline void compute_gram(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0), centre = call.input(1);
  const bool fits = table.sizes.size() == 2 && centre.sizes == Sizes{table.sizes[1]};
  if (!call.expect(fits, "LatentGram needs a table and a number to subtract for each of its columns")) return;
  Gram of{table.data, centre.data, table.sizes[0], table.sizes[1]};
  of.products = call.output(0, {of.columns, of.columns});
  of.sums = call.output(1, {of.columns});
  if (call.failed()) return;
  constexpr int64_t COLUMNS = 128;
  // The first parts are the largest: the last ones fill up what time is left.
  share_stretches(of.columns, COLUMNS, [&](int64_t from, int64_t to) { kernels().gram(of, from, to); });
}

}  // namespace latent
