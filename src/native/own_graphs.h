// A graph with the tag `latent` is run as it was written. TensorFlow's optimiser rewrites each graph before its first run, which
// takes a quarter of the first step; `compile` writes the tag where it has nothing to gain (`optimised.ts`).
#pragma once
#include <cstring>

#include "tensorflow/c/c_api.h"

namespace latent {

/** TensorFlow's function of that name, without the optimiser for graphs of ours. */
inline TF_Session* load_session(TF_SessionOptions* options, const TF_Buffer* run_options, const char* folder,
                                const char* const* tags, int tag_count, TF_Graph* graph, TF_Buffer* meta,
                                TF_Status* status) {
  // A ConfigProto: graph_options (10) with rewrite_options (10) with disable_meta_optimizer (19) = true.
  static constexpr unsigned char AS_WRITTEN[] = {0x52, 5, 0x52, 3, 0x98, 1, 1};
  const bool is_ours = tag_count == 1 && std::strcmp(tags[0], "latent") == 0;
  if (is_ours) TF_SetConfig(options, AS_WRITTEN, sizeof AS_WRITTEN, status);
  if (is_ours && TF_GetCode(status) != TF_OK) return nullptr;
  return TF_LoadSessionFromSavedModel(options, run_options, folder, tags, tag_count, graph, meta, status);
}

}  // namespace latent

#define TF_LoadSessionFromSavedModel latent::load_session
