// LatentConv2D and its gradients. TensorFlow's convolutions of a few channels compute a tenth of what a core can.
#pragma once
#include "convolution.h"
#include "crew.h"
#include "instruction_sets.h"
#include "operation.h"

namespace latent {

struct ConvolutionAttributes {
  Convolution of{};
  unsigned char has_bias = 0, rectified = 0;

  explicit ConvolutionAttributes(Reader read) {
    read("height", of.height);
    read("width", of.width);
    read("down", of.down);
    read("across", of.across);
    read("out_height", of.out_height);
    read("out_width", of.out_width);
    read("step_down", of.step_down);
    read("step_across", of.step_across);
    read("top", of.top);
    read("left", of.left);
    read("has_bias", has_bias);
    read("rectified", rectified);
  }
};

/** Terms of sums that are worth waking a thread for. */
constexpr int64_t CONVOLVED = 1 << 18;

inline int64_t terms_of_row(const Convolution& of) { return std::max<int64_t>(1, of.out_width * of.patch() * of.filters); }

/** Of `count` things with so many terms each: how many a thread takes at a time. Each time it lays the filter out anew. */
inline int64_t convolved_at_a_time(int64_t count, int64_t terms) {
  return std::max({CONVOLVED / terms, count / (4 * crew().size()), int64_t{1}});
}

inline bool has_sizes(const Convolution& of) {
  return of.height >= 0 && of.width >= 0 && of.down > 0 && of.across > 0 && of.out_height >= 0 && of.out_width >= 0 &&
         of.step_down > 0 && of.step_across > 0;
}

/** Takes the sizes that the filter `[down, across, channels, filters]` has; false where it has others. */
inline bool takes_filter(Convolution& of, const Sizes& filter) {
  if (filter.size() != 4 || filter[0] != of.down || filter[1] != of.across || !has_sizes(of)) return false;
  of.channels = filter[2];
  of.filters = filter[3];
  return true;
}

inline Sizes images_of(const Convolution& of) { return {of.batch, of.height, of.width, of.channels}; }
inline Sizes results_of(const Convolution& of) { return {of.batch, of.out_height, of.out_width, of.filters}; }

inline void compute_convolution(void* kernel, TF_OpKernelContext* context) {
  auto [of, has_bias, rectified] = attributes<ConvolutionAttributes>(kernel);
  Call call(context);
  const Input images = call.input(0), filter = call.input(1), bias = call.input(2);
  of.batch = images.sizes.empty() ? 0 : images.sizes[0];
  const bool fits = takes_filter(of, filter.sizes) && images.sizes == images_of(of) &&
                    (!has_bias || bias.sizes == Sizes{of.filters});
  if (!call.expect(fits, "LatentConv2D: the shapes of images, filter and bias do not fit")) return;
  ConvolutionForward at{images.data, filter.data, has_bias ? bias.data : nullptr, rectified != 0};
  at.result = call.output(0, results_of(of));
  if (call.failed() || of.out_width == 0 || of.filters == 0) return;
  share_stretches(of.rows(), convolved_at_a_time(of.rows(), terms_of_row(of)),
                  [&](int64_t from, int64_t to) { kernels().convolve(of, at, from, to); });
}

inline void compute_convolution_back(void* kernel, TF_OpKernelContext* context) {
  auto [of, has_bias, rectified] = attributes<ConvolutionAttributes>(kernel);
  Call call(context);
  const Input filter = call.input(0), outer = call.input(1), bias = call.input(2);
  of.batch = outer.sizes.empty() ? 0 : outer.sizes[0];
  const bool fits = takes_filter(of, filter.sizes) && outer.sizes == results_of(of) &&
                    (!has_bias || bias.sizes == Sizes{of.channels});
  if (!call.expect(fits, "LatentConv2DBackpropInput: the shapes of filter, gradient and bias do not fit")) return;
  ConvolutionBack at{filter.data, outer.data, has_bias ? bias.data : nullptr, rectified != 0};
  at.images = call.output(0, images_of(of));
  if (call.failed() || of.channels == 0) return;
  share_stretches(of.batch, convolved_at_a_time(of.batch, terms_of_row(of) * std::max<int64_t>(1, of.out_height)),
                  [&](int64_t from, int64_t to) { kernels().convolve_back(of, at, from, to); });
}

/** Parts of the sum over all rows: their number depends on the sizes alone, and so does the order of the sum. */
inline int64_t filter_parts(const Convolution& of) {
  return std::clamp<int64_t>(of.rows() * terms_of_row(of) / CONVOLVED, 1, std::min<int64_t>(8, of.rows()));
}

inline void compute_convolution_filter(void* kernel, TF_OpKernelContext* context) {
  Convolution of = attributes<ConvolutionAttributes>(kernel).of;
  Call call(context);
  const Input images = call.input(0), outer = call.input(1);
  const bool ranks = images.sizes.size() == 4 && outer.sizes.size() == 4 && has_sizes(of);
  if (!call.expect(ranks, "LatentConv2DBackpropFilter needs images and a gradient")) return;
  of.batch = images.sizes[0];
  of.channels = images.sizes[3];
  of.filters = outer.sizes[3];
  const bool fits = images.sizes == images_of(of) && outer.sizes == results_of(of);
  if (!call.expect(fits, "LatentConv2DBackpropFilter: the shapes of images and gradient do not fit")) return;
  float* const result = call.output(0, {of.down, of.across, of.channels, of.filters});
  if (call.failed()) return;
  const int64_t row = (of.filters + 15) / 16 * 16, all = of.patch() * row;
  const int64_t parts = of.rows() * of.out_width == 0 ? 0 : filter_parts(of);
  const std::unique_ptr<float[]> sums(new float[parts * all]);
  const ConvolutionFilter at{images.data, outer.data};
  crew().share(static_cast<int>(parts), [&](int i) {
    kernels().convolve_filter(of, at, of.rows() * i / parts, of.rows() * (i + 1) / parts, sums.get() + i * all);
  });
  const int64_t filled = (of.filters + kernels().width - 1) / kernels().width * kernels().width;
  for (int64_t k = 0; k < of.patch(); k++)
    for (int64_t j = 0; j < of.filters; j++) {
      float sum = 0;
      for (int64_t i = 0; i < parts; i++) sum += sums[i * all + k * filled + j];
      result[k * of.filters + j] = sum;
    }
}

}  // namespace latent
