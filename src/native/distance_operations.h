// LatentDistances, LatentNearest, LatentElection and LatentGroupMeans: squared distances of rows from points and means of
// rows, for k-means.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

/** Rows of so many differences that waking a thread is worth it. */
inline int64_t stretch_of(const Distances& of) {
  return std::max<int64_t>(64, 262144 / std::max<int64_t>(1, of.columns * of.count));
}

inline void share_distances(const Distances& of, const Nearest* nearest) {
  share_stretches(of.rows, stretch_of(of), [&](int64_t from, int64_t to) {
    kernels().distances(of, nearest, from, to);
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

  explicit NearestAttributes(Reader read) { read("group", group); }
};

inline void compute_nearest(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0), points = call.input(1);
  if (!fit(call, table, points)) return;
  const Distances of{table.data, points.data, table.sizes[0], table.sizes[1], points.sizes[0]};
  Nearest nearest{attributes<NearestAttributes>(kernel).group};
  const bool whole = nearest.group >= 1 && of.count % nearest.group == 0;
  if (!call.expect(whole, "LatentNearest needs whole groups of points")) return;
  const Sizes sizes{of.rows, of.count / nearest.group};
  nearest.which = call.output<int32_t>(0, sizes, TF_INT32);
  nearest.distances = call.output(1, sizes);
  if (!call.failed()) share_distances(of, &nearest);
}

struct ElectionAttributes {
  int64_t candidates = 0;

  explicit ElectionAttributes(Reader read) { read("candidates", candidates); }
};

/** Which candidate of each run leaves the least sum of distances: the first of several. */
inline void choose(const Distances& of, const Election& in, int32_t* chosen) {
  const int64_t stretch = stretch_of(of), stretches = (of.rows + stretch - 1) / stretch;
  std::vector<double> left((stretches + 1) * of.count);
  double* sums = &left[stretches * of.count];
  share_stretches(of.rows, stretch, [&](int64_t from, int64_t to) {
    kernels().elect(of, in, from, to, &left[from / stretch * of.count]);
  });
  for (int64_t i = 0; i < stretches * of.count; i++) sums[i % of.count] += left[i];
  for (int64_t run = 0; run < of.count / in.candidates; run++) {
    const double* own = sums + run * in.candidates;
    chosen[run] = static_cast<int32_t>(std::min_element(own, own + in.candidates) - own);
  }
}

inline void compute_election(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0), points = call.input(1), before = call.input(2);
  if (!fit(call, table, points)) return;
  const Distances of{table.data, points.data, table.sizes[0], table.sizes[1], points.sizes[0]};
  Election in{attributes<ElectionAttributes>(kernel).candidates, before.data};
  const bool whole = in.candidates >= 1 && of.count % in.candidates == 0;
  if (!call.expect(whole, "LatentElection needs as many candidates in each run")) return;
  const int64_t runs = of.count / in.candidates;
  const bool fits = before.sizes == Sizes{of.rows, runs};
  if (!call.expect(fits, "LatentElection needs the distance of each row in each run")) return;
  int32_t* chosen = call.output<int32_t>(0, {runs}, TF_INT32);
  float* distances = call.output(1, before.sizes);
  if (call.failed()) return;
  const std::unique_ptr<float[]> after(new float[of.rows * of.count]);
  in.after = after.get();
  choose(of, in, chosen);
  for (int64_t i = 0; i < of.rows * runs; i++) distances[i] = after[i * in.candidates + chosen[i % runs]];
}

struct GroupMeansAttributes {
  int64_t count = 0;

  explicit GroupMeansAttributes(Reader read) { read("count", count); }
};

inline void compute_group_means(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input table = call.input(0);
  const InputOf<int32_t> groups = call.input<int32_t>(1);
  const bool fits = table.sizes.size() == 2 && groups.sizes.size() == 2 && table.sizes[0] == groups.sizes[0];
  if (!call.expect(fits, "LatentGroupMeans needs a group for each row")) return;
  GroupMeans of{table.data, groups.data, table.sizes[0], table.sizes[1], groups.sizes[1]};
  of.count = attributes<GroupMeansAttributes>(kernel).count;
  const auto known = [&](int32_t group) { return group >= 0 && group < of.count; };
  const bool all_known = std::all_of(of.groups, of.groups + of.rows * of.ways, known);
  if (!call.expect(all_known, "LatentGroupMeans needs groups below their count")) return;
  of.means = call.output(0, {of.ways, of.count, of.columns});
  if (call.failed()) return;
  constexpr int64_t COLUMNS = 64;
  const int64_t across = (of.columns + COLUMNS - 1) / COLUMNS;
  crew().share(static_cast<int>(of.ways * across), [&](int i) {
    const int64_t from = i % across * COLUMNS;
    kernels().group_means(of, i / across, from, std::min(of.columns, from + COLUMNS));
  });
}

}  // namespace latent
