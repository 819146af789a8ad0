import type * as tfjs from "@tensorflow/tfjs-node";
import { Collector } from "./collector.ts";
import type { TfEngine } from "./engine.ts";
import { forgetModels } from "./layers.ts";
import type { Ledger, Remains } from "./ledger.ts";
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
  const collector = new Collector({
    dispose,
    letGo: () => forgetModels(tf),
    rest: () => scopes.leave(),
    recount: ledger => recount(tf, engine, ledger, older),
  });
  /** Tensors from before. */
  let older = engine.state.numTensors;
  let { state } = engine;
  state.registeredVariables = weakVariables(state.registeredVariables);
  engine.trackTensor = (tensor, backend) => {
    if (engine.state !== state) {
      ({ state } = engine);
      state.registeredVariables = weakVariables(state.registeredVariables);
      older = state.numTensors;
      collector.restart();
    }
    const { numDataBuffers } = state;
    collector.takes(tensor);
    track(tensor, backend);
    collector.took(tensor, state.numDataBuffers > numDataBuffers ? bytesOf(engine, tensor) : 0);
  };
  engine.disposeTensor = tensor => {
    if (tensor.isDisposed) return; // a variable that is disposed of twice would take its values from those who share them
    if (!collector.loses(tensor)) older = Math.max(0, older - 1);
    collector.lost(dispose(tensor));
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

function recount(tf: typeof tfjs, { state }: TfEngine, ledger: Ledger, older: number): void {
  state.numTensors = older + ledger.size;
  const bytes = ledger.bytes(tf.util.bytesPerElement);
  if (older === 0 && bytes !== undefined) state.numBytes = bytes;
}

function bytesOf({ state }: TfEngine, { dataId }: Remains): number {
  return state.tensorInfo.get(dataId)?.bytes ?? 0;
}
