/** `require` of cells and of the author's CommonJS files: it compiles TypeScript, and finds packages as an import does. */
import Module, { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Map, Object, process } from "../../intrinsics.ts";
import { isPath } from "../../local_modules.ts";
import { undisturbed } from "../undisturbed.ts";
import { asCommonJs } from "./compile_file.ts";
import { findLocal, isLocal, type LocalGraph } from "./local_graph.ts";
import { halfLoaded } from "./packages.ts";
import { fileOf, missingPackage, refuseWeb, TSLAB } from "./resolve.ts";

type Compilable = NodeJS.Module & { _compile: (code: string, filename: string, format?: string) => void };
type Handler = (module: Compilable, filename: string) => void;
type Find = (request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]) => string;

/** The parts of Node's CommonJS loader that compilers have always hooked into; its types leave them out. */
interface Loader {
  _extensions: Record<string, Handler>;
  _resolveFilename: Find;
}

const ENDINGS = [".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"];

/** Hooks the loader, and gives the `require` of a notebook, named by a file of its folder. */
export function notebookRequire(notebook: string, graph: LocalGraph): NodeJS.Require {
  const loader = Module as unknown as Loader;
  const plain = loader._extensions[".js"] as Handler;
  for (const ending of ENDINGS) loader._extensions[ending] = compiling(loader._extensions[ending] ?? plain);
  loader._resolveFilename = finding(loader._resolveFilename, notebook);
  const require = createRequire(notebook);
  const fresh = (request: string): unknown => {
    const file = undisturbed(() => {
      const path = require.resolve(request);
      if (!isAuthors(path)) return request;
      forgetEdited(path, graph);
      // Node remembers where a request led, and a link may lead elsewhere by now.
      return path;
    });
    try {
      return require(file);
    } catch (error) {
      throw error === null ? halfLoaded(request) : error;
    }
  };
  return Object.assign(fresh, require);
}

const loaded = new Map<string, string>();

/** Node keeps a CommonJS module for as long as it lives; an edited one, and whoever uses it, is read again. */
export function forgetEdited(path: string, graph: LocalGraph): void {
  const { cache } = createRequire(import.meta.url);
  for (const each of graph.reachable(path)) {
    const version = graph.version(each);
    if (loaded.get(each) !== version) delete cache[each];
    loaded.set(each, version);
  }
}

/** What was loading when a stop ended it: whoever requires it the next time would get the half that was there. */
export function forgetHalfLoaded(): void {
  const { cache } = createRequire(import.meta.url);
  for (const path of Object.keys(cache)) if (cache[path]?.loaded === false) delete cache[path];
}

function isAuthors(path: string): boolean {
  return isLocal(pathToFileURL(path).href);
}

function compiling(plain: Handler): Handler {
  return (module, filename) => {
    if (!isAuthors(filename)) return plain(module, filename);
    // From here on an error in such a file names the author's line.
    process.setSourceMapsEnabled(true);
    module._compile(asCommonJs(filename), filename, "commonjs");
  };
}

function finding(plain: Find, notebook: string): Find {
  return (request, parent, ...rest) => {
    const find = () => plain.call(Module, request, parent, ...rest);
    const from = parent?.filename ?? "";
    const isBuiltin = Module.isBuiltin(request);
    if (isBuiltin || !isAuthors(from)) return find();
    if (request === "tslab") return fileURLToPath(TSLAB);
    refuseWeb(request);
    // What an import does not find, Node may: `./data` for data.json, a folder with a package.json.
    if (isPath(request)) {
      const importer = from === notebook ? "the cell" : from;
      return findLocal(request, from) ?? orElse(find, () => fileOf(request, from, importer));
    }
    // The file's own folder, the notebook's, our installation.
    const elsewhere = from === notebook ? import.meta.url : notebook;
    return orElse(find, cause =>
      orElse(
        () => createRequire(elsewhere).resolve(request),
        () => {
          throw missingPackage(request, cause);
        },
      ),
    );
  };
}

function orElse<T>(attempt: () => T, otherwise: (error: unknown) => T): T {
  try {
    return attempt();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return otherwise(error);
  }
}
