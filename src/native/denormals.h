// Numbers too small for all their digits become 0, as on TensorFlow's threads: where a unit is never active its moments
// fade into such numbers, and a processor takes a hundred times as long for each of them.
#pragma once
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace latent {

/** As long as this lives, on the thread that made it. */
class FlushedDenormals {
 public:
  FlushedDenormals(const FlushedDenormals&) = delete;
  FlushedDenormals& operator=(const FlushedDenormals&) = delete;

#if defined(__x86_64__)
  FlushedDenormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | FLUSH); }
  ~FlushedDenormals() { _mm_setcsr(before_); }

 private:
  static constexpr unsigned FLUSH = _MM_FLUSH_ZERO_ON | 0x40;  // and those that are read are 0

  const unsigned before_;
#else
  FlushedDenormals() {}
#endif
};

}  // namespace latent
