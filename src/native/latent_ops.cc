// Operations of our own in TensorFlow, where it has none or takes many for one. Compiled into tfjs-node's addon, which
// brings them along wherever it is loaded.
#include "distance_operations.h"
#include "element_operations.h"
#include "gram_operation.h"
#include "lstm_operations.h"
#include "normalize_operations.h"

namespace latent {

/** Tells that the operations are there, and how many numbers an instruction takes on this machine. */
void compute_width(void*, TF_OpKernelContext* context) {
  Call call(context);
  if (int32_t* width = call.output<int32_t>(0, {}, TF_INT32)) *width = kernels().width;
}

void* nothing(TF_OpKernelConstruction*) { return nullptr; }
void forget_nothing(void*) {}

const bool added = [] {
  const Names lstm = {"time: int", "repeated: bool", "hard: bool"};
  add({"LatentWidth", {}, {"width: int32"}, {}, nothing, compute_width, forget_nothing});
  add({"LatentLstm",
       {"projected: float", "recurrent: float", "bias: float"},
       {"gates: float", "cells: float", "squashed: float", "outputs: float", "last: float"},
       lstm, LstmAttributes::read, compute_lstm, LstmAttributes::destroy});
  add({"LatentLstmGrad",
       {"gates: float", "cells: float", "squashed: float", "outputs: float", "recurrent: float", "outer: float"},
       {"sums: float", "totals: float", "of_recurrent: float", "of_bias: float"},
       lstm, LstmAttributes::read, compute_lstm_gradient, LstmAttributes::destroy});
  add({"LatentCrossEntropy",
       {"labels: float", "logits: float"},
       {"values: float", "slopes: float"},
       {}, nothing, compute_cross_entropy, forget_nothing});
  add({"LatentBernoulli",
       {"probabilities: float", "seed: int32"},
       {"drawn: float"},
       {}, nothing, compute_bernoulli, forget_nothing});
  add({"LatentGram",
       {"table: float", "centre: float"},
       {"products: float", "sums: float"},
       {}, nothing, compute_gram, forget_nothing});
  add({"LatentDistances",
       {"table: float", "points: float"},
       {"distances: float"},
       {}, nothing, compute_distances, forget_nothing});
  add({"LatentNearest",
       {"table: float", "points: float"},
       {"which: int32", "distances: float"},
       {"group: int"},
       NearestAttributes::read, compute_nearest, NearestAttributes::destroy});
  add({"LatentNormalize",
       {"x: float", "gain: float", "offset: float"},
       {"result: float", "standard: float", "inverse: float"},
       {"epsilon: float"},
       NormalizeAttributes::read, compute_normalize, NormalizeAttributes::destroy});
  add({"LatentNormalizeGrad",
       {"of_result: float", "standard: float", "inverse: float", "gain: float"},
       {"of_x: float", "of_gain: float", "of_offset: float"},
       {}, nothing, compute_normalize_gradient, forget_nothing});
  return true;
}();

}  // namespace latent
