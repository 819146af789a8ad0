import { setImmediate, setTimeout } from "node:timers"; // the global ones belong to the running cell
import { getHeapStatistics } from "node:v8";
import type * as tfjs from "@tensorflow/tfjs-node";
import { Budget } from "./budget.ts";
import { type Garbage, garbage } from "./garbage.ts";
import { Ledger, type Remains } from "./ledger.ts";

const MB = 2 ** 20;
/** What a tensor takes besides its values: objects of JavaScript, and TensorFlow's handle. */
const OVERHEAD = 2048;
/** Growth after which the next turn of the event loop collects. */
const SOON = 96 * MB;
/** Growth after which tensors are collected at once: a loop without an `await` has no turns. */
const NOW = 128 * MB;
/** What the growth doubles to, at most, before it is looked at again where it turned out to be held. */
const MOST = 1024 * MB;
/** Growth that is worth a collection when nothing else is to be done. */
const AT_REST = 32 * MB;
/** Milliseconds after which a smaller growth is looked at. */
const LATER = 1000;
/** Tensors of one job after which the ledger's references to them are made weak again. */
const JOB = 4096;

/** What the collector asks of tfjs. */
export interface Owner {
  /** Disposes of what is left of a tensor; returns how many bytes are free again. */
  dispose(remains: Remains): number;
  /** Lets go of what tfjs holds for its own convenience. */
  letGo(): void;
  /** To be called where nothing of the author's is on the stack. */
  rest(): void;
  /** tfjs's own counts are to agree with the tensors that are there: a stop may have come between two of its lines. */
  recount(ledger: Ledger): void;
}

/**
 * Frees the tensors that nobody holds. JavaScript knows which those are, but not how large they are; tfjs knows the sizes,
 * but not who holds what. So this counts what tfjs allocates, has JavaScript collect when that has grown, and disposes of
 * the tensors whose objects are gone.
 */
export class Collector {
  readonly #owner: Owner;
  readonly #garbage: Garbage = garbage();
  readonly #ledger = new Ledger();
  readonly #budget = new Budget();
  /** Bytes that were allocated and not disposed of since the last collection. */
  #growth = 0;
  /** Growth that is collected whether there is time or not: most of it will be garbage, and that pays. */
  #worth = NOW;
  /** Tensors since references were last made weak. */
  #job = 0;
  #soon = false;
  #later = false;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** tfjs is about to take a tensor. A stop may come at any place, so first of all nobody can forget it. */
  takes(tensor: tfjs.Tensor): void {
    this.#ledger.add(tensor);
  }

  /** tfjs has taken it; `bytes` are of values that it had not before. */
  took(tensor: tfjs.Tensor, bytes: number): void {
    if (++this.#job >= JOB) this.#forget();
    this.grew(bytes + OVERHEAD);
    // A variable is announced a moment before its values are counted as its own.
    if (this.#growth >= NOW && !("assign" in tensor)) this.#collectInTime();
  }

  /** tfjs is about to dispose of a tensor: first of all nobody disposes of it once more. Whether it was known. */
  loses(tensor: tfjs.Tensor): boolean {
    return this.#ledger.remove(tensor);
  }

  /** tfjs has disposed of it; `bytes` are of values that it no longer has. */
  lost(bytes: number): void {
    this.#growth = Math.max(0, this.#growth - bytes - OVERHEAD);
  }

  /** `bytes` were taken that are given back when JavaScript collects. */
  grew(bytes: number): void {
    this.#growth += bytes;
    if (!this.#soon && this.#growth >= SOON) this.#collectSoon();
    if (!this.#later) this.#collectLater();
  }

  /** To be called where nothing of the author's is on the stack, between cells for one: collects if that is worth it. */
  rest(least: number = AT_REST): void {
    this.#owner.rest();
    if (this.#growth >= least) this.#collectInTime();
  }

  /** Frees all tensors that nobody holds; returns how many bytes that were. */
  collect(): number {
    let bytes = 0;
    this.#owner.letGo();
    this.#forget();
    this.#garbage.collect();
    this.#ledger.sweep(remains => {
      bytes += this.#owner.dispose(remains) + OVERHEAD;
    });
    this.#forget(); // the sweep has looked at those that live
    this.#owner.recount(this.#ledger);
    this.#growth = 0;
    return bytes;
  }

  /** tfjs was reset: what it had is gone. */
  restart(): void {
    this.#ledger.clear();
    this.#growth = 0;
  }

  #collectInTime(): void {
    const growth = this.#growth;
    if (growth < this.#worth && !this.#budget.allows) return;
    const start = this.#budget.now();
    const bytes = this.collect();
    this.#budget.spent(this.#budget.now() - start, bytes, getHeapStatistics().used_heap_size);
    if (bytes > growth / 2) this.#worth = NOW;
    else if (growth >= SOON) this.#worth = Math.min(MOST, 2 * Math.max(NOW, growth));
  }

  #collectSoon(): void {
    this.#soon = true;
    setImmediate(() => {
      this.#soon = false;
      this.rest(SOON);
    });
  }

  #collectLater(): void {
    this.#later = true;
    setTimeout(() => {
      this.#later = false;
      this.rest();
    }, LATER).unref();
  }

  #forget(): void {
    this.#job = 0;
    this.#garbage.forget();
  }
}
