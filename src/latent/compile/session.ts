import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collector } from "../engine/chosen.ts";
import { GraphFailure, translate } from "./errors.ts";
import type { Graph } from "./graph.ts";
import type { Binding, NativeTensor } from "./native.ts";

/** What a loaded graph takes outside of JavaScript, in bytes. Measured: 1.1 MB for a small dense autoencoder with Adam. */
const LOADED = 2 ** 20;

const THREADS = "TF_NUM_INTEROP_THREADS";

/** What TensorFlow has loaded: the graph and the values of its variables. Released when nothing reaches it any more. */
interface Loaded {
  readonly binding: Binding;
  id: number | undefined;
}

/** A graph that TensorFlow has loaded, with the variables in it. It is released by `dispose`, or when nothing reaches it. */
export class Session {
  readonly #graph: Graph;
  readonly #loaded: Loaded;

  /** @param roots the nodes that will be fetched; what they do not need is left out */
  constructor(binding: Binding, graph: Graph, roots: readonly string[]) {
    this.#graph = graph;
    const id = load(binding, graph, roots);
    this.#loaded = { binding, id };
    released.register(this.#loaded, { binding, id }, this.#loaded);
    collector.grew(LOADED);
  }

  get disposed(): boolean {
    return this.#loaded.id === undefined;
  }

  /**
   * Fetches the values of nodes, whose names are separated by commas, as handles of tensors that are the caller's. The
   * function holds what TensorFlow has loaded and nothing else: neither the graph, whose nodes remember the author's
   * functions, nor a variable.
   */
  get fetch(): (nodes: string) => NativeTensor[] {
    return fetchFrom(this.#loaded);
  }

  /**
   * Runs what the fetched nodes need, each node once.
   *
   * @param feeds handles of the tensors for the placeholders that `names` lists, both in one order
   * @param names of placeholders, separated by commas
   * @param fetches names of nodes, separated by commas
   * @returns the first output of each fetched node, in order; its handle is the caller's to delete
   * @throws GraphFailure when an operation fails, with the author's line
   */
  run(feeds: number[], names: string, fetches: string): NativeTensor[] {
    try {
      return runLoaded(this.#loaded, feeds, names, fetches);
    } catch (error) {
      throw translate(error, this.#graph);
    }
  }

  dispose(): void {
    const { binding, id } = this.#loaded;
    if (id === undefined) return;
    released.unregister(this.#loaded);
    this.#loaded.id = undefined;
    binding.deleteSavedModel(id);
  }
}

const released = new FinalizationRegistry<{ binding: Binding; id: number }>(({ binding, id }) =>
  binding.deleteSavedModel(id),
);

function fetchFrom(loaded: Loaded): (nodes: string) => NativeTensor[] {
  return nodes => runLoaded(loaded, [], "", nodes);
}

function runLoaded({ binding, id }: Loaded, feeds: number[], names: string, fetches: string): NativeTensor[] {
  if (id === undefined) throw new GraphFailure("This compiled step was disposed.");
  return binding.runSavedModel(id, feeds, names, fetches);
}

/**
 * Graphs that `load` loads run on the thread that asks for it, one operation after the other, each on all cores: a step that
 * does nothing takes 12 µs and not 70, and that of a dense autoencoder 2.4 ms and not 3.1 (two cores). TensorFlow looks at
 * the variable when it makes its first session; programs that a cell starts do not get it.
 */
function onThisThread<R>(load: () => R): R {
  if (process.env[THREADS] !== undefined) return load();
  process.env[THREADS] = "-1";
  try {
    return load();
  } finally {
    delete process.env[THREADS];
  }
}

/** The addon loads graphs from a folder only. */
function load(binding: Binding, graph: Graph, roots: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), "latent-step-"));
  try {
    const { bytes, tag } = graph.savedModel(roots);
    writeFileSync(join(folder, "saved_model.pb"), bytes);
    return onThisThread(() => binding.loadSavedModel(folder, tag));
  } catch (error) {
    throw translate(error, graph);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
