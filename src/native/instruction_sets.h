// Every kernel once for each instruction set: the same files, in a namespace of their own, compiled for it. Which one
// runs is decided where it runs, because an addon that was compiled here is carried to other machines.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "adam.h"
#include "attention.h"
#include "columns.h"
#include "convolution.h"
#include "distances.h"
#include "eigen.h"
#include "elements.h"
#include "gram.h"
#include "lstm.h"
#include "matmul.h"
#include "normalize.h"
#include "room.h"

#define LATENT_INLINE inline __attribute__((always_inline))

#if defined(__x86_64__)
namespace latent::avx512 {
#define LATENT_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define LATENT_WIDTH 16
#define LATENT_COLUMNS 4
#include "kernels.inc"
#undef LATENT_TARGET
#undef LATENT_WIDTH
#undef LATENT_COLUMNS
}  // namespace latent::avx512

namespace latent::avx2 {
#define LATENT_TARGET __attribute__((target("avx2,fma")))
#define LATENT_WIDTH 8
#define LATENT_COLUMNS 3
#include "kernels.inc"
#undef LATENT_TARGET
#undef LATENT_WIDTH
#undef LATENT_COLUMNS
}  // namespace latent::avx2
#endif

namespace latent::plain {
#define LATENT_TARGET
#define LATENT_WIDTH 4
#define LATENT_COLUMNS 2
#include "kernels.inc"
#undef LATENT_TARGET
#undef LATENT_WIDTH
#undef LATENT_COLUMNS
}  // namespace latent::plain

namespace latent {

/** The kernels of one instruction set. */
struct Kernels {
  /** How many numbers one instruction takes. */
  int width;
  /** How many rows of a product are computed at once, and how many columns are packed together. */
  int block, tile;
  decltype(&plain::lstm_forward) lstm_forward;
  decltype(&plain::lstm_backward) lstm_backward;
  decltype(&plain::lstm_weights) lstm_weights;
  decltype(&plain::cross_entropy) cross_entropy;
  decltype(&plain::bernoulli) bernoulli;
  decltype(&plain::adam) adam;
  decltype(&plain::gram) gram;
  decltype(&plain::distances) distances;
  decltype(&plain::elect) elect;
  decltype(&plain::group_means) group_means;
  decltype(&plain::normalize) normalize;
  decltype(&plain::normalize_back) normalize_back;
  decltype(&plain::matmul) matmul;
  decltype(&plain::convolve) convolve;
  decltype(&plain::convolve_back) convolve_back;
  decltype(&plain::convolve_filter) convolve_filter;
  decltype(&plain::column_sums) column_sums;
  decltype(&plain::attend) attend;
  decltype(&plain::attend_back) attend_back;
  decltype(&plain::reflect) reflect;
  decltype(&plain::change_rows) change_rows;
  decltype(&plain::bisect) bisect;
  decltype(&plain::inverse_iteration) inverse_iteration;
  decltype(&plain::turn_back) turn_back;
};

#define LATENT_KERNELS(set)                                                                          \
  {set::WIDTH, set::BLOCK, set::TILE, set::lstm_forward, set::lstm_backward, set::lstm_weights,      \
   set::cross_entropy, set::bernoulli, set::adam, set::gram, set::distances, set::elect,             \
   set::group_means, set::normalize, set::normalize_back, set::matmul, set::convolve,                \
   set::convolve_back, set::convolve_filter, set::column_sums, set::attend, set::attend_back,        \
   set::reflect, set::change_rows, set::bisect, set::inverse_iteration, set::turn_back}

/** The kernels for at most `width` numbers at once that this machine can run. */
inline const Kernels& kernels_of(int width) {
  static const Kernels plainly LATENT_KERNELS(plain);
#if defined(__x86_64__)
  static const Kernels widest LATENT_KERNELS(avx512);
  static const Kernels wide LATENT_KERNELS(avx2);
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (has_avx512 && width >= widest.width) return widest;
  if (has_avx2 && width >= wide.width) return wide;
#endif
  return plainly;
}

inline const Kernels& kernels() {
  static const Kernels& best = kernels_of(16);
  return best;
}

}  // namespace latent
