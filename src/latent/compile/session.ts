import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GraphFailure, translate } from "./errors.ts";
import type { Graph } from "./graph.ts";
import type { Binding, NativeTensor } from "./native.ts";

/**
 * A graph that TensorFlow has loaded, with the variables in it. It is released by `dispose`, or when nothing can reach it
 * any more.
 */
export class Session {
  readonly #binding: Binding;
  readonly #graph: Graph;
  readonly #handle: { id: number | undefined };

  /** @param roots the nodes that will be fetched; what they do not need is left out */
  constructor(binding: Binding, graph: Graph, roots: readonly string[]) {
    this.#binding = binding;
    this.#graph = graph;
    this.#handle = { id: load(binding, graph, roots) };
    released.register(this, { binding, handle: this.#handle }, this.#handle);
  }

  get disposed(): boolean {
    return this.#handle.id === undefined;
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
    const { id } = this.#handle;
    if (id === undefined) throw new GraphFailure("This compiled step was disposed.");
    try {
      return this.#binding.runSavedModel(id, feeds, names, fetches);
    } catch (error) {
      throw translate(error, this.#graph);
    }
  }

  dispose(): void {
    released.unregister(this.#handle);
    release({ binding: this.#binding, handle: this.#handle });
  }
}

interface Held {
  binding: Binding;
  handle: { id: number | undefined };
}

const released = new FinalizationRegistry<Held>(release);

function release({ binding, handle }: Held): void {
  if (handle.id !== undefined) binding.deleteSavedModel(handle.id);
  handle.id = undefined;
}

/** The addon loads graphs from a folder only. */
function load(binding: Binding, graph: Graph, roots: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), "latent-step-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), graph.savedModel(roots));
    return binding.loadSavedModel(folder, "serve");
  } catch (error) {
    throw translate(error, graph);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
