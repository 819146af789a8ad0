import type * as tfjs from "@tensorflow/tfjs-node";
import { Collector } from "./collector.ts";
import type { TfEngine } from "./engine.ts";
import { forgetModels } from "./layers.ts";
import type { Remains } from "./ledger.ts";
import { Scopes } from "./scopes.ts";
import { weakVariables } from "./variables.ts";

export type { Collector } from "./collector.ts";

const COLLECTOR = Symbol.for("latent.collector");

/**
 * Lets tfjs free the tensors that nobody holds. What the author, a model or an optimizer reaches stays; `dispose`, `tidy`
 * and `keep` do what they always did. Done once for each engine, however often the library is loaded.
 */
export function collectTensors(tf: typeof tfjs): Collector {
  const engine = tf.engine() as unknown as TfEngine & { [COLLECTOR]?: Collector };
  engine[COLLECTOR] ??= install(tf, engine);
  return engine[COLLECTOR];
}

function install(tf: typeof tfjs, engine: TfEngine): Collector {
  const track = engine.trackTensor.bind(engine);
  const dispose = disposing(engine);
  const scopes = new Scopes(engine);
  const collector = new Collector({ dispose, letGo: () => forgetModels(tf), rest: () => scopes.leave() });
  engine.state.registeredVariables = weakVariables(engine.state.registeredVariables);
  engine.trackTensor = (tensor, backend) => {
    const { numDataBuffers } = engine.state;
    track(tensor, backend);
    collector.took(tensor, engine.state.numDataBuffers > numDataBuffers ? bytesOf(engine, tensor) : 0);
  };
  engine.disposeTensor = tensor => {
    // A variable that is disposed of twice would take its values from those who share them.
    if (!tensor.isDisposed) collector.lost(tensor, dispose(tensor));
  };
  return collector;
}

/** tfjs's own way to dispose of a tensor, and how many bytes that frees: none while others share its values. */
function disposing(engine: TfEngine): (remains: Remains) => number {
  const dispose = engine.disposeTensor.bind(engine) as (remains: Remains) => void;
  return remains => {
    const { numDataBuffers } = engine.state;
    const bytes = bytesOf(engine, remains);
    dispose(remains);
    return engine.state.numDataBuffers < numDataBuffers ? bytes : 0;
  };
}

function bytesOf({ state }: TfEngine, { dataId }: Remains): number {
  return state.tensorInfo.get(dataId)?.bytes ?? 0;
}
