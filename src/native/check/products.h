// Products of matrices, sums of columns and attention, compared with the same in plain loops of doubles.
#pragma once
#include "../instruction_sets.h"
#include "slope.h"

using latent::Kernels;

/** Computes a product in tiles that are cut in two. */
static Numbers in_tiles(const Kernels& kernels, latent::MatMul of) {
  const int64_t m = of.rows, n = of.columns;
  Numbers result(m * n, NAN);
  of.result = result.data();
  // Tiles of the same columns come one after the other: of one product in packed columns, of many each in its own.
  static uint64_t calls = 0;
  of.call = ++calls % 3 == 0 ? 0 : calls;
  const int64_t middle = m / 2;
  for (int64_t c = 0; c < n; c += kernels.tile) {
    const int64_t columns = std::min<int64_t>(kernels.tile, n - c);
    kernels.matmul(of, {0, middle, c, columns});
    kernels.matmul(of, {middle, m - middle, c, columns});
  }
  return result;
}

/** What is done to finished sums changes none of them. */
static void check_finish(const Kernels& kernels, latent::MatMul of, const Numbers& sums) {
  Numbers other = drawn(of.rows * of.columns, 24);
  other[other.size() / 2] = 0;
  other[0] = NAN;
  of.other = other.data();
  of.masked = true;
  const Numbers masked = in_tiles(kernels, of);
  of.masked = false;
  of.added = true;
  const Numbers added = in_tiles(kernels, of);
  of.added = false;
  of.squashed = true;
  const Numbers squashed = in_tiles(kernels, of);
  for (size_t i = 0; i < sums.size(); i++) {
    expect_near("masked product", masked[i], other[i] > 0 ? sums[i] : 0, 0);
    if (i > 0) expect_near("product that is added", added[i], sums[i] + other[i], 0);
    expect_near("sigmoid of a product", squashed[i], 1 / (1 + std::exp(-static_cast<double>(sums[i]))), 1e-6);
  }
  expect_near("product that is added to what is no number", std::isnan(added[0]), 1, 0);
}

static void check_matmul(const Kernels& kernels, latent::MatMul of) {
  const int64_t m = of.rows, n = of.columns, k = of.inner;
  const Numbers a = drawn(m * k, 16), b = drawn(k * n, 17), bias = drawn(n, 18);
  of.a = a.data();
  of.b = b.data();
  of.bias = of.rectified ? bias.data() : nullptr;
  const Numbers result = in_tiles(kernels, of);
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j < n; j++) {
      double sum = of.bias ? bias[j] : 0;
      for (int64_t q = 0; q < k; q++)
        sum += static_cast<double>(of.transpose_a ? a[q * m + i] : a[i * k + q]) *
               (of.transpose_b ? b[j * k + q] : b[q * n + j]);
      expect_near("product", result[i * n + j], of.rectified ? std::fmax(sum, 0) : sum, 2e-5);
    }
  check_finish(kernels, of, result);
  if (of.transpose_b) return;
  Numbers sums(n, NAN);
  of.sums = sums.data();
  in_tiles(kernels, of);
  for (int64_t j = 0; j < n; j++) {
    double sum = 0;
    for (int64_t q = 0; q < k; q++) sum += b[q * n + j];
    expect_near("sum of a column beside a product", sums[j], sum, 1e-5);
  }
}

static void check_column_sums(const Kernels& kernels, int64_t rows, int64_t columns) {
  const Numbers table = drawn(rows * columns, 19);
  Numbers sums(columns, NAN);
  for (int64_t c = 0; c < columns; c += 16)
    kernels.column_sums({table.data(), rows, columns}, sums.data(), c, std::min(columns, c + 16));
  for (int64_t j = 0; j < columns; j++) {
    double sum = 0;
    for (int64_t r = 0; r < rows; r++) sum += table[r * columns + j];
    expect_near("sum of a column", sums[j], sum, 1e-5);
  }
}

/** Where head `h` of sequence `b` has number `i` of its place `t`. */
static int64_t place_of(const latent::Attention& of, int64_t b, int64_t h, int64_t t, int64_t i) {
  return (b * of.places + t) * of.width() + h * of.size + i;
}

/** What attention mixes, weighted by `outer` and added up. */
static double attended(const latent::Attention& of, const Numbers& q, const Numbers& k, const Numbers& v,
                       const Numbers& outer) {
  double sum = 0;
  for (int64_t b = 0; b < of.batch; b++)
    for (int64_t h = 0; h < of.heads; h++)
      for (int64_t t = 0; t < of.places; t++) {
        std::vector<double> powers(of.causal ? t + 1 : of.places);
        double total = 0;
        for (size_t j = 0; j < powers.size(); j++) {
          double score = 0;
          for (int64_t i = 0; i < of.size; i++)
            score += static_cast<double>(q[place_of(of, b, h, t, i)]) * k[place_of(of, b, h, j, i)];
          total += powers[j] = std::exp(score / std::sqrt(static_cast<double>(of.size)));
        }
        for (size_t j = 0; j < powers.size(); j++)
          for (int64_t i = 0; i < of.size; i++)
            sum += powers[j] / total * v[place_of(of, b, h, j, i)] * outer[place_of(of, b, h, t, i)];
      }
  return sum;
}

static void check_attention(const Kernels& kernels, const latent::Attention& of) {
  const int64_t count = of.batch * of.places * of.width(), all = of.batch * of.heads;
  Numbers q = drawn(count, 20), k = drawn(count, 21), v = drawn(count, 22);
  const Numbers outer = drawn(count, 23);
  Numbers mixed(count, NAN), weights(all * of.places * of.places, NAN);
  const latent::AttentionForward forward{q.data(), k.data(), v.data(), mixed.data(), weights.data()};
  kernels.attend(of, forward, 0, all / 2);
  kernels.attend(of, forward, all / 2, all);
  double sum = 0;
  for (int64_t i = 0; i < count; i++) sum += static_cast<double>(mixed[i]) * outer[i];
  const auto value = [&] { return attended(of, q, k, v, outer); };
  expect_near("attention", sum, value(), 1e-5);
  Numbers of_q(count, NAN), of_k(count, NAN), of_v(count, NAN);
  latent::AttentionBackward back{outer.data(), q.data(), k.data(), v.data(), weights.data()};
  back.of_query = of_q.data();
  back.of_key = of_k.data();
  back.of_value = of_v.data();
  kernels.attend_back(of, back, 0, all / 2);
  kernels.attend_back(of, back, all / 2, all);
  check_slope("slope of the queries", q, of_q.data(), value);
  check_slope("slope of the keys", k, of_k.data(), value);
  check_slope("slope of the values", v, of_v.data(), value);
}

static void check_products(const Kernels& kernels) {
  for (int64_t rows : {1, 5, 13, 120})
    for (int64_t columns : {1, 4, 33, 70})
      for (int64_t inner : {1, 3, 37, 1100})
        for (int shape = 0; shape < 8; shape++) {
          latent::MatMul of{};
          of.rows = rows;
          of.columns = columns;
          of.inner = inner;
          of.transpose_a = shape & 1;
          of.transpose_b = shape & 2;
          of.rectified = shape & 4;
          check_matmul(kernels, of);
        }
  for (int64_t rows : {1, 600})
    for (int64_t columns : {1, 16, 41}) check_column_sums(kernels, rows, columns);
  for (int64_t places : {1, 5, 28, 35})
    for (int64_t heads : {1, 3})
      for (int64_t size : {1, 8, 20, 32})
        for (bool causal : {false, true}) check_attention(kernels, {2, places, heads, size, causal});
}
