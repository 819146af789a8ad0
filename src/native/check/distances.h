// The kernels of k-means.
#pragma once
#include "../instruction_sets.h"
#include "numbers.h"

using latent::Kernels;

static void check_distances(const Kernels& kernels, int64_t rows, int64_t columns, int64_t group) {
  const int64_t points = 3 * group;
  const Numbers table = drawn(rows * columns, 10), at = drawn(points * columns, 11);
  Numbers distances(rows * points), least(rows * 3);
  std::vector<int32_t> which(rows * 3);
  const latent::Distances of{table.data(), at.data(), rows, columns, points, distances.data()};
  const latent::Nearest nearest{group, which.data(), least.data()};
  kernels.distances(of, &nearest, 0, rows / 2);
  kernels.distances(of, &nearest, rows / 2, rows);
  for (int64_t i = 0; i < rows * points; i++) {
    double sum = 0;
    for (int64_t c = 0; c < columns; c++)
      sum += std::pow(static_cast<double>(table[i / points * columns + c]) - at[i % points * columns + c], 2);
    expect_near("distance", distances[i], sum, 1e-6);
  }
  for (int64_t i = 0; i < rows * 3; i++) {
    const float* own = &distances[i * group];
    expect_near("least distance", least[i], *std::min_element(own, own + group), 0);
    expect_near("nearest point", own[which[i]], least[i], 0);
  }
}

static void check_election(const Kernels& kernels, int64_t rows, int64_t columns, int64_t candidates) {
  const int64_t runs = 3, points = runs * candidates;
  const Numbers table = drawn(rows * columns, 19), at = drawn(points * columns, 20), before = drawn(rows * runs, 21);
  Numbers distances(rows * points), after(rows * points);
  std::vector<double> left(points), rest(points);
  const latent::Distances of{table.data(), at.data(), rows, columns, points, distances.data()};
  kernels.distances(of, nullptr, 0, rows);
  const latent::Election in{candidates, before.data(), after.data()};
  kernels.elect(of, in, 0, rows / 2, left.data());
  kernels.elect(of, in, rows / 2, rows, rest.data());
  for (int64_t p = 0; p < points; p++) {
    double sum = 0;
    for (int64_t r = 0; r < rows; r++) {
      const float least = std::fmin(distances[r * points + p], before[r * runs + p / candidates]);
      expect_near("distance after an election", after[r * points + p], least, 0);
      sum += least;
    }
    expect_near("sum of distances that a candidate leaves", left[p] + rest[p], sum, 1e-12);
  }
}

static void check_group_means(const Kernels& kernels, int64_t rows, int64_t columns) {
  const int64_t ways = 2, count = 5;
  const Numbers table = drawn(rows * columns, 16);
  std::vector<int32_t> groups(rows * ways);
  for (int64_t i = 0; i < rows * ways; i++) groups[i] = static_cast<int32_t>(i * i % 7 % count);
  Numbers means(ways * count * columns);
  const latent::GroupMeans of{table.data(), groups.data(), rows, columns, ways, count, means.data()};
  for (int64_t way = 0; way < ways; way++) {
    kernels.group_means(of, way, 0, columns / 2);
    kernels.group_means(of, way, columns / 2, columns);
  }
  for (int64_t i = 0; i < ways * count * columns; i++) {
    const int64_t way = i / columns / count, group = i / columns % count;
    double sum = 0, members = 0;
    for (int64_t r = 0; r < rows; r++) {
      if (groups[r * ways + way] != group) continue;
      sum += table[r * columns + i % columns];
      members++;
    }
    expect_near("mean of a group", means[i], members > 0 ? sum / members : 0, 1e-7);
  }
}
