// A step of Adam: what the kernel of adam.inc is given. Kingma & Ba 2014, arXiv:1412.6980.
#pragma once

namespace latent {

/** Scalars behind the tensors that LatentAdam is given. */
constexpr int ADAM_SCALARS = 6;

/** The same for all weights. */
struct AdamRates {
  /** The learning rate with both corrections; what the moments take of a gradient; what is added to the root. */
  float rate, of_gradient, of_square, epsilon;
};

struct Adam {
  /** Before the step, and after it; the two may be one. */
  const float *weights, *means, *squares;
  float *new_weights, *new_means, *new_squares;
  const float* gradients;
};

}  // namespace latent
