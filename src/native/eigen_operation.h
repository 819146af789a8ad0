// LatentLeadingEigen: the largest eigenvalues of a symmetric matrix and their eigenvectors, without the others, on all
// cores. TensorFlow has all of them, on one core.
#pragma once
#include <cmath>

#include "eigen_reduction.h"
#include "operation.h"

namespace latent {

struct LeadingEigenAttributes {
  int64_t count = 0;

  explicit LeadingEigenAttributes(Reader read) { read("count", count); }
};

inline void compute_leading_eigen(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  const Input symmetric = call.input(0);
  const bool square = symmetric.sizes.size() == 2 && symmetric.sizes[0] == symmetric.sizes[1];
  if (!call.expect(square, "LatentLeadingEigen needs a square matrix")) return;
  const int64_t size = symmetric.sizes[0], count = attributes<LeadingEigenAttributes>(kernel).count;
  if (!call.expect(1 <= count && count <= size, "LatentLeadingEigen has 1 to n eigenvectors of n rows")) return;
  const bool finite = std::all_of(symmetric.data, symmetric.data + size * size, [](float x) { return std::isfinite(x); });
  if (!call.expect(finite, "LatentLeadingEigen needs finite numbers")) return;
  float* values = call.output(0, {count});
  float* vectors = call.output(1, {size, count});
  if (call.failed()) return;

  Tridiagonal tridiagonal(symmetric.data, size);
  tridiagonal.reduce();
  const Reduction& of = tridiagonal.of;
  std::vector<double> found(count), columns(count * of.row);
  const Spectrum spectrum{count, found.data(), columns.data()};
  const int64_t lanes = kernels().width / 2;
  share_stretches(count, lanes, [&](int64_t from, int64_t) { kernels().bisect(of, spectrum, from); });
  kernels().inverse_iteration(of, spectrum);
  share_stretches(count, lanes, [&](int64_t from, int64_t) { kernels().turn_back(of, spectrum, from, vectors); });
  std::copy_n(spectrum.values, count, values);
}

}  // namespace latent
