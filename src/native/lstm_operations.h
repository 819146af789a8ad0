// LatentLstm and LatentLstmGrad: an LSTM layer but for the products with the input, which TensorFlow does well.
#pragma once
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

struct LstmAttributes {
  int64_t time = 0;
  unsigned char repeated = 0, hard = 0;

  explicit LstmAttributes(Reader read) {
    read("time", time);
    read("repeated", repeated);
    read("hard", hard);
  }
};

/** Shares sequences out: a core gets two stretches of whole blocks, so that the last one to finish is soon done. */
template <class Stretch>
void share_sequences(int64_t batch, const Stretch& stretch) {
  const int64_t blocks = (batch + 5) / 6;
  const int parts = static_cast<int>(std::min<int64_t>(blocks, crew().size() == 1 ? 1 : 2 * crew().size()));
  crew().share(parts, [&](int i) { stretch(blocks * i / parts * 6, std::min(batch, blocks * (i + 1) / parts * 6)); });
}

inline void compute_lstm(void* kernel, TF_OpKernelContext* context) {
  const auto& [time, repeated, hard] = attributes<LstmAttributes>(kernel);
  Call call(context);
  const Input projected = call.input(0), recurrent = call.input(1), bias = call.input(2);
  if (!call.expect(time >= 1 && recurrent.sizes.size() == 2, "LatentLstm needs a time and a recurrent kernel")) return;
  const int64_t u = recurrent.sizes[0], batch = projected.sizes.empty() ? 0 : projected.sizes[0];
  const Sizes expected = repeated ? Sizes{batch, 4 * u} : Sizes{batch, time, 4 * u};
  const bool fits = projected.sizes == expected && recurrent.sizes[1] == 4 * u && bias.sizes == Sizes{4 * u};
  if (!call.expect(fits, "LatentLstm: the shapes of projected input, recurrent kernel and bias do not fit")) return;
  LstmForward at{projected.data, recurrent.data, bias.data};
  at.gates = call.output(0, {batch, time, 4 * u});
  at.cells = call.output(1, {batch, time, u});
  at.squashed = call.output(2, {batch, time, u});
  at.outputs = call.output(3, {batch, time, u});
  at.last = call.output(4, {batch, u});
  if (call.failed()) return;
  const Lstm of{batch, time, u, repeated != 0, hard != 0};
  share_sequences(batch, [&](int64_t from, int64_t to) { kernels().lstm_forward(of, at, from, to); });
}

inline void compute_lstm_gradient(void* kernel, TF_OpKernelContext* context) {
  const auto& [time, repeated, hard] = attributes<LstmAttributes>(kernel);
  Call call(context);
  const Input gates = call.input(0), cells = call.input(1), squashed = call.input(2), outputs = call.input(3);
  const Input recurrent = call.input(4), outer = call.input(5);
  const bool ranks = recurrent.sizes.size() == 2 && gates.sizes.size() == 3;
  if (!call.expect(ranks, "LatentLstmGrad needs gates and a recurrent kernel")) return;
  const int64_t u = recurrent.sizes[0], batch = gates.sizes[0];
  const Sizes each{batch, time, u};
  const bool fits = gates.sizes == Sizes{batch, time, 4 * u} && cells.sizes == each && squashed.sizes == each &&
                    outputs.sizes == each && recurrent.sizes[1] == 4 * u;
  const bool all = outer.sizes == each;
  if (!call.expect(fits && (all || outer.sizes == Sizes{batch, u}), "LatentLstmGrad: the shapes do not fit")) return;
  LstmBackward at{gates.data, cells.data, squashed.data, recurrent.data};
  (all ? at.of_outputs : at.of_last) = outer.data;
  at.sums = call.output(0, {batch, time, 4 * u});
  float* const totals = call.output(1, repeated ? Sizes{batch, 4 * u} : Sizes{0});
  LstmWeights weights{outputs.data, at.sums};
  weights.recurrent = call.output(2, {u, 4 * u});
  weights.bias = call.output(3, {4 * u});
  if (call.failed()) return;
  at.totals = repeated ? totals : nullptr;
  const Lstm of{batch, time, u, repeated != 0, hard != 0};
  share_sequences(batch, [&](int64_t from, int64_t to) { kernels().lstm_backward(of, at, from, to); });
  // Columns at a time that a core's cache holds for a group of sequences; the same ones on every machine.
  constexpr int64_t COLUMNS = 64;
  share_stretches(4 * u, COLUMNS, [&](int64_t from, int64_t to) { kernels().lstm_weights(of, weights, from, to); });
}

}  // namespace latent
