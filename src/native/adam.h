// A step of Adam: what the kernel of adam.inc is given. Kingma & Ba 2014, arXiv:1412.6980.
#pragma once

namespace latent {

/** Scalars behind the tensors that LatentAdam is given. */
constexpr int ADAM_SCALARS = 8;

/** The same for all weights. */
struct AdamRates {
  /** The learning rate with both corrections; what is added to the root. */
  float rate, epsilon;
  /** What the moments keep, and what they take of a gradient and its square. */
  float keep_mean, keep_square, of_gradient, of_square;
};

struct Adam {
  /** Before the step, and after it; the two may be one. */
  const float *weights, *means, *squares;
  float *new_weights, *new_means, *new_squares;
  const float* gradients;
};

}  // namespace latent
