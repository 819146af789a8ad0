import type * as tfjs from "@tensorflow/tfjs-node";

/** What of tfjs's engine is used here; its public type has none of it. */
export interface TfEngine {
  state: {
    numTensors: number;
    numBytes: number;
    numDataBuffers: number;
    registeredVariables: Record<string, tfjs.Variable>;
    readonly tensorInfo: { get(dataId: object): { bytes: number } | undefined };
    gradientDepth: number;
    kernelDepth: number;
    activeTape: unknown;
    activeScope: unknown;
    scopeStack: unknown[];
  };
  trackTensor(tensor: tfjs.Tensor, backend?: tfjs.KernelBackend): void;
  disposeTensor(tensor: tfjs.Tensor): void;
  scopedRun<R>(start: () => void, end: () => void, body: () => R): R;
}
