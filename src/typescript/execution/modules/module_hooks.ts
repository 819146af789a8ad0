/**
 * Hooks of Node's module loader, in its own thread, for the author's files: they are compiled when they are loaded, may
 * import all that a cell may, and each address carries the version of its file.
 */
import type { InitializeHook, LoadHook, ResolveFnOutput, ResolveHook } from "node:module";
import { isPath } from "../../local_modules.ts";
import { asModule } from "./compile_file.ts";
import { isLocal, isVersioned, LocalGraph, pathOf } from "./local_graph.ts";
import { fileOf, isMissingPackage, missingPackage, refuseWeb, TSLAB } from "./resolve.ts";

export interface HookData {
  /** The address of a file in the notebook's folder. */
  notebook: string;
  failures: Int32Array<SharedArrayBuffer>;
}

const state = { notebook: "", graph: new LocalGraph() };

export const initialize: InitializeHook<HookData> = ({ notebook, failures }) => {
  state.notebook = notebook;
  state.graph = new LocalGraph(failures);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const { parentURL } = context;
  // From the main thread, which has looked for the file. Node would follow a link that is read as it stands.
  if (isVersioned(specifier)) return { url: specifier, shortCircuit: true };
  if (parentURL === undefined || !isLocal(parentURL)) return next(specifier, context);
  if (specifier === "tslab") return { url: TSLAB, shortCircuit: true };
  refuseWeb(specifier);
  const path = pathOf(parentURL);
  if (isPath(specifier)) return local(fileOf(specifier, path, path));
  // The file's own folder, the notebook's, our installation.
  const resolved = await firstThatHas(specifier, [parentURL, state.notebook, import.meta.url], from =>
    next(specifier, { ...context, parentURL: from }),
  );
  return isLocal(resolved.url) ? local(pathOf(resolved.url)) : resolved;
};

export const load: LoadHook = async (url, context, next) => {
  if (!isLocal(url)) return next(url, context);
  return { format: "module", source: asModule(pathOf(url)), shortCircuit: true };
};

/** Without attributes: JSON of the author's is one module, whether its importer says what it is or not. */
function local(path: string): ResolveFnOutput {
  return { url: state.graph.address(path), importAttributes: {}, shortCircuit: true };
}

async function firstThatHas(
  specifier: string,
  places: string[],
  look: (from: string) => ResolveFnOutput | Promise<ResolveFnOutput>,
): Promise<ResolveFnOutput> {
  let first: unknown;
  for (const place of places) {
    try {
      return await look(place);
    } catch (error) {
      if (!isMissingPackage(error)) throw error;
      first ??= error;
    }
  }
  throw missingPackage(specifier, first);
}
