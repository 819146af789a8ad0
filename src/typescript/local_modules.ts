/** How an import names a file of the author's, for the process that runs cells and for the checker: both must agree. */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { EcmaScriptModule } from "oxc-parser";
import { decodeURIComponent, Set, URIError } from "./intrinsics.ts";

/** `.js` may be written for `.ts`, and so on, as TypeScript has it. */
const SWAPPED: Record<string, string[]> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};
/** In TypeScript's order. */
const ADDED = [".ts", ".tsx", ".js", ".jsx"];

/** Whether a specifier names a file and not a package. */
export function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);
}

/** The file that a specifier means in `from`, a file; undefined where there is none. */
export function findFile(specifier: string, from: string): string | undefined {
  return readings(specifier, from).flatMap(candidates).find(isFile);
}

/** What `findFile` looks at, in its order. */
export function candidates(path: string): string[] {
  const [ending = ""] = /\.[mc]?jsx?$/.exec(path) ?? [];
  const swapped = (SWAPPED[ending] ?? []).map(other => path.slice(0, -ending.length) + other);
  const added = ADDED.flatMap(other => path + other);
  return [path, ...swapped, ...added, ...ADDED.map(other => resolve(path, `index${other}`))];
}

/** A path as it stands, as TypeScript reads it; then as an address, where `%20` is a space, as Node does. */
export function readings(specifier: string, from: string): string[] {
  if (specifier.startsWith("file:")) return [fileURLToPath(specifier.replace(/[?#].*$/, ""))];
  const plain = resolve(dirname(from), specifier);
  const encoded = /%[\da-f]{2}/i.test(specifier) ? decoded(specifier) : undefined;
  return encoded === undefined ? [plain] : [plain, resolve(dirname(from), encoded)];
}

function decoded(specifier: string): string | undefined {
  try {
    return decodeURIComponent(specifier);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

export function isFile(path: string): boolean {
  // statSync alone throws where a part of the path is a file, or a folder that may not be read.
  return existsSync(path) && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

const REQUIRED = /\brequire(?:\.resolve)?\s*\(\s*(["'])(\.{0,2}\/[^"'\n]*|\.{1,2})\1/g;

/** The files that a text names: in imports and exports, and as literals in `import(...)` and `require(...)`. */
export function namedFiles(text: string, module: EcmaScriptModule): string[] {
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? "")),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(text.slice(start, end))),
    ...[...text.matchAll(REQUIRED)].map(match => match[2] as string),
  ];
  return [...new Set(specifiers)].filter(isPath);
}

function literal(expression: string): string {
  return /^(["'`])([^"'`\\$]*)\1$/.exec(expression)?.[2] ?? "";
}
