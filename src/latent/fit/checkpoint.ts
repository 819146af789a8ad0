import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Compiled } from "../compile/compiled.ts";
import { restoreState, saveState } from "../compile/state.ts";
import type { tf } from "../engine/tf.ts";
import type { Epoch } from "./history.ts";
import type { Watched } from "./stopping.ts";

export interface Checkpointing {
  /** A safetensors file; it is replaced whole after each epoch. Its folder is made if it is not there. */
  path: string;
  /**
   * Goes on behind the last epoch in the file, if there is one, as if the training had not stopped: weights, the
   * optimizer's state and learning rate, random numbers, and what early stopping has seen are in the file.
   */
  resume?: boolean;
}

/** Where a training stands, besides its variables. */
export interface Progress {
  readonly epochs: readonly Epoch[];
  readonly step: number;
  /** What early stopping has seen. */
  readonly watched: Watched | undefined;
}

/** The file that a training writes after each epoch, and can go on from. */
export class Checkpoint {
  readonly #path: string;
  readonly #resume: boolean;
  readonly #program: Compiled;

  constructor({ path, resume = false }: Checkpointing, program: Compiled) {
    this.#path = path;
    this.#resume = resume;
    this.#program = program;
    mkdirSync(dirname(path), { recursive: true });
  }

  /** Whether there is a training to go on with. */
  get isThere(): boolean {
    return this.#resume && existsSync(this.#path);
  }

  /** @param best the best values of variables so far */
  save(progress: Progress, best: ReadonlyMap<tf.Variable, tf.Tensor>): void {
    saveState(this.#path, this.#program, { metadata: { progress: JSON.stringify(progress, spelledOut) }, best });
  }

  /** Puts back what was saved; the best values are the caller's. */
  restore(): { progress: Progress; best: ReadonlyMap<tf.Variable, tf.Tensor> } {
    const { metadata, best } = restoreState(this.#path, this.#program);
    return { progress: JSON.parse(metadata.progress ?? EMPTY, asNumber) as Progress, best };
  }
}

const EMPTY = JSON.stringify({ epochs: [], step: 0 });

/** JSON has no Infinity and no NaN. */
function spelledOut(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function asNumber(_: string, value: unknown): unknown {
  return typeof value === "string" ? Number(value) : value;
}
