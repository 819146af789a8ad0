// LatentMatMul: the product of two matrices, plus a row, perhaps rectified, squashed, masked or added to. TensorFlow computes
// those of a small network on one core.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

struct MatMulAttributes {
  unsigned char has_bias = 0, rectified = 0, masked = 0, added = 0, squashed = 0;

  explicit MatMulAttributes(Reader read) {
    read("has_bias", has_bias);
    read("rectified", rectified);
    read("masked", masked);
    read("added", added);
    read("squashed", squashed);
  }
};

/** Shares the result out in tiles, several for each core, of which each is worth waking it for. */
inline void share_product(const MatMul& of) {
  constexpr int64_t WORTH = 1 << 19;
  /** Rows of a low tile: all of them go through the same columns, which come from far. */
  constexpr int64_t LOW = 32;
  const int64_t width = kernels().tile, terms = of.rows * of.columns * of.inner;
  const int64_t across = (of.columns + width - 1) / width, block = kernels().block, blocks = (of.rows + block - 1) / block;
  const int64_t wanted = crew().size() == 1 ? 1 : std::min<int64_t>(4 * crew().size(), terms / WORTH + 1);
  const int64_t down = std::max<int64_t>(1, std::min((wanted + across - 1) / across, of.rows / LOW));
  crew().share(static_cast<int>(wanted == 1 ? 1 : across * down), [&](int i) {
    if (wanted == 1) {
      for (int64_t c = 0; c < of.columns; c += width)
        kernels().matmul(of, {0, of.rows, c, std::min(width, of.columns - c)});
      return;
    }
    const int64_t column = i / down * width, part = i % down;
    const int64_t from = blocks * part / down * block, to = std::min(of.rows, blocks * (part + 1) / down * block);
    kernels().matmul(of, {from, to - from, column, std::min(width, of.columns - column)});
  });
}

inline std::atomic<uint64_t>& calls() {
  static std::atomic<uint64_t> count{0};
  return count;
}

/** Whether the product can be computed as it is asked for. */
inline bool expect_product(Call& call, const MatMul& of, const Sizes& bias, const Sizes& other) {
  const bool row = !of.bias || bias == Sizes{of.columns};
  if (!call.expect(row, "LatentMatMul: the shapes of the matrices and the bias do not fit")) return false;
  if (!call.expect(!of.masked || !of.added, "LatentMatMul masks its result or adds to it, and does not do both")) return false;
  const bool same = !(of.masked || of.added) || other == Sizes{of.rows, of.columns};
  return call.expect(same, "LatentMatMul: what masks the result or is added to it needs the result's shape");
}

/**
 * Which of the two is transposed is known by the operation's name: where shapes are inferred, attributes are not. With SUMS
 * the sums of the second's columns are a second result: of a layer, the gradient of the bias beside that of the weights.
 */
template <bool A, bool B, bool SUMS = false>
void compute_matmul(void* kernel, TF_OpKernelContext* context) {
  const auto& [has_bias, rectified, masked, added, squashed] = attributes<MatMulAttributes>(kernel);
  Call call(context);
  const Input a = call.input(0), b = call.input(1), bias = call.input(2), other = call.input(3);
  const bool ranks = a.sizes.size() == 2 && b.sizes.size() == 2;
  if (!call.expect(ranks, "LatentMatMul needs two matrices")) return;
  MatMul of{a.data, b.data, has_bias ? bias.data : nullptr, other.data};
  of.transpose_a = A;
  of.transpose_b = B;
  of.rectified = rectified != 0;
  of.masked = masked != 0;
  of.added = added != 0;
  of.squashed = squashed != 0;
  of.rows = a.sizes[A];
  of.inner = a.sizes[!A];
  of.columns = b.sizes[!B];
  if (!call.expect(b.sizes[B] == of.inner, "LatentMatMul: the shapes of the matrices do not fit")) return;
  if (!expect_product(call, of, bias.sizes, other.sizes)) return;
  of.result = call.output(0, {of.rows, of.columns});
  of.sums = SUMS ? call.output(1, {of.columns}) : nullptr;
  of.call = ++calls();
  if (call.failed()) return;
  if (of.rows > 0 && of.columns > 0) share_product(of);
  else if (SUMS && of.columns > 0) kernels().column_sums({of.b, of.inner, of.columns}, of.sums, 0, of.columns);
}

}  // namespace latent
