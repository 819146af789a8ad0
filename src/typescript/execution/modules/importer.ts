import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HOST } from "../../cell/modules.ts";
import { JSON, Object, type Promise, process, String } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { isLocal, versioned } from "./local_graph.ts";
import { isPath, resolve } from "./resolve.ts";

type Namespace = Record<string, unknown>;

/** Gives cells `import`, `import.meta` and `require`, resolved as in a file of the notebook's folder. */
export function provideImports({ base }: Execution): void {
  const url = pathToFileURL(base).href;
  const meta = { url, filename: base, resolve: (specifier: string) => resolve(specifier, url) };
  let hooked = false;
  const importer = async (given: unknown, options?: ImportCallOptions): Promise<Namespace> => {
    const specifier = String(given);
    const address = resolve(specifier, url);
    if (address.endsWith(".json")) return jsonModule(fileURLToPath(address));
    if (!isPath(specifier) || !isLocal(address)) return withNamesOfCommonJs(await import(address, options));
    // Hooks cost a thread of their own, so only a notebook that has modules beside it pays for them.
    if (!hooked) loadTypeScriptFiles();
    hooked = true;
    return import(versioned(address, resolve), options);
  };
  hide(HOST.import, Object.assign(importer, { meta }));
  hide("require", createRequire(base));
}

function loadTypeScriptFiles(): void {
  register("./module_hooks.js", import.meta.url);
  // From here on an error in such a file names the author's line.
  process.setSourceMapsEnabled(true);
}

/** JSON as a module, with or without the attribute that node asks for: the object is the default, its keys are names. */
function jsonModule(path: string): Namespace {
  const value = JSON.parse(readFileSync(path, "utf8")) as unknown;
  return { ...(value as object), default: value };
}

/** Names that node's scan of a CommonJS module did not see are taken from the object it exports. */
function withNamesOfCommonJs(namespace: Namespace): Namespace {
  const exported = namespace.default;
  if (exported === null || typeof exported !== "object") return namespace;
  const unseen = Object.keys(exported).filter(name => !(name in namespace));
  if (unseen.length === 0) return namespace;
  const names = Object.fromEntries(unseen.map(name => [name, (exported as Namespace)[name]]));
  return { ...names, ...namespace };
}
