// Runs the kernels of every instruction set that this machine has on buffers of exactly their size, and compares them
// with the same in plain loops of doubles. compile/own-operations.test.ts compiles it with the compiler's sanitizers.
#include <cmath>
#include <cstdlib>
#include <functional>
#include <vector>

#include "../crew.h"
#include "../instruction_sets.h"
#include "adam.h"
#include "convolutions.h"
#include "distances.h"
#include "eigen.h"
#include "products.h"
#include "slope.h"

using latent::Kernels;

struct Reference {
  std::vector<double> gates, cells, outputs;
};

static double gate_of(double x, bool hard) {
  return hard ? std::fmin(std::fmax(0.2 * x + 0.5, 0), 1) : 1 / (1 + std::exp(-x));
}

static Reference lstm(const latent::Lstm& of, const Numbers& projected, const Numbers& recurrent, const Numbers& bias) {
  const int64_t u = of.units;
  Reference r;
  r.gates.resize(of.batch * of.time * 4 * u);
  r.cells.resize(of.batch * of.time * u);
  r.outputs.resize(of.batch * of.time * u);
  for (int64_t row = 0; row < of.batch * of.time; row++) {
    const int64_t t = row % of.time;
    double* g = &r.gates[row * 4 * u];
    for (int64_t c = 0; c < 4 * u; c++) {
      double sum = projected[(of.repeated ? row / of.time : row) * 4 * u + c] + bias[c];
      for (int64_t k = 0; t > 0 && k < u; k++) sum += r.outputs[(row - 1) * u + k] * recurrent[k * 4 * u + c];
      g[c] = c / u == 2 ? std::tanh(sum) : gate_of(sum, of.hard);
    }
    for (int64_t j = 0; j < u; j++) {
      const double before = t > 0 ? r.cells[(row - 1) * u + j] : 0;
      r.cells[row * u + j] = g[j] * g[2 * u + j] + g[u + j] * before;
      r.outputs[row * u + j] = g[3 * u + j] * std::tanh(r.cells[row * u + j]);
    }
  }
  return r;
}

/** The outputs' sum, weighted by `outer`. */
static double loss(const latent::Lstm& of, const Numbers& projected, const Numbers& recurrent, const Numbers& bias,
                   const Numbers& outer) {
  const Reference r = lstm(of, projected, recurrent, bias);
  double sum = 0;
  for (size_t i = 0; i < outer.size(); i++) sum += outer[i] * r.outputs[i];
  return sum;
}

static void check_lstm(const Kernels& kernels, const latent::Lstm& of) {
  const int64_t u = of.units, rows = of.batch * of.time;
  Numbers projected = drawn((of.repeated ? of.batch : rows) * 4 * u, 1), recurrent = drawn(u * 4 * u, 2);
  Numbers bias = drawn(4 * u, 3);
  const Numbers outer = drawn(rows * u, 4);
  Numbers gates(rows * 4 * u), cells(rows * u), squashed(rows * u), outputs(rows * u), last(of.batch * u);
  latent::LstmForward forward{projected.data(), recurrent.data(), bias.data(), gates.data(), cells.data()};
  forward.squashed = squashed.data();
  forward.outputs = outputs.data();
  forward.last = last.data();
  const int64_t middle = of.batch / 2;
  kernels.lstm_forward(of, forward, 0, middle);
  kernels.lstm_forward(of, forward, middle, of.batch);
  const Reference expected = lstm(of, projected, recurrent, bias);
  for (int64_t i = 0; i < rows * u; i++) expect_near("output", outputs[i], expected.outputs[i], 1e-5);
  for (int64_t b = 0; b < of.batch; b++)
    for (int64_t j = 0; j < u; j++)
      expect_near("last", last[b * u + j], expected.outputs[((b + 1) * of.time - 1) * u + j], 1e-5);

  Numbers sums(rows * 4 * u), totals(of.batch * 4 * u), of_recurrent(u * 4 * u), of_bias(4 * u);
  latent::LstmBackward backward{gates.data(), cells.data(), squashed.data(), recurrent.data(), outer.data()};
  backward.sums = sums.data();
  backward.totals = of.repeated ? totals.data() : nullptr;
  kernels.lstm_backward(of, backward, 0, middle);
  kernels.lstm_backward(of, backward, middle, of.batch);
  const latent::LstmWeights weights{outputs.data(), sums.data(), of_recurrent.data(), of_bias.data()};
  for (int64_t c = 0; c < 4 * u; c += 64) kernels.lstm_weights(of, weights, c, std::min(4 * u, c + 64));
  if (of.hard) return;  // its corners have no slope
  const auto value = [&] { return loss(of, projected, recurrent, bias, outer); };
  check_slope("projected", projected, (of.repeated ? totals : sums).data(), value);
  check_slope("recurrent", recurrent, of_recurrent.data(), value);
  check_slope("bias", bias, of_bias.data(), value);

  // Only the last outputs have a gradient.
  Numbers of_last(outer.end() - of.batch * u, outer.end());
  latent::LstmBackward at_end = backward;
  at_end.of_outputs = nullptr;
  at_end.of_last = of_last.data();
  kernels.lstm_backward(of, at_end, 0, of.batch);
  Numbers spread(rows * u);
  for (int64_t b = 0; b < of.batch; b++)
    std::copy_n(&of_last[b * u], u, &spread[((b + 1) * of.time - 1) * u]);
  const auto end_value = [&] { return loss(of, projected, recurrent, bias, spread); };
  check_slope("projected, from the end", projected, (of.repeated ? totals : sums).data(), end_value);
}

static void check_cross_entropy(const Kernels& kernels, int64_t count) {
  const Numbers labels = drawn(count, 5);
  Numbers logits = drawn(count, 6), values(count), slopes(count);
  for (float& logit : logits) logit *= 30;
  kernels.cross_entropy({labels.data(), logits.data(), values.data(), slopes.data()}, 0, count);
  for (int64_t i = 0; i < count; i++) {
    const double x = logits[i], z = labels[i];
    expect_near("entropy", values[i], std::fmax(x, 0) - x * z + std::log1p(std::exp(-std::abs(x))), 1e-6);
    expect_near("slope of the entropy", slopes[i], 1 / (1 + std::exp(-x)) - z, 1e-6);
  }
}

/** Word `index` of the numbers that TensorFlow draws: Philox, one counter after the other. */
static uint32_t philox(const uint64_t (&seed)[2], uint64_t index) {
  uint32_t words[4] = {static_cast<uint32_t>(seed[0]), static_cast<uint32_t>(seed[0] >> 32),
                       static_cast<uint32_t>(seed[1]), static_cast<uint32_t>(seed[1] >> 32)};
  uint32_t key[2] = {0x3ec8f720, 0x02461e29};
  for (int pass = 0; pass < 2; pass++) {
    for (int round = 0; round < 10; round++) {
      const uint64_t first = 0xd2511f53ull * words[0], second = 0xcd9e8d57ull * words[2];
      const uint32_t next[4] = {static_cast<uint32_t>(second >> 32) ^ words[1] ^ key[0], static_cast<uint32_t>(second),
                                static_cast<uint32_t>(first >> 32) ^ words[3] ^ key[1], static_cast<uint32_t>(first)};
      std::copy_n(next, 4, words);
      key[0] += 0x9e3779b9;
      key[1] += 0xbb67ae85;
    }
    if (pass == 1) break;
    key[0] = words[0];
    key[1] = words[1];
    words[0] = static_cast<uint32_t>(index / 4);
    words[1] = static_cast<uint32_t>(index / 4 >> 32);
  }
  return words[index % 4];
}

static void check_bernoulli(const Kernels& kernels, int64_t count) {
  const Numbers probabilities = drawn(count, 7);
  Numbers ones(count);
  const latent::Bernoulli at{probabilities.data(), ones.data(), {7, static_cast<uint64_t>(-3)}};
  const int64_t middle = count / 8 * 4;
  kernels.bernoulli(at, 0, middle);
  kernels.bernoulli(at, middle, count);
  for (int64_t i = 0; i < count; i++) {
    const float uniform = static_cast<float>(philox(at.seed, i) & 0x7fffff) / (1 << 23);
    expect_near("drawn", ones[i], uniform < probabilities[i], 0);
  }
}

static void check_gram(const Kernels& kernels, int64_t rows, int64_t columns) {
  const Numbers table = drawn(rows * columns, 8), centre = drawn(columns, 9);
  Numbers products(columns * columns), sums(columns);
  const latent::Gram of{table.data(), centre.data(), rows, columns, products.data(), sums.data()};
  for (int64_t c = 0; c < columns; c += 24) kernels.gram(of, c, std::min(columns, c + 24));
  const auto entry = [&](int64_t r, int64_t c) { return static_cast<double>(table[r * columns + c]) - centre[c]; };
  for (int64_t i = 0; i < columns; i++) {
    double sum = 0;
    for (int64_t r = 0; r < rows; r++) sum += entry(r, i);
    expect_near("sum of a column", sums[i], sum, 1e-5);
    for (int64_t j = 0; j < columns; j++) {
      double product = 0;
      for (int64_t r = 0; r < rows; r++) product += entry(r, i) * entry(r, j);
      expect_near("product of columns", products[i * columns + j], product, 1e-5);
    }
  }
}

static void check_normalize(const Kernels& kernels, int64_t rows, int64_t columns) {
  Numbers x = drawn(rows * columns, 12), gain = drawn(columns, 13), offset = drawn(columns, 14);
  const Numbers outer = drawn(rows * columns, 15);
  Numbers result(rows * columns), standard(rows * columns), inverse(rows);
  latent::Normalize of{x.data(), gain.data(), offset.data(), rows, columns, 1e-3f};
  of.result = result.data();
  of.standard = standard.data();
  of.inverse = inverse.data();
  kernels.normalize(of, 0, rows);
  const auto value = [&](int64_t row, int64_t j) {
    double mean = 0, variance = 0;
    for (int64_t c = 0; c < columns; c++) mean += x[row * columns + c] / static_cast<double>(columns);
    for (int64_t c = 0; c < columns; c++) variance += std::pow(x[row * columns + c] - mean, 2) / columns;
    return (x[row * columns + j] - mean) / std::sqrt(variance + 1e-3) * gain[j] + offset[j];
  };
  const auto loss = [&] {
    double sum = 0;
    for (int64_t i = 0; i < rows * columns; i++) sum += outer[i] * value(i / columns, i % columns);
    return sum;
  };
  for (int64_t i = 0; i < rows * columns; i++)
    expect_near("normalised", result[i], value(i / columns, i % columns), 1e-5);
  Numbers of_x(rows * columns), parts(2 * columns);
  latent::NormalizeBack back{outer.data(), standard.data(), inverse.data(), gain.data(), nullptr, rows, columns};
  back.of_x = of_x.data();
  back.parts = parts.data();
  kernels.normalize_back(back, 0, 0, rows);
  check_slope("slope of the normalised", x, of_x.data(), loss);
  check_slope("slope of the gain", gain, parts.data(), loss);
  check_slope("slope of the offset", offset, parts.data() + columns, loss);
  const Numbers other = drawn(rows * columns, 16), alone = of_x;
  back.other = other.data();
  kernels.normalize_back(back, 0, 0, rows);
  for (int64_t i = 0; i < rows * columns; i++) expect_near("added to the slope", of_x[i], alone[i] + other[i], 0);
}

/** Operations of several threads of TensorFlow meet at the crew. */
static void check_crew() {
  latent::Crew crew(3);
  std::vector<std::thread> callers;
  std::vector<int> counts(4 * 200);
  for (int caller = 0; caller < 4; caller++)
    callers.emplace_back([&, caller] {
      for (int round = 0; round < 200; round++) {
        std::vector<int> done(7);
        crew.share(7, [&](int i) { done[i]++; });
        for (int each : done) counts[caller * 200 + round] += each == 1;
      }
    });
  for (std::thread& caller : callers) caller.join();
  for (int count : counts) expect_near("parts done", count, 7, 0);
  // Its threads outlive it in the addon; here they must not read what is gone.
  fflush(stdout);
  std::quick_exit(failures > 0);
}

int main() {
  for (int width : {4, 8, 16}) {
    const Kernels& kernels = latent::kernels_of(width);
    if (kernels.width != width) continue;
    for (int64_t batch : {1, 7, 13})
      for (int64_t time : {1, 4})
        for (int64_t units : {1, 5, 16, 33})
          for (bool repeated : {false, true})
            for (bool hard : {false, true}) check_lstm(kernels, {batch, time, units, repeated, hard});
    for (int64_t count : {1, 5, 63, 64, 1000}) {
      check_cross_entropy(kernels, count);
      check_bernoulli(kernels, count);
      for (bool in_place : {false, true}) check_adam(kernels, count, in_place);
    }
    for (int64_t rows : {1, 100, 250})
      for (int64_t columns : {1, 17, 50}) check_gram(kernels, rows, columns);
    for (int64_t rows : {1, 30})
      for (int64_t columns : {1, 20})
        for (int64_t group : {1, 7}) {
          check_distances(kernels, rows, columns, group);
          check_election(kernels, rows, columns, group);
        }
    for (int64_t rows : {1, 30})
      for (int64_t columns : {1, 37}) check_group_means(kernels, rows, columns);
    for (int64_t size : {1, 2, 3, 8, 21, 50}) {
      check_eigen(kernels, size, 1);
      check_eigen(kernels, size, size);
    }
    for (int64_t rows : {1, 9})
      for (int64_t columns : {2, 16, 37}) check_normalize(kernels, rows, columns);
    check_products(kernels);
    check_convolutions(kernels);
    printf("width %d: %d failures\n", width, failures);
  }
  check_shared_reduction();
  check_crew();
}
