import type { TfEngine } from "./engine.ts";

/**
 * What tfjs counts up and down around a kernel, a gradient and a tidy. The stop button ends JavaScript at any place
 * without running a `finally`; tfjs would then take itself to be inside of that gradient and that tidy for ever: it would
 * remember every later operation and hold every later tensor.
 */
export class Scopes {
  readonly #engine: TfEngine;
  #depth = 0;
  #outside: Partial<TfEngine["state"]> = {};

  constructor(engine: TfEngine) {
    this.#engine = engine;
    const run = engine.scopedRun.bind(engine);
    engine.scopedRun = (start, end, body) => {
      if (this.#depth === 0) this.#outside = this.#present();
      this.#depth++;
      try {
        return run(start, end, body);
      } finally {
        this.#depth--;
      }
    };
  }

  /** To be called where nothing of the author's is on the stack: no scope of tfjs's own outlasts a turn. */
  leave(): void {
    const { state } = this.#engine;
    if (this.#depth > 0) Object.assign(state, this.#outside);
    this.#depth = 0;
    this.#outside = {};
    if (state.gradientDepth === 0) state.activeTape = null; // a gradient that failed leaves its own behind
  }

  #present(): Partial<TfEngine["state"]> {
    const { gradientDepth, kernelDepth, activeTape, activeScope, scopeStack } = this.#engine.state;
    return { gradientDepth, kernelDepth, activeTape, activeScope, scopeStack: [...scopeStack] };
  }
}
