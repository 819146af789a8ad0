import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { Math, Set, String, URL } from "../../intrinsics.ts";

/** The query that a local module's address carries: another version is another module, so an edit is seen. */
export const VERSION_KEY = "latent";

const SOURCES = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".jsx"];

/** Whether a module is the author's own file, which may be edited while the kernel lives. */
export function isLocal(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/") && SOURCES.some(end => pathOf(url).endsWith(end));
}

/** The address of a local module with the time of the latest edit in it and in what it imports from local files. */
export function versioned(url: string, resolve: (specifier: string, from: string) => string): string {
  const latest = latestEdit(pathOf(url), resolve, new Set());
  const address = new URL(url);
  address.searchParams.set(VERSION_KEY, String(latest));
  return address.href;
}

function pathOf(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/, ""));
}

function latestEdit(file: string, resolve: (specifier: string, from: string) => string, seen: Set<string>): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const edits = [statSync(file).mtimeMs];
  for (const specifier of relativeImports(file)) {
    const url = resolve(specifier, `file://${file}`);
    if (isLocal(url)) edits.push(latestEdit(pathOf(url), resolve, seen));
  }
  return Math.max(...edits);
}

function relativeImports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const { module } = parseSync(file, text, { sourceType: "module" });
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? "")),
  ];
  return requests.filter(specifier => /^\.{0,2}\//.test(specifier));
}
