// Memory for kernels, from the start of a cache line on: a vector that lies across two of them takes twice as long.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>

namespace latent {

struct GivenBack {
  static constexpr std::align_val_t LINE{64};

  void operator()(float* numbers) const { ::operator delete[](numbers, LINE); }
};

using Scratch = std::unique_ptr<float[], GivenBack>;

inline Scratch undefined(int64_t count) {
  return Scratch(static_cast<float*>(::operator new[](static_cast<size_t>(count) * sizeof(float), GivenBack::LINE)));
}

inline Scratch zeros(int64_t count) {
  Scratch made = undefined(count);
  std::fill_n(made.get(), count, 0.0f);
  return made;
}

/** Memory that a thread keeps for the next time: fresh memory of its size would come from the system, page by page. */
class Room {
 public:
  /** Space for `count` undefined numbers; what was there before is lost. */
  float* of(int64_t count) {
    if (count > size_) {
      numbers_ = undefined(count);
      size_ = count;
    }
    return numbers_.get();
  }

 private:
  Scratch numbers_;
  int64_t size_ = 0;
};

}  // namespace latent
