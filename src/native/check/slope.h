// Compares slopes with differences.
#pragma once
#include <functional>

#include "numbers.h"

static void check_slope(const char* what, Numbers& at, const float* slopes, const std::function<double()>& value) {
  for (size_t i = 0; i < at.size(); i += 1 + at.size() / 7) {
    const float middle = at[i];
    at[i] = middle + 1e-3f;
    const double high = value(), up = at[i];
    at[i] = middle - 1e-3f;
    const double low = value(), down = at[i];
    at[i] = middle;
    expect_near(what, slopes[i], (high - low) / (up - down), 1e-4);
  }
}
