// LatentAdam: a step of Adam on all weights. TensorFlow's own wakes threads for each weight, which takes longer than a step
// on a small network. It writes over weights and moments where nobody else holds them.
#pragma once
#include <cmath>

#include "crew.h"
#include "element_operations.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

inline AdamRates adam_rates(Call& call, int first) {
  float scalars[ADAM_SCALARS];
  for (int i = 0; i < ADAM_SCALARS; i++) {
    const Input scalar = call.input(first + i);
    if (!call.expect(scalar.sizes.empty(), "LatentAdam: a rate is no scalar")) return {};
    scalars[i] = *scalar.data;
  }
  const auto [power_of_mean, power_of_square, rate, keep_mean, keep_square, of_gradient, of_square, epsilon] = scalars;
  const float corrected = rate * std::sqrt(1 - power_of_square) / (1 - power_of_mean);
  return {corrected, epsilon, keep_mean, keep_square, of_gradient, of_square};
}

/** What is done to weight number `i` of `count`. */
inline Adam adam_of(Call& call, int i, int count) {
  const int mean = count + i, square = 2 * count + i, gradient = 3 * count + i;
  const auto [gradients, sizes] = call.input(gradient);
  Adam of{};
  of.gradients = gradients;
  of.new_weights = call.output_over(i, i, sizes);
  of.new_means = call.output_over(mean, mean, sizes);
  of.new_squares = call.output_over(square, square, sizes);
  const Input weights = call.input(i), means = call.input(mean), squares = call.input(square);
  const bool fit = weights.sizes == sizes && means.sizes == sizes && squares.sizes == sizes;
  call.expect(fit, "LatentAdam: a weight, its moments and its gradient have different shapes");
  of.weights = weights.data;
  of.means = means.data;
  of.squares = squares.data;
  return of;
}

inline void compute_adam(void*, TF_OpKernelContext* context) {
  struct Part {
    Adam of;
    int64_t from, to;
  };
  Call call(context);
  const int count = (TF_NumInputs(context) - ADAM_SCALARS) / 4;
  const AdamRates by = adam_rates(call, 4 * count);
  std::vector<Part> parts;
  for (int i = 0; i < count && !call.failed(); i++) {
    const Adam of = adam_of(call, i, count);
    const int64_t size = elements(call.input(i).sizes);
    for (int64_t from = 0; from < size; from += ELEMENTS) parts.push_back({of, from, std::min(size, from + ELEMENTS)});
  }
  if (call.failed()) return;
  crew().share(static_cast<int>(parts.size()), [&](int i) { kernels().adam(parts[i].of, by, parts[i].from, parts[i].to); });
}

}  // namespace latent
