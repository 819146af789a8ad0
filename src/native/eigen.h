// The leading eigenvectors of a symmetric matrix: what the kernels of tridiagonal.inc and eigen.inc are given. All of
// it in doubles, of which an eigenvalue loses no more than a float's last digit, however close the others are.
#pragma once
#include <cstdint>

namespace latent {

/** A matrix on its way to a tridiagonal one, by a reflection for each row from the last on (Householder 1958). */
struct Reduction {
  /** Rows of the matrix, and from one of them to the next. */
  int64_t size, row;
  /** The lower triangle. A row that is done holds its reflector: I - factor · v vᵀ. */
  double* matrix;
  /** The tridiagonal matrix; `beside[i]` couples i and i + 1. */
  double *diagonal, *beside;
  double* factors;
  /** The rows that are left still want v wᵀ + w vᵀ taken off. */
  double *v, *w;
  /** The next reflector, and of each group of rows its share in the product of the matrix and that reflector. */
  double *next, *parts;
};

/** Rows are dealt out to so many groups, the same on every machine, in stretches of so many. */
constexpr int64_t ROW_GROUPS = 8, ROW_STRETCH = 16;

/** Eigenvalues, largest first, and the eigenvectors of the tridiagonal matrix, `[count, row]`. */
struct Spectrum {
  int64_t count;
  double *values, *vectors;
};

}  // namespace latent
