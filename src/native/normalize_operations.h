// LatentNormalize and LatentNormalizeGrad: layer normalisation, for which TensorFlow takes twenty passes over memory.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

/** Rows in a stretch: always the same ones, so that sums over rows do not depend on the number of cores. */
constexpr int64_t NORMALIZED_ROWS = 256;

struct NormalizeAttributes {
  float epsilon = 0;

  explicit NormalizeAttributes(Reader read) { read("epsilon", epsilon); }
};

struct NormalizeGradAttributes {
  unsigned char added = 0;

  explicit NormalizeGradAttributes(Reader read) { read("added", added); }
};

inline void compute_normalize(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input x = call.input(0), gain = call.input(1), offset = call.input(2);
  const bool fits = x.sizes.size() == 2 && gain.sizes == Sizes{x.sizes[1]} && offset.sizes == gain.sizes;
  if (!call.expect(fits, "LatentNormalize needs rows, and a gain and an offset for each of their entries")) return;
  Normalize of{x.data, gain.data, offset.data, x.sizes[0], x.sizes[1]};
  of.epsilon = attributes<NormalizeAttributes>(kernel).epsilon;
  of.result = call.output(0, x.sizes);
  of.standard = call.output(1, x.sizes);
  of.inverse = call.output(2, {of.rows});
  if (call.failed()) return;
  share_stretches(of.rows, NORMALIZED_ROWS, [&](int64_t from, int64_t to) { kernels().normalize(of, from, to); });
}

inline void compute_normalize_gradient(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input of_result = call.input(0), standard = call.input(1), inverse = call.input(2), gain = call.input(3);
  const Input other = call.input(4);
  const bool added = attributes<NormalizeGradAttributes>(kernel).added;
  const bool ranks = of_result.sizes.size() == 2 && standard.sizes == of_result.sizes;
  const bool fits = ranks && inverse.sizes == Sizes{of_result.sizes[0]} && gain.sizes == Sizes{of_result.sizes[1]};
  if (!call.expect(fits, "LatentNormalizeGrad: the shapes do not fit")) return;
  const bool same = !added || other.sizes == of_result.sizes;
  if (!call.expect(same, "LatentNormalizeGrad: what is added needs the shape of the rows")) return;
  NormalizeBack of{of_result.data, standard.data, inverse.data, gain.data, added ? other.data : nullptr};
  of.rows = of_result.sizes[0];
  of.columns = of_result.sizes[1];
  of.of_x = call.output(0, of_result.sizes);
  float* const of_gain = call.output(1, gain.sizes);
  float* const of_offset = call.output(2, gain.sizes);
  if (call.failed()) return;
  const int64_t count = (of.rows + NORMALIZED_ROWS - 1) / NORMALIZED_ROWS;
  const std::unique_ptr<float[]> parts(new float[count * 2 * of.columns]);
  of.parts = parts.get();
  share_stretches(of.rows, NORMALIZED_ROWS, [&](int64_t from, int64_t to) {
    kernels().normalize_back(of, from / NORMALIZED_ROWS, from, to);
  });
  for (int64_t j = 0; j < of.columns; j++) {
    of_gain[j] = of_offset[j] = 0;
    for (int64_t i = 0; i < count; i++) {
      of_gain[j] += parts[i * 2 * of.columns + j];
      of_offset[j] += parts[(i * 2 + 1) * of.columns + j];
    }
  }
}

}  // namespace latent
