// Convolutions and their gradients, compared with the same in plain loops of doubles.
#pragma once
#include "../instruction_sets.h"
#include "numbers.h"

using latent::Convolution;
using latent::Kernels;

/** Calls term(image, weight, result) for each term of the sums, by the places of its three numbers. */
template <class Term>
static void each_term(const Convolution& of, const Term& term) {
  for (int64_t r = 0; r < of.rows(); r++)
    for (int64_t j = 0; j < of.out_width; j++)
      for (int64_t k = 0; k < of.down; k++)
        for (int64_t l = 0; l < of.across; l++) {
          const int64_t y = r % of.out_height * of.step_down - of.top + k, x = j * of.step_across - of.left + l;
          if (y < 0 || y >= of.height || x < 0 || x >= of.width) continue;
          for (int64_t c = 0; c < of.channels; c++)
            for (int64_t f = 0; f < of.filters; f++)
              term(((r / of.out_height * of.height + y) * of.width + x) * of.channels + c,
                   ((k * of.across + l) * of.channels + c) * of.filters + f, (r * of.out_width + j) * of.filters + f);
        }
}

static void expect_all(const char* what, const Numbers& ours, const std::vector<double>& exact, const float* bias,
                       int64_t period) {
  for (size_t i = 0; i < exact.size(); i++)
    expect_near(what, ours[i], bias ? std::fmax(0, exact[i] + bias[i % period]) : exact[i], 2e-5);
}

static void check_convolution(const Kernels& kernels, const Convolution& of, bool ended) {
  const int64_t pixels = of.batch * of.height * of.width * of.channels, results = of.rows() * of.out_width * of.filters;
  const int64_t weights = of.patch() * of.filters, row = (of.filters + kernels.width - 1) / kernels.width * kernels.width;
  const Numbers images = drawn(pixels, 30), filter = drawn(weights, 31), outer = drawn(results, 32);
  const Numbers bias = drawn(std::max(of.filters, of.channels), 33);
  const float* const added = ended ? bias.data() : nullptr;
  std::vector<double> forward(results), back(pixels), slopes(weights);
  each_term(of, [&](int64_t i, int64_t w, int64_t r) {
    forward[r] += static_cast<double>(images[i]) * filter[w];
    back[i] += static_cast<double>(outer[r]) * filter[w];
    slopes[w] += static_cast<double>(outer[r]) * images[i];
  });
  Numbers result(results, NAN), pixel(pixels, NAN), sums(of.patch() * row, NAN), slope(weights);
  const int64_t middle = of.rows() / 3;
  kernels.convolve(of, {images.data(), filter.data(), added, ended, result.data()}, 0, middle);
  kernels.convolve(of, {images.data(), filter.data(), added, ended, result.data()}, middle, of.rows());
  expect_all("convolution", result, forward, added, of.filters);
  for (int64_t image = 0; image < of.batch; image++)
    kernels.convolve_back(of, {filter.data(), outer.data(), added, ended, pixel.data()}, image, image + 1);
  expect_all("convolution back to the images", pixel, back, added, of.channels);
  for (const auto& [from, to] : {std::pair{int64_t{0}, middle}, std::pair{middle, of.rows()}}) {
    kernels.convolve_filter(of, {images.data(), outer.data()}, from, to, sums.data());
    for (int64_t i = 0; i < weights; i++) slope[i] += sums[i / of.filters * row + i % of.filters];
  }
  expect_all("slope of the filter", slope, slopes, nullptr, 1);
}

static void check_convolutions(const Kernels& kernels) {
  for (int64_t channels : {1, 3, 17})
    for (int64_t filters : {1, 5, 40})
      for (int64_t size : {1, 3})
        for (int64_t step : {1, 2})
          for (int64_t edge : {0, 1, 2}) {
            Convolution of{2, 9, 7, channels, size, size + 1, filters};
            of.step_down = step;
            of.step_across = 3 - step;
            of.top = edge;
            of.left = edge / 2;
            of.out_height = (of.height + 2 * edge - of.down) / of.step_down + 1;
            of.out_width = (of.width + edge - of.across) / of.step_across + 1;
            check_convolution(kernels, of, edge == 1);
          }
  // Wider than the rows that are computed together, and narrower than its filter.
  check_convolution(kernels, {1, 2, 90, 2, 1, 3, 4, 2, 90, 1, 1, 0, 1}, false);
  check_convolution(kernels, {2, 2, 2, 3, 5, 5, 4, 2, 2, 1, 1, 2, 2}, true);
}
