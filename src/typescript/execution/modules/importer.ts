import { createRequire, register } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HOST } from "../../cell/host_names.ts";
import { type AbortSignal, Object, type Promise, process, Set, String } from "../../intrinsics.ts";
import { isPath } from "../../local_modules.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { spin } from "../stop/coming.ts";
import { undisturbed } from "../undisturbed.ts";
import { type Namespace, withAsked } from "./asked_names.ts";
import { readJson } from "./compile_file.ts";
import { isDeclaredPackage } from "./declared_packages.ts";
import { findLocal, isLocal, LocalGraph, pathOf } from "./local_graph.ts";
import type { HookData } from "./module_hooks.ts";
import { nameImporter } from "./name_importer.ts";
import { Packages } from "./packages.ts";
import { reassignedNames } from "./reassigned_names.ts";
import { forgetEdited, forgetHalfLoaded, notebookRequire } from "./require.ts";
import { resolve } from "./resolve.ts";

/** Gives cells `import`, `import.meta` and `require`, as in a file of the notebook's folder. */
export function provideImports(execution: Execution): void {
  const { base } = execution;
  const url = pathToFileURL(base).href;
  const graph = new LocalGraph();
  const stop = () => execution.running?.aborter.signal;
  const locals = new LocalModules(url, graph, stop);
  const packages = new Packages(stop);
  execution.terminated.push(forgetHalfLoaded, () => packages.terminated());
  const atOnce = <Result>(work: () => Result): Result => {
    // A stop that was promised while the cell's own code ran would come in the middle of this.
    spin(execution);
    const { inHost } = execution;
    execution.inHost = true;
    try {
      return undisturbed(work);
    } finally {
      execution.inHost = inHost;
    }
  };
  const load = async (address: string, options?: ImportCallOptions): Promise<Namespace> => {
    if (!undisturbed(() => isLocal(address)))
      return withNamesOfCommonJs(await packages.load(address, options), address);
    return atOnce(() => {
      const path = pathOf(address);
      return path.endsWith(".json") ? jsonModule(path) : locals.load(path);
    });
  };
  /** `used` and `unused` are the names that a static import of a cell asks for. */
  const importer = async (given: unknown, options?: ImportCallOptions, used?: string[], unused: string[] = []) => {
    const specifier = String(given);
    const isTypes = () => used?.length === 0 && isDeclaredPackage(specifier, base);
    const address = atOnce(() => addressUnless(isTypes, () => resolve(specifier, url)));
    if (address === undefined) return {};
    const namespace = await load(address, options);
    if (used === undefined) return namespace;
    const asked = { specifier, address, used, unused };
    return undisturbed(() => withAsked(namespace, asked, objectOfCommonJs(namespace, address)));
  };
  const meta = {
    url,
    filename: base,
    dirname: dirname(base),
    main: true,
    resolve: (specifier: string) => resolve(specifier, url),
  };
  execution.names.reassigned = specifier => {
    const path = isPath(specifier) ? findLocal(specifier, base) : undefined;
    return path === undefined ? [] : [...reassignedNames(path)];
  };
  hide(HOST.import, Object.assign(importer, { meta }));
  hide("require", notebookRequire(base, graph));
}

/** The address of a module; undefined where there is none and it has but types. */
function addressUnless(isTypes: () => boolean, address: () => string): string | undefined {
  try {
    return address();
  } catch (error) {
    if (isTypes()) return undefined;
    throw error;
  }
}

/** The author's own files. A version that was loaded stays; an edit makes another one. */
class LocalModules {
  readonly #notebook: string;
  readonly #graph: LocalGraph;
  /** Addresses that were part of an import that went well. */
  readonly #good = new Set<string>();
  readonly #stop: () => AbortSignal | undefined;
  #hooked = false;

  constructor(notebook: string, graph: LocalGraph, stop: () => AbortSignal | undefined) {
    this.#notebook = notebook;
    this.#graph = graph;
    this.#stop = stop;
  }

  async load(path: string): Promise<Namespace> {
    this.#hook();
    forgetEdited(path, this.#graph);
    const address = this.#graph.address(path);
    const parts = this.#graph.reachable(path).map(each => ({ path: each, address: this.#graph.address(each) }));
    const failed = () => {
      for (const part of parts) if (!this.#good.has(part.address)) this.#graph.failed(part.path);
    };
    // A module that waits when its cell is stopped waits for ever: the next import loads it anew.
    const stop = this.#stop();
    stop?.addEventListener("abort", failed);
    try {
      const namespace = (await undisturbed(() => import(address))) as Namespace;
      undisturbed(() => {
        for (const part of parts) this.#good.add(part.address);
      });
      return withNamesOfCommonJs(namespace, address);
    } catch (error) {
      // Node remembers a module that failed. What it lacked may be there at the next import.
      undisturbed(() => {
        failed();
        nameImporter(error);
      });
      throw error;
    } finally {
      stop?.removeEventListener("abort", failed);
    }
  }

  /** Hooks cost a thread of their own, so only a notebook that has modules beside it pays for them. */
  #hook(): void {
    if (this.#hooked) return;
    const data: HookData = { notebook: this.#notebook, failures: this.#graph.failures };
    register("./module_hooks.js", import.meta.url, { data });
    this.#hooked = true;
    // From here on an error in such a file names the author's line.
    process.setSourceMapsEnabled(true);
  }
}

/** JSON as a module, with or without the attribute that Node asks for: the object is the default, its keys are names. */
function jsonModule(path: string): Namespace {
  const value = readJson(path);
  return { ...(value as object), default: value };
}

/** Names that Node's scan of a CommonJS module did not see are taken from the object it exports. */
function withNamesOfCommonJs(namespace: Namespace, address: string): Namespace {
  return undisturbed(() => {
    const exported = objectOfCommonJs(namespace, address);
    if (exported === undefined) return namespace;
    const unseen = Object.keys(exported).filter(name => !(name in namespace));
    if (unseen.length === 0) return namespace;
    const names = Object.fromEntries(unseen.map(name => [name, exported[name]]));
    return { ...names, ...namespace };
  });
}

/** What a CommonJS module exports, where it is an object; of another module undefined. */
function objectOfCommonJs({ default: exported }: Namespace, address: string): Namespace | undefined {
  if (exported === null || (typeof exported !== "object" && typeof exported !== "function")) return undefined;
  if (!address.startsWith("file:")) return undefined;
  const isTheirs = createRequire(import.meta.url).cache[fileURLToPath(address)]?.exports === exported;
  return isTheirs ? (exported as Namespace) : undefined;
}
