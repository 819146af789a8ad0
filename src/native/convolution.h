// Convolutions of images: what the kernels of convolution.inc are given. Layouts are TensorFlow's: images `[batch, height,
// width, channels]`, filters `[down, across, channels, filters]`.
#pragma once
#include <cstdint>

namespace latent {

struct Convolution {
  int64_t batch, height, width, channels;
  /** Sizes of a filter, and how many there are. */
  int64_t down, across, filters;
  /** Of what comes out. */
  int64_t out_height, out_width;
  /** From one place of the filter to the next, and how far the first place reaches over the image's edges. */
  int64_t step_down, step_across, top, left;

  /** Numbers that a filter meets at one place. */
  int64_t patch() const { return down * across * channels; }
  /** Rows of all that comes out. */
  int64_t rows() const { return batch * out_height; }
};

/** From images to what comes out; `bias`, of each filter, may be null. */
struct ConvolutionForward {
  const float *images, *filter, *bias;
  bool rectified;
  float* result;
};

/** From what came out, or its gradient, to images; `bias`, of each channel, may be null. */
struct ConvolutionBack {
  const float *filter, *outer, *bias;
  bool rectified;
  float* images;
};

struct ConvolutionFilter {
  const float *images, *outer;
};

}  // namespace latent
