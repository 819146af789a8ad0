// An LSTM over all its time steps: what the kernels of lstm.inc are given.
#pragma once
#include <cstdint>

namespace latent {

/** Gates stand in Keras' order: input, forget, candidate, output. A tensor's rows lie one after the other. */
struct Lstm {
  int64_t batch, time, units;
  /** The projected input is one row for all time steps, `[batch, 4 units]`. */
  bool repeated;
  /** Gates are hard sigmoids, clip(0.2 x + 0.5, 0, 1). */
  bool hard;
};

struct LstmForward {
  /** Input times kernel, `[batch, time, 4 units]` or for a repeated one `[batch, 4 units]`. */
  const float* projected;
  /** `[units, 4 units]` and `[4 units]`. */
  const float *recurrent, *bias;
  /** `[batch, time, 4 units]`, then `[batch, time, units]` each: the last is the tanh of the cells. */
  float *gates, *cells, *squashed;
  /** `[batch, time, units]`, and the last of each sequence, `[batch, units]`. */
  float *outputs, *last;
};

struct LstmBackward {
  const float *gates, *cells, *squashed, *recurrent;
  /** Gradient of all outputs, or null and then `of_last` is that of the last ones. */
  const float *of_outputs, *of_last;
  /** Gradient of the gates' sums, `[batch, time, 4 units]`. */
  float* sums;
  /** Its total over time, `[batch, 4 units]`, for a repeated input; else null. */
  float* totals;
};

struct LstmWeights {
  const float *outputs, *sums;
  /** Gradients of the recurrent kernel and of the bias. */
  float *recurrent, *bias;
};

}  // namespace latent
