// LatentCrossEntropy and LatentBernoulli: several operations of TensorFlow on each element, in one pass over memory.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

/** Elements in a stretch that is worth waking a thread for. */
constexpr int64_t ELEMENTS = 16384;

inline void compute_cross_entropy(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Input labels = call.input(0), logits = call.input(1);
  if (!call.expect(labels.sizes == logits.sizes, "LatentCrossEntropy: labels and logits have different shapes")) return;
  CrossEntropy at{labels.data, logits.data};
  at.values = call.output(0, logits.sizes);
  at.slopes = call.output(1, logits.sizes);
  if (call.failed()) return;
  share_stretches(elements(logits.sizes), ELEMENTS, [&](int64_t from, int64_t to) { kernels().cross_entropy(at, from, to); });
}

inline void compute_bernoulli(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Input probabilities = call.input(0);
  const auto [seed, sizes] = call.input<int32_t>(1);
  if (!call.expect(sizes == Sizes{2}, "LatentBernoulli needs a seed of two numbers")) return;
  // TensorFlow widens them with their signs.
  const uint64_t wide[2] = {static_cast<uint64_t>(int64_t{seed[0]}), static_cast<uint64_t>(int64_t{seed[1]})};
  Bernoulli at{probabilities.data, nullptr, {wide[0], wide[1]}};
  at.drawn = call.output(0, probabilities.sizes);
  if (call.failed()) return;
  share_stretches(elements(probabilities.sizes), ELEMENTS, [&](int64_t from, int64_t to) { kernels().bernoulli(at, from, to); });
}

}  // namespace latent
