import type { io as files } from "@tensorflow/tfjs";
import type * as tfjs from "@tensorflow/tfjs-node";
import { engine } from "./chosen.ts";
import { printsTensors } from "./printed.ts";

/**
 * TensorFlow.js on the engine that this machine has: every function of `@tensorflow/tfjs-node`, loaded once a process.
 * Without the native library it computes on WebAssembly, and `tf.node` says what is missing.
 */
export const tf: typeof tfjs = engine.tf;
printsTensors(tf);

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
  export type AdadeltaOptimizer = tfjs.AdadeltaOptimizer;
  export type AdagradOptimizer = tfjs.AdagradOptimizer;
  export type AdamOptimizer = tfjs.AdamOptimizer;
  export type AdamaxOptimizer = tfjs.AdamaxOptimizer;
  export type MomentumOptimizer = tfjs.MomentumOptimizer;
  export type RMSPropOptimizer = tfjs.RMSPropOptimizer;
  export type SGDOptimizer = tfjs.SGDOptimizer;
  export type ScalarLike = tfjs.ScalarLike;
  export type Shape = tfjs.Shape;
  export type NumericDataType = tfjs.NumericDataType;
  export type DataTypeMap = tfjs.DataTypeMap;
  export type TensorInfo = tfjs.TensorInfo;
  export type TensorContainerArray = tfjs.TensorContainerArray;
  export type TensorContainerObject = tfjs.TensorContainerObject;
  export type MemoryInfo = tfjs.MemoryInfo;
  export type TimingInfo = tfjs.TimingInfo;
  export type InferenceModel = tfjs.InferenceModel;
  export type ModelEvaluateArgs = tfjs.ModelEvaluateArgs;
  export type ModelPredictConfig = tfjs.ModelPredictConfig;
  export type ModelTensorInfo = tfjs.ModelTensorInfo;
  export type SequentialArgs = tfjs.SequentialArgs;
  export type InputSpec = tfjs.InputSpec;
  export type LayerVariable = tfjs.LayerVariable;
  export type RNN = tfjs.RNN;
  export type LSTMLayerArgs = tfjs.LSTMLayerArgs;
  export type GRULayerArgs = tfjs.GRULayerArgs;
  export type SimpleRNNLayerArgs = tfjs.SimpleRNNLayerArgs;
  export type ClassWeight = tfjs.ClassWeight;
  export type ClassWeightMap = tfjs.ClassWeightMap;
  export type Reduction = tfjs.Reduction;
  export type Callback = tfjs.Callback;
  export type CallbackList = tfjs.CallbackList;
  export type CustomCallback = tfjs.CustomCallback;
  export type CustomCallbackArgs = tfjs.CustomCallbackArgs;
  export type EarlyStopping = tfjs.EarlyStopping;
  export type KernelBackend = tfjs.KernelBackend;
  export type KernelConfig = tfjs.KernelConfig;
  export type KernelFunc = tfjs.KernelFunc;
  export type GradConfig = tfjs.GradConfig;
  export type GradFunc = tfjs.GradFunc;
  export type RecursiveArray<T> = tfjs.RecursiveArray<T>;
  export type ModelFitDatasetArgs<T> = tfjs.ModelFitDatasetArgs<T>;
  export namespace layers {
    export type Layer = tfjs.layers.Layer;
    export type RNN = tfjs.layers.RNN;
    export type RNNCell = tfjs.layers.RNNCell;
  }
  export namespace fused {
    export type Activation = tfjs.fused.Activation;
  }
  export namespace serialization {
    export type ConfigDict = tfjs.serialization.ConfigDict;
    export type Serializable = tfjs.serialization.Serializable;
    export type SerializableConstructor<T extends tfjs.serialization.Serializable> =
      tfjs.serialization.SerializableConstructor<T>;
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
    export type CSVDataset = tfjs.data.CSVDataset;
    export type TextLineDataset = tfjs.data.TextLineDataset;
    export type ColumnConfig = tfjs.data.ColumnConfig;
  }
  export type Variable<R extends tfjs.Rank = tfjs.Rank> = tfjs.Variable<R>;
  export type Optimizer = tfjs.Optimizer;
  export type Sequential = tfjs.Sequential;
  export type LayersModel = tfjs.LayersModel;
  export type SymbolicTensor = tfjs.SymbolicTensor;
}
