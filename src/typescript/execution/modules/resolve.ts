import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Error, URL } from "../../intrinsics.ts";
import { candidates } from "./candidates.ts";

/** The incumbent's API, answered by us: the package of that name would speak to a kernel that is not there. */
const TSLAB = new URL("./tslab.js", import.meta.url).href;

/** The address of a module. The notebook's folder first, then Latent's own installation: any notebook may import `latent`. */
export function resolve(specifier: string, from: string): string {
  if (specifier === "tslab") return TSLAB;
  if (isPath(specifier)) return resolvePath(specifier, from);
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

/** Whether a specifier names a file and not a package. */
export function isPath(specifier: string): boolean {
  return /^(\.{0,2}\/|file:)/.test(specifier);
}

function resolvePath(specifier: string, from: string): string {
  const urls = candidates(specifier).map(each => new URL(each, from));
  const found = urls.find(url => existsSync(fileURLToPath(url)));
  if (found !== undefined) return found.href;
  throw new Error(`There is no file ${fileURLToPath(urls[0] ?? new URL(specifier, from))}, which the cell imports.`);
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
