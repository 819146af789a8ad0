// What an operation of ours sees of TensorFlow's C API.
#pragma once
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace latent {

using Sizes = std::vector<int64_t>;

template <class T>
struct InputOf {
  const T* data;
  Sizes sizes;
};

using Input = InputOf<float>;

inline int64_t elements(const Sizes& sizes) {
  int64_t count = 1;
  for (int64_t size : sizes) count *= size;
  return count;
}

/** One call of an operation; what it held of TensorFlow's is given back with it. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  ~Call() {
    for (TF_Tensor* tensor : held_) TF_DeleteTensor(tensor);
    TF_DeleteStatus(status_);
  }

  template <class T = float>
  InputOf<T> input(int at) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, at, &tensor, status_);
    if (!keep(tensor)) return {nullptr, {}};
    Sizes sizes;
    for (int i = 0; i < TF_NumDims(tensor); i++) sizes.push_back(TF_Dim(tensor, i));
    return {static_cast<const T*>(TF_TensorData(tensor)), sizes};
  }

  /** Undefined numbers to be written; null after {@link failed}. */
  template <class T = float>
  T* output(int at, const Sizes& sizes, TF_DataType type = TF_FLOAT) {
    size_t bytes = sizeof(T);
    for (int64_t size : sizes) bytes *= static_cast<size_t>(size);
    TF_Tensor* tensor =
        TF_AllocateOutput(context_, at, type, sizes.data(), static_cast<int>(sizes.size()), bytes, status_);
    return keep(tensor) ? static_cast<T*>(TF_TensorData(tensor)) : nullptr;
  }

  /** The same, in the memory of an input where nobody else needs that; to be asked for before the input is. */
  float* output_over(int at, int input, const Sizes& sizes) {
    int taken = -1;
    TF_Tensor* tensor = TF_ForwardInputOrAllocateOutput(context_, &input, 1, at, sizes.data(),
                                                        static_cast<int>(sizes.size()), &taken, status_);
    return keep(tensor) ? static_cast<float*>(TF_TensorData(tensor)) : nullptr;
  }

  bool failed() const { return failed_; }

  /** Ends the operation with an error that TensorFlow passes on; returns false. */
  bool expect(bool holds, const char* otherwise) {
    if (holds || failed_) return !failed_;
    TF_SetStatus(status_, TF_INVALID_ARGUMENT, otherwise);
    fail();
    return false;
  }

 private:
  bool keep(TF_Tensor* tensor) {
    if (tensor) held_.push_back(tensor);
    if (TF_GetCode(status_) != TF_OK) fail();
    return !failed_;
  }

  void fail() {
    if (!failed_) TF_OpKernelContext_Failure(context_, status_);
    failed_ = true;
  }

  TF_OpKernelContext* context_;
  TF_Status* status_;
  std::vector<TF_Tensor*> held_;
  bool failed_ = false;
};

/** Reads the attributes of a node; after one that is missing no more are read, and TensorFlow refuses the node. */
class Reader {
 public:
  Reader(TF_OpKernelConstruction* construction, TF_Status* status) : construction_(construction), status_(status) {}

  void operator()(const char* name, int64_t& value) {
    if (whole()) TF_OpKernelConstruction_GetAttrInt64(construction_, name, &value, status_);
  }
  void operator()(const char* name, float& value) {
    if (whole()) TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status_);
  }
  void operator()(const char* name, unsigned char& value) {
    if (whole()) TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status_);
  }

 private:
  bool whole() const { return TF_GetCode(status_) == TF_OK; }

  TF_OpKernelConstruction* construction_;
  TF_Status* status_;
};

/** For an operation with `Attributes`, which are made with a {@link Reader}. */
template <class Attributes>
void* read_attributes(TF_OpKernelConstruction* construction) {
  TF_Status* status = TF_NewStatus();
  auto* made = new Attributes(Reader(construction, status));
  if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return made;
}

template <class Attributes>
void forget_attributes(void* made) {
  delete static_cast<Attributes*>(made);
}

template <class Attributes>
const Attributes& attributes(const void* kernel) {
  return *static_cast<const Attributes*>(kernel);
}

using Names = std::vector<const char*>;

/** What TensorFlow is told of an operation. `create` reads its attributes, once for each node of a graph. */
struct Operation {
  const char* name;
  Names inputs, outputs, attributes;
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void*, TF_OpKernelContext*);
  void (*destroy)(void*);
  /** What is known of the shapes of its results. */
  void (*shapes)(TF_ShapeInferenceContext*, TF_Status*) = TF_ShapeInferenceContextSetUnknownShape;
};

/** An operation that cannot be registered is not there, and whoever asks for it takes another way. */
inline void add(const Operation& operation) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char* attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, operation.shapes);
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == TF_OK) {
    TF_KernelBuilder* kernel =
        TF_NewKernelBuilder(operation.name, "CPU", operation.create, operation.compute, operation.destroy);
    TF_RegisterKernelBuilder(operation.name, kernel, status);
  }
  TF_DeleteStatus(status);
}

}  // namespace latent
