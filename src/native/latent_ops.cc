// Operations of our own in TensorFlow, where it has none or takes many for one. Compiled into tfjs-node's addon, which
// brings them along wherever it is loaded.
#include "adam_operation.h"
#include "attention_operations.h"
#include "column_operation.h"
#include "convolution_operations.h"
#include "distance_operations.h"
#include "eigen_operation.h"
#include "element_operations.h"
#include "gram_operation.h"
#include "lstm_operations.h"
#include "matmul_operation.h"
#include "normalize_operations.h"
#include "shapes.h"

namespace latent {

/**
 * Tells that the operations are there, and how many numbers an instruction takes on this machine. The number in its name
 * stands for the form of all of them.
 */
void compute_width(void*, TF_OpKernelContext* context) {
  Call call(context);
  if (int32_t* width = call.output<int32_t>(0, {}, TF_INT32)) *width = kernels().width;
}

/** No numbers, in a shape that nobody knows before: what a variable is given that is to let go of its own. */
void compute_nothing(void*, TF_OpKernelContext* context) { Call(context).output(0, {0}); }

void* nothing(TF_OpKernelConstruction*) { return nullptr; }
void forget_nothing(void*) {}

/** A product of two matrices of which the first, the second or both are transposed. */
template <bool A, bool B>
Operation product(const char* name, const Names& inputs, const Names& finish) {
  return {name, inputs, {"product: float"}, finish, read_attributes<MatMulAttributes>, compute_matmul<A, B>,
          forget_attributes<MatMulAttributes>, shape_of_product<A, B>};
}

const bool added = [] {
  const Names lstm = {"time: int", "repeated: bool", "hard: bool"};
  add({"LatentWidth10", {}, {"width: int32"}, {}, nothing, compute_width, forget_nothing});
  add({"LatentLstm",
       {"projected: float", "recurrent: float", "bias: float"},
       {"gates: float", "cells: float", "squashed: float", "outputs: float", "last: float"},
       lstm, read_attributes<LstmAttributes>, compute_lstm, forget_attributes<LstmAttributes>});
  add({"LatentLstmGrad",
       {"gates: float", "cells: float", "squashed: float", "outputs: float", "recurrent: float", "outer: float"},
       {"sums: float", "totals: float", "of_recurrent: float", "of_bias: float"},
       lstm, read_attributes<LstmAttributes>, compute_lstm_gradient, forget_attributes<LstmAttributes>});
  add({"LatentCrossEntropy",
       {"labels: float", "logits: float"},
       {"values: float", "slopes: float"},
       {}, nothing, compute_cross_entropy, forget_nothing, like_first_input<2>});
  add({"LatentBernoulli",
       {"probabilities: float", "seed: int32"},
       {"drawn: float"},
       {}, nothing, compute_bernoulli, forget_nothing, like_first_input<1>});
  add({"LatentNothing", {}, {"nothing: float"}, {}, nothing, compute_nothing, forget_nothing});
  add({"LatentAdam",
       {"weights: N * float", "means: N * float", "squares: N * float", "gradients: N * float", "power_of_mean: float",
        "power_of_square: float", "rate: float", "keep_mean: float", "keep_square: float", "of_gradient: float",
        "of_square: float", "epsilon: float"},
       {"new_weights: N * float", "new_means: N * float", "new_squares: N * float"},
       {"N: int"}, nothing, compute_adam, forget_nothing, like_inputs});
  const Names matrices = {"a: float", "b: float", "bias: float", "other: float"};
  const Names finish = {"has_bias: bool", "rectified: bool", "masked: bool", "added: bool", "squashed: bool"};
  add(product<false, false>("LatentMatMul", matrices, finish));
  add(product<true, false>("LatentMatMulA", matrices, finish));
  add(product<false, true>("LatentMatMulB", matrices, finish));
  add(product<true, true>("LatentMatMulAB", matrices, finish));
  add({"LatentMatMulASums", matrices, {"product: float", "sums: float"}, finish, read_attributes<MatMulAttributes>,
       compute_matmul<true, false, true>, forget_attributes<MatMulAttributes>, shape_of_product<true, false>});
  const Names places = {"height: int", "width: int", "down: int", "across: int", "out_height: int", "out_width: int",
                        "step_down: int", "step_across: int", "top: int", "left: int",
                        "has_bias: bool", "rectified: bool"};
  const auto convolution = [&](const char* name, const Names& inputs, void (*compute)(void*, TF_OpKernelContext*)) {
    add({name, inputs, {"result: float"}, places, read_attributes<ConvolutionAttributes>, compute,
         forget_attributes<ConvolutionAttributes>});
  };
  convolution("LatentConv2D", {"images: float", "filter: float", "bias: float"}, compute_convolution);
  convolution("LatentConv2DBackpropInput", {"filter: float", "outer: float", "bias: float"}, compute_convolution_back);
  convolution("LatentConv2DBackpropFilter", {"images: float", "outer: float"}, compute_convolution_filter);
  add({"LatentColumnSums", {"x: float"}, {"sums: float"}, {}, nothing, compute_column_sums, forget_nothing,
       last_dimension});
  const Names heads = {"heads: int", "causal: bool"};
  add({"LatentAttention",
       {"query: float", "key: float", "value: float"},
       {"mixed: float", "weights: float"},
       heads, read_attributes<AttentionAttributes>, compute_attention, forget_attributes<AttentionAttributes>,
       like_first_input<1>});
  add({"LatentAttentionGrad",
       {"of_mixed: float", "query: float", "key: float", "value: float", "weights: float"},
       {"of_query: float", "of_key: float", "of_value: float"},
       heads, read_attributes<AttentionAttributes>, compute_attention_gradient, forget_attributes<AttentionAttributes>,
       like_first_input<3>});
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
       read_attributes<NearestAttributes>, compute_nearest, forget_attributes<NearestAttributes>});
  add({"LatentElection",
       {"table: float", "points: float", "before: float"},
       {"chosen: int32", "distances: float"},
       {"candidates: int"},
       read_attributes<ElectionAttributes>, compute_election, forget_attributes<ElectionAttributes>});
  add({"LatentGroupMeans",
       {"table: float", "groups: int32"},
       {"means: float"},
       {"count: int"},
       read_attributes<GroupMeansAttributes>, compute_group_means, forget_attributes<GroupMeansAttributes>});
  add({"LatentLeadingEigen",
       {"symmetric: float"},
       {"values: float", "vectors: float"},
       {"count: int"},
       read_attributes<LeadingEigenAttributes>, compute_leading_eigen, forget_attributes<LeadingEigenAttributes>});
  add({"LatentNormalize",
       {"x: float", "gain: float", "offset: float"},
       {"result: float", "standard: float", "inverse: float"},
       {"epsilon: float"},
       read_attributes<NormalizeAttributes>, compute_normalize, forget_attributes<NormalizeAttributes>,
       like_first_input<2>});
  add({"LatentNormalizeGrad",
       {"of_result: float", "standard: float", "inverse: float", "gain: float", "other: float"},
       {"of_x: float", "of_gain: float", "of_offset: float"},
       {"added: bool"},
       read_attributes<NormalizeGradAttributes>, compute_normalize_gradient, forget_attributes<NormalizeGradAttributes>,
       like_first_input<1>});
  return true;
}();

}  // namespace latent
