// LatentDistances and LatentNearest: squared distances of rows from points, for k-means.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

/** Shares rows out in stretches of so many differences that waking a thread is worth it. */
inline void share_distances(const Distances& of, const Nearest* nearest) {
  const int64_t each = std::max<int64_t>(1, of.columns * of.count);
  const int64_t stretch = std::max<int64_t>(64, 262144 / each);
  const int parts = static_cast<int>((of.rows + stretch - 1) / stretch);
  crew().share(parts, [&](int i) {
    kernels().distances(of, nearest, i * stretch, std::min(of.rows, (i + 1) * stretch));
  });
}

inline bool fit(Call& call, const Input& table, const Input& points) {
  const bool fits = table.sizes.size() == 2 && points.sizes.size() == 2 && table.sizes[1] == points.sizes[1];
  return call.expect(fits, "LatentDistances needs rows and points with as many entries");
}

inline void compute_distances(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0), points = call.input(1);
  if (!fit(call, table, points)) return;
  Distances of{table.data, points.data, table.sizes[0], table.sizes[1], points.sizes[0]};
  of.distances = call.output(0, {of.rows, of.count});
  if (!call.failed()) share_distances(of, nullptr);
}

struct NearestAttributes {
  int64_t group = 0;

  static void* read(TF_OpKernelConstruction* construction) {
    auto* made = new NearestAttributes;
    TF_Status* status = TF_NewStatus();
    TF_OpKernelConstruction_GetAttrInt64(construction, "group", &made->group, status);
    if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
    TF_DeleteStatus(status);
    return made;
  }

  static void destroy(void* made) { delete static_cast<NearestAttributes*>(made); }
};

inline void compute_nearest(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0), points = call.input(1);
  if (!fit(call, table, points)) return;
  const Distances of{table.data, points.data, table.sizes[0], table.sizes[1], points.sizes[0]};
  Nearest nearest{static_cast<const NearestAttributes*>(kernel)->group};
  const bool whole = nearest.group >= 1 && of.count % nearest.group == 0;
  if (!call.expect(whole, "LatentNearest needs whole groups of points")) return;
  const Sizes sizes{of.rows, of.count / nearest.group};
  nearest.which = call.output<int32_t>(0, sizes, TF_INT32);
  nearest.distances = call.output(1, sizes);
  if (!call.failed()) share_distances(of, &nearest);
}

}  // namespace latent
