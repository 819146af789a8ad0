import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Error, URL } from "../../intrinsics.ts";
import { isPath, readings } from "../../local_modules.ts";
import { findLocal } from "./local_graph.ts";

/** The incumbent's API, answered by us: the package of that name would speak to a kernel that is not there. */
export const TSLAB: string = new URL("./tslab.js", import.meta.url).href;

/** The address of a module. The notebook's folder first, then Latent's own installation: any notebook may import `latent`. */
export function resolve(specifier: string, from: string): string {
  if (specifier === "tslab") return TSLAB;
  refuseWeb(specifier);
  if (isPath(specifier)) return pathToFileURL(fileOf(specifier, fileURLToPath(from))).href;
  try {
    return import.meta.resolve(specifier, from);
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    try {
      return import.meta.resolve(specifier);
    } catch (second) {
      throw isMissingPackage(second) ? missingPackage(specifier, error) : second;
    }
  }
}

/** The file that a specifier means in the file `from`. Throws where there is none. */
export function fileOf(specifier: string, from: string, who = "the cell"): string {
  const found = findLocal(specifier, from);
  if (found !== undefined) return found;
  const [path = specifier] = readings(specifier, from);
  throw new Error(
    existsSync(path)
      ? `${path} is a folder without an index.ts or index.js: let ${who} import one of its files.`
      : `There is no file ${path}, which ${who} imports.`,
  );
}

/** Node's own sentence speaks of a loader and of schemes. */
export function refuseWeb(specifier: string): void {
  const [, scheme] = /^(https?|npm|jsr):/.exec(specifier) ?? [];
  if (scheme === undefined) return;
  const remedy = scheme.startsWith("http")
    ? "download the file beside the notebook and import that, or install the package with npm"
    : "install the package with npm and import it by its name";
  throw new Error(`"${specifier}" cannot be imported, since modules come from this machine only: ${remedy}.`);
}

export function isMissingPackage(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && /package/.test(message);
}

export function missingPackage(specifier: string, cause: unknown): Error {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (isBuiltin(name)) return new Error(`Node has no module "${specifier}".`, { cause });
  return new Error(`Cannot find the package "${name}". In the notebook's folder run: npm install ${name}`, { cause });
}
