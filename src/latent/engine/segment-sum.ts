import type * as tfjs from "@tensorflow/tfjs-node";

type Tf = typeof tfjs;
type KernelFunc = Parameters<Tf["registerKernel"]>[0]["kernelFunc"];

/**
 * `UnsortedSegmentSum`, the gradient of gathering: row i of x `[n, …]` is added to row `segmentIds[i]` of the result
 * `[numSegments, …]`. In plain JavaScript one pass; the CPU backend's own makes one pass a segment.
 */
export function segmentSum(tf: Tf): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const [x, segmentIds] = [inputs.x, inputs.segmentIds] as [tfjs.TensorInfo, tfjs.TensorInfo];
    const read = (info: tfjs.TensorInfo) =>
      (backend as { readSync(id: object): tfjs.TypedArray }).readSync(info.dataId);
    const [values, ids] = [read(x), read(segmentIds)];
    const segments = (attrs as unknown as { numSegments: number }).numSegments;
    const width = values.length / ids.length;
    const sums = new Float32Array(segments * width);
    ids.forEach((segment, row) => {
      if (segment < 0 || segment >= segments) return; // as TensorFlow: such rows are dropped
      for (let i = 0; i < width; i++) {
        sums[segment * width + i] = (sums[segment * width + i] as number) + (values[row * width + i] as number);
      }
    });
    const shape = [segments, ...x.shape.slice(segmentIds.shape.length)];
    return tf.tensor(sums, shape, x.dtype);
  };
}
