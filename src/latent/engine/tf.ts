import type { io as files } from "@tensorflow/tfjs";
import type * as tfjs from "@tensorflow/tfjs-node";
import { engine } from "./chosen.ts";

/**
 * TensorFlow.js on the engine that this machine has: every function of `@tensorflow/tfjs-node`, loaded once a process.
 * Without the native library it computes on WebAssembly, and `tf.node` says what is missing.
 */
export const tf: typeof tfjs = engine.tf;

/** The types of TensorFlow.js under the same name, so that a lesson writes `tf.Tensor2D` and needs one import. */
export declare namespace tf {
  export type Rank = tfjs.Rank;
  export namespace Rank {
    export type R0 = tfjs.Rank.R0;
    export type R1 = tfjs.Rank.R1;
    export type R2 = tfjs.Rank.R2;
    export type R3 = tfjs.Rank.R3;
    export type R4 = tfjs.Rank.R4;
    export type R5 = tfjs.Rank.R5;
    export type R6 = tfjs.Rank.R6;
  }
  export type DataType = tfjs.DataType;
  export type TensorLike = tfjs.TensorLike;
  export type Tensor<R extends tfjs.Rank = tfjs.Rank> = tfjs.Tensor<R>;
  export type Scalar = tfjs.Scalar;
  export type Tensor1D = tfjs.Tensor1D;
  export type Tensor2D = tfjs.Tensor2D;
  export type Tensor3D = tfjs.Tensor3D;
  export type Tensor4D = tfjs.Tensor4D;
  export type Tensor5D = tfjs.Tensor5D;
  export type TensorBuffer<R extends tfjs.Rank, D extends tfjs.DataType = "float32"> = tfjs.TensorBuffer<R, D>;
  export type TypedArray = tfjs.TypedArray;
  export type TensorContainer = tfjs.TensorContainer;
  export type NamedTensorMap = tfjs.NamedTensorMap;
  export type GradSaveFunc = tfjs.GradSaveFunc;
  export type History = tfjs.History;
  export type Logs = tfjs.Logs;
  export type ModelFitArgs = tfjs.ModelFitArgs;
  export type ModelCompileArgs = tfjs.ModelCompileArgs;
  export type GraphModel = tfjs.GraphModel;
  export namespace layers {
    export type Layer = tfjs.layers.Layer;
  }
  export namespace io {
    export type IOHandler = files.IOHandler;
    export type LoadHandler = files.LoadHandler;
    export type SaveHandler = files.SaveHandler;
    export type SaveResult = files.SaveResult;
    export type ModelArtifacts = files.ModelArtifacts;
    export type WeightsManifestEntry = files.WeightsManifestEntry;
  }
  export namespace data {
    export type Dataset<T extends tfjs.TensorContainer> = tfjs.data.Dataset<T>;
  }
  export type Variable<R extends tfjs.Rank = tfjs.Rank> = tfjs.Variable<R>;
  export type Optimizer = tfjs.Optimizer;
  export type Sequential = tfjs.Sequential;
  export type LayersModel = tfjs.LayersModel;
  export type SymbolicTensor = tfjs.SymbolicTensor;
}
