// tfjs-node's sources let TensorFlow use the memory of a JavaScript array where that happens to be aligned, and the array is
// let go wherever the last tensor of it ends: on a thread of TensorFlow's, while JavaScript runs. Node allows that on its own
// thread only; two threads at once broke its lists, and some other memory with them.
#pragma once
#include <cstring>

#include "tensorflow/c/tf_tensor.h"

namespace latent {

/** A tensor with memory of its own; what `values` belong to is let go here, on the thread of JavaScript. */
inline TF_Tensor* copied_tensor(TF_DataType type, const int64_t* sizes, int dimensions, void* values, size_t bytes,
                                void (*let_go)(void*, size_t, void*), void* owner) {
  TF_Tensor* tensor = TF_AllocateTensor(type, sizes, dimensions, bytes);
  if (tensor != nullptr && bytes > 0) std::memcpy(TF_TensorData(tensor), values, bytes);
  let_go(values, bytes, owner);
  return tensor;
}

}  // namespace latent

#define TF_NewTensor latent::copied_tensor
