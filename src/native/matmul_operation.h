// LatentMatMul: the product of two matrices, plus a row, perhaps rectified. TensorFlow computes those of a small network on one core.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

struct MatMulAttributes {
  unsigned char has_bias = 0, rectified = 0;

  explicit MatMulAttributes(Reader read) {
    read("has_bias", has_bias);
    read("rectified", rectified);
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

/** Which of the two is transposed is known by the operation's name: where shapes are inferred, attributes are not. */
template <bool A, bool B>
void compute_matmul(void* kernel, TF_OpKernelContext* context) {
  const auto& [has_bias, rectified] = attributes<MatMulAttributes>(kernel);
  Call call(context);
  const Input a = call.input(0), b = call.input(1), bias = call.input(2);
  const bool ranks = a.sizes.size() == 2 && b.sizes.size() == 2;
  if (!call.expect(ranks, "LatentMatMul needs two matrices")) return;
  MatMul of{a.data, b.data, has_bias ? bias.data : nullptr};
  of.transpose_a = A;
  of.transpose_b = B;
  of.rectified = rectified != 0;
  of.rows = a.sizes[A];
  of.inner = a.sizes[!A];
  of.columns = b.sizes[!B];
  const bool fits = b.sizes[B] == of.inner && (!has_bias || bias.sizes == Sizes{of.columns});
  if (!call.expect(fits, "LatentMatMul: the shapes of the matrices and the bias do not fit")) return;
  of.result = call.output(0, {of.rows, of.columns});
  of.call = ++calls();
  if (!call.failed() && of.rows > 0 && of.columns > 0) share_product(of);
}

}  // namespace latent
