// What TensorFlow can know of the shapes of results before anything is computed. Its optimiser leaves alone what it knows
// nothing of, and warns.
#pragma once
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"

#include "adam.h"

namespace latent {

/** A shape of TensorFlow's while a graph is looked through. */
class Shape {
 public:
  explicit Shape(TF_ShapeInferenceContext* context) : context_(context), handle_(TF_NewShapeHandle()) {}
  Shape(const Shape&) = delete;
  Shape& operator=(const Shape&) = delete;
  ~Shape() { TF_DeleteShapeHandle(handle_); }

  void of_input(int at, TF_Status* status) { TF_ShapeInferenceContextGetInput(context_, at, handle_, status); }

  /** The dimensions `from` to `to` of another one. */
  void part_of(const Shape& whole, int64_t from, int64_t to, TF_Status* status) {
    if (TF_GetCode(status) == TF_OK)
      TF_ShapeInferenceContextSubshape(context_, whole.handle_, from, to, handle_, status);
  }

  void join(const Shape& first, const Shape& second, TF_Status* status) {
    if (TF_GetCode(status) == TF_OK)
      TF_ShapeInferenceContextConcatenateShapes(context_, first.handle_, second.handle_, handle_, status);
  }

  bool has_rank(int64_t rank) const {
    return TF_ShapeInferenceContextRankKnown(context_, handle_) && TF_ShapeInferenceContextRank(context_, handle_) == rank;
  }

  void to_output(int at, TF_Status* status) const {
    if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context_, at, handle_, status);
  }

 private:
  TF_ShapeInferenceContext* context_;
  TF_ShapeHandle* handle_;
};

/** The first `COUNT` results have the shape of the first input; of the others nothing is known. */
template <int COUNT>
void like_first_input(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
  Shape shape(context);
  shape.of_input(0, status);
  for (int i = 0; i < COUNT; i++) shape.to_output(i, status);
}

/** Each result of LatentAdam has the shape of the input in its place. */
inline void like_inputs(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
  const int64_t results = (TF_ShapeInferenceContextNumInputs(context) - ADAM_SCALARS) / 4 * 3;
  for (int i = 0; i < results; i++) {
    Shape shape(context);
    shape.of_input(i, status);
    shape.to_output(i, status);
  }
}

inline void last_dimension(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
  Shape whole(context), last(context);
  whole.of_input(0, status);
  for (int64_t rank = 1; rank <= 6; rank++)
    if (whole.has_rank(rank)) last.part_of(whole, rank - 1, rank, status), last.to_output(0, status);
}

/** Of a product of two matrices, each of which may be transposed. */
template <bool A, bool B>
void shape_of_product(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
  Shape a(context), b(context), rows(context), columns(context), product(context);
  a.of_input(0, status);
  b.of_input(1, status);
  if (!a.has_rank(2) || !b.has_rank(2)) return;
  rows.part_of(a, A, A + 1, status);
  columns.part_of(b, !B, !B + 1, status);
  product.join(rows, columns, status);
  product.to_output(0, status);
}

}  // namespace latent
