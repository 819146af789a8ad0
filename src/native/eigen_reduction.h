// A symmetric matrix made tridiagonal on all cores.
#pragma once
#include <array>
#include <utility>

#include "crew.h"
#include "instruction_sets.h"

namespace latent {

/**
 * Calls part(0) … part(ROW_GROUPS - 1) on all cores, of which each begins with the parts that it had the last time, since
 * their rows are in its cache. `round` is another number each time, and not zero.
 */
class RowGroups {
 public:
  template <class Part>
  void share(int64_t round, const Part& part) {
    const int64_t hands = std::min<int64_t>(crew().size(), ROW_GROUPS);
    crew().share(static_cast<int>(hands), [&](int hand) {
      for (int64_t i = 0; i < ROW_GROUPS; i++) {
        const int64_t group = (hand * ROW_GROUPS / hands + i) % ROW_GROUPS;
        if (taken_[group].exchange(round) != round) part(group);
      }
    });
  }

 private:
  std::array<std::atomic<int64_t>, ROW_GROUPS> taken_{};
};

/** What a reduction writes on. */
class Tridiagonal {
 public:
  Tridiagonal(const float* symmetric, int64_t size)
      : row_((size + 7) / 8 * 8), numbers_(new double[(size + 6 + ROW_GROUPS) * row_]()) {
    double* at = numbers_.get();
    const auto take = [&](int64_t rows) { return std::exchange(at, at + rows * row_); };
    of = {size, row_, take(size), take(1), take(1), take(1), take(1), take(1), take(1), take(ROW_GROUPS)};
    for (int64_t i = 0; i < size; i++) std::copy_n(symmetric + i * size, i + 1, of.matrix + i * row_);
  }

  void reduce() {
    constexpr int64_t WORTH = 128;
    RowGroups groups;
    for (int64_t m = of.size - 1; m >= 0; m--) {
      kernels().reflect(of, m);
      const auto change = [&](int64_t group) { kernels().change_rows(of, m, group); };
      if (m >= WORTH) groups.share(m, change);
      else for (int64_t group = 0; group < ROW_GROUPS; group++) change(group);
    }
  }

  Reduction of;

 private:
  int64_t row_;
  std::unique_ptr<double[]> numbers_;
};

}  // namespace latent
