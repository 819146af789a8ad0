// Steps of Adam, compared with the same in doubles.
#pragma once
#include "../instruction_sets.h"
#include "numbers.h"

using latent::Kernels;

/** In place, as in a training, or to other memory. */
static void check_adam(const Kernels& kernels, int64_t count, bool in_place) {
  const latent::AdamRates by{3e-3f, 1e-7f, 0.9f, 0.999f, 0.1f, 1e-3f};
  const Numbers weights = drawn(count, 20), means = drawn(count, 21);
  Numbers squares = drawn(count, 22), gradients = drawn(count, 23);
  for (float& square : squares) square *= square;
  // A gradient that always was 0, and one whose square is too large for a number.
  squares[0] = gradients[0] = 0;
  if (count > 2) gradients[2] = 3e19f;
  Numbers new_weights = weights, new_means = means, new_squares = squares, w = weights, m = means, v = squares;
  latent::Adam of{w.data(), m.data(), v.data(), new_weights.data(), new_means.data(), new_squares.data(), gradients.data()};
  if (in_place) of.weights = of.new_weights, of.means = of.new_means, of.squares = of.new_squares;
  const int64_t middle = count / 3;
  kernels.adam(of, by, 0, middle);
  kernels.adam(of, by, middle, count);
  for (int64_t i = 0; i < count; i++) {
    const double g = gradients[i], mean = means[i] * double{by.keep_mean} + g * by.of_gradient;
    const double square = squares[i] * double{by.keep_square} + g * g * by.of_square;
    const double change = mean * by.rate / (std::sqrt(square) + by.epsilon);
    expect_near("mean", new_means[i], mean, 1e-6);
    if (i == 2) {  // in numbers of 32 bits the square is infinite
      expect_near("weight after a gradient too large", new_weights[i], weights[i], 0);
      continue;
    }
    expect_near("square", new_squares[i], square, 1e-6);
    // A share of the change, and what the weight itself loses.
    expect_near("weight", new_weights[i], weights[i] - change, i == 0 ? 1e-3 : 3e-7 * (1 + std::abs(change)));
  }
}
