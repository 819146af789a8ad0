// Numbers to check kernels with, and what is said of those that are wrong.
#pragma once
#include <cmath>
#include <cstdio>
#include <vector>

using Numbers = std::vector<float>;

static int failures = 0;

static void expect_near(const char* what, double actual, double expected, double tolerance) {
  if (std::abs(actual - expected) <= tolerance * (1 + std::abs(expected))) return;
  if (failures++ < 20) printf("%s: %.9g instead of %.9g\n", what, actual, expected);
}

static Numbers drawn(size_t count, unsigned seed) {
  Numbers numbers(count);
  for (float& number : numbers) {
    seed = seed * 1664525u + 1013904223u;
    number = static_cast<float>(seed >> 8) / (1 << 24) * 2 - 1;
  }
  return numbers;
}
