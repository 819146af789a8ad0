// LatentAttention and LatentAttentionGrad: attention of several heads, for which TensorFlow takes products of many small
// matrices and several passes over memory between them.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

struct AttentionAttributes {
  int64_t heads = 0;
  unsigned char causal = 0;

  explicit AttentionAttributes(Reader read) {
    read("heads", heads);
    read("causal", causal);
  }
};

inline bool measure(Call& call, void* kernel, const Sizes& sizes, Attention& of) {
  const auto& [heads, causal] = attributes<AttentionAttributes>(kernel);
  const bool fits = sizes.size() == 3 && heads >= 1 && sizes[2] % heads == 0;
  if (!call.expect(fits, "LatentAttention needs rows of places, which the heads divide")) return false;
  of = {sizes[0], sizes[1], heads, sizes[2] / heads, causal != 0};
  return true;
}

/** Shares heads of sequences out, some at a time. */
template <class Stretch>
void share_heads(const Attention& of, const Stretch& stretch) {
  constexpr int64_t WORTH = 1 << 17;
  const int64_t each = std::max<int64_t>(1, of.places * of.places * of.size);
  share_stretches(of.batch * of.heads, std::max<int64_t>(1, WORTH / each), stretch);
}

inline void compute_attention(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input query = call.input(0), key = call.input(1), value = call.input(2);
  Attention of;
  if (!measure(call, kernel, query.sizes, of)) return;
  const bool alike = key.sizes == query.sizes && value.sizes == query.sizes;
  if (!call.expect(alike, "LatentAttention needs queries, keys and values of one shape")) return;
  AttentionForward at{query.data, key.data, value.data};
  at.mixed = call.output(0, query.sizes);
  at.weights = call.output(1, {of.batch, of.heads, of.places, of.places});
  if (call.failed()) return;
  share_heads(of, [&](int64_t from, int64_t to) { kernels().attend(of, at, from, to); });
}

inline void compute_attention_gradient(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input of_mixed = call.input(0), query = call.input(1), key = call.input(2), value = call.input(3);
  const Input weights = call.input(4);
  Attention of;
  if (!measure(call, kernel, query.sizes, of)) return;
  const bool alike = key.sizes == query.sizes && value.sizes == query.sizes && of_mixed.sizes == query.sizes &&
                     weights.sizes == Sizes{of.batch, of.heads, of.places, of.places};
  if (!call.expect(alike, "LatentAttentionGrad: the shapes do not fit")) return;
  AttentionBackward at{of_mixed.data, query.data, key.data, value.data, weights.data};
  at.of_query = call.output(0, query.sizes);
  at.of_key = call.output(1, query.sizes);
  at.of_value = call.output(2, query.sizes);
  if (call.failed()) return;
  share_heads(of, [&](int64_t from, int64_t to) { kernels().attend_back(of, at, from, to); });
}

}  // namespace latent
