import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { HOST } from "../cell/modules.ts";
import { hide } from "./globals.ts";
import type { Execution } from "./state.ts";

/** The incumbent's API, answered by us: the package of that name would speak to a kernel that is not there. */
const TSLAB = new URL("./tslab.js", import.meta.url).href;

/** Gives cells `import`, `import.meta` and `require`, resolved as in a file of the notebook's folder. */
export function provideImports({ base }: Execution): void {
  const url = pathToFileURL(base).href;
  const meta = { url, filename: base, resolve: (specifier: string) => resolve(specifier, url) };
  const importer = (specifier: unknown, options?: ImportCallOptions) =>
    import(resolve(String(specifier), url), options);
  hide(HOST.import, Object.assign(importer, { meta }));
  hide("require", createRequire(base));
}

/** The notebook's folder first, then Latent's own installation, so that any notebook may import `latent`. */
function resolve(specifier: string, from: string): string {
  if (specifier === "tslab") return TSLAB;
  try {
    return import.meta.resolve(specifier, from);
  } catch (error) {
    if (!isMissingPackage(error)) throw error;
    try {
      return import.meta.resolve(specifier);
    } catch (second) {
      throw isMissingPackage(second) ? withRemedy(error as Error, specifier) : second;
    }
  }
}

function isMissingPackage(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && /package/.test(message);
}

function withRemedy(cause: Error, specifier: string): Error {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return new Error(`Cannot find the package "${name}". In the notebook's folder run: npm install ${name}`, { cause });
}
