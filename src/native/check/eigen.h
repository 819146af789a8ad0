// The kernels of LatentLeadingEigen, one after the other and on all threads.
#pragma once
#include "../eigen_reduction.h"
#include "numbers.h"

using latent::Kernels;

/** |A v - value · v| of the leading eigenvectors of a symmetric matrix, and their products with each other. */
static void check_eigen(const Kernels& kernels, int64_t size, int64_t count) {
  const Numbers numbers = drawn(size * size, 17);
  const auto entry = [&](int64_t i, int64_t j) { return numbers[std::max(i, j) * size + std::min(i, j)]; };
  latent::Tridiagonal tridiagonal(numbers.data(), size);
  const latent::Reduction& of = tridiagonal.of;
  for (int64_t m = size - 1; m >= 0; m--) {
    kernels.reflect(of, m);
    for (int64_t group = latent::ROW_GROUPS - 1; group >= 0; group--) kernels.change_rows(of, m, group);
  }
  std::vector<double> values(count), columns(count * of.row);
  const latent::Spectrum spectrum{count, values.data(), columns.data()};
  for (int64_t i = 0; i < count; i += kernels.width / 2) kernels.bisect(of, spectrum, i);
  kernels.inverse_iteration(of, spectrum);
  Numbers vectors(size * count);
  for (int64_t i = 0; i < count; i += kernels.width / 2) kernels.turn_back(of, spectrum, i, vectors.data());
  for (int64_t k = 0; k < count; k++) {
    for (int64_t i = 0; i < size; i++) {
      double product = 0;
      for (int64_t j = 0; j < size; j++) product += static_cast<double>(entry(i, j)) * vectors[j * count + k];
      expect_near("entry of A v", product, values[k] * vectors[i * count + k], 1e-6);
    }
    for (int64_t other = 0; other <= k; other++) {
      double product = 0;
      for (int64_t i = 0; i < size; i++) product += vectors[i * count + k] * vectors[i * count + other];
      expect_near("product of eigenvectors", product, k == other, 1e-6);
    }
    if (k > 0) expect_near("order of eigenvalues", values[k] <= values[k - 1], 1, 0);
  }
}

/** The same on all threads at once, which the sanitizer of threads looks at. */
static void check_shared_reduction() {
  const int64_t size = 200;
  const Numbers numbers = drawn(size * size, 18);
  latent::Tridiagonal shared(numbers.data(), size), alone(numbers.data(), size);
  shared.reduce();
  for (int64_t m = size - 1; m >= 0; m--) {
    latent::kernels().reflect(alone.of, m);
    for (int64_t group = 0; group < latent::ROW_GROUPS; group++) latent::kernels().change_rows(alone.of, m, group);
  }
  for (int64_t i = 0; i < size; i++) expect_near("shared diagonal", shared.of.diagonal[i], alone.of.diagonal[i], 0);
}
