import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { JSON, RegExp, Set } from "../../intrinsics.ts";
import { isFile, isPath } from "../../local_modules.ts";
import { findLocal, isLocal, pathOf } from "./local_graph.ts";

/** A module, and the folders above which its packages are looked for. */
interface Place {
  address: string;
  notebook: string;
}

/**
 * Whether a name that a module does not have when it runs may be a type of it: TypeScript leaves such an import out.
 * Where that is in doubt it may.
 */
export function mayBeType(name: string, { address, notebook }: Place): boolean {
  if (isLocal(address)) return isTypeOfFile(name, pathOf(address), notebook, new Set());
  const from = [notebook, fileURLToPath(import.meta.url)];
  if (isBuiltin(address)) return isTypeOfPackage(name, "@types/node", from, new Set());
  if (!address.startsWith("file:")) return false;
  const path = fileURLToPath(address);
  const own = packageAround(path);
  if (own === undefined) return true;
  return isTypeIn(name, [own.root, ...rootsOf(own.name, [path, ...from])], from, new Set([own.name]));
}

/** Of a file of the author's: it exports the name in some way, or passes on all names of one that may. */
function isTypeOfFile(name: string, path: string, notebook: string, seen: Set<string>): boolean {
  if (seen.has(path) || path.endsWith(".json")) return false;
  seen.add(path);
  const text = readFileSync(path, "utf8");
  if (hasTypesElsewhere(name, path, text)) return true;
  const { module, program } = parseSync(path, text, { sourceType: "module" });
  // `export = made` gives what a namespace of that name holds.
  if (program.body.some(({ type }) => type === "TSExportAssignment")) return declares(text, name);
  const entries = module.staticExports.flatMap(each => each.entries);
  const called = entries.map(({ exportName }) => (exportName.kind === "Default" ? "default" : exportName.name));
  if (called.includes(name)) return true;
  return entries
    .filter(({ importName }) => importName.kind === "AllButDefault")
    .some(({ moduleRequest }) => {
      const specifier = moduleRequest?.value ?? "";
      if (!isPath(specifier)) return isTypeOfPackage(name, nameOfPackage(specifier), [path, notebook], new Set());
      const file = findLocal(specifier, path);
      return file === undefined || isTypeOfFile(name, file, notebook, seen);
    });
}

/** JavaScript has its types in comments, or in declarations beside it. */
function hasTypesElsewhere(name: string, path: string, text: string): boolean {
  if (!/\.[mc]?jsx?$/.test(path)) return false;
  if (/@(?:typedef|callback|import)\b/.test(text) && text.includes(name)) return true;
  const beside = path.replace(/\.([mc]?)jsx?$/, ".d.$1ts");
  return isFile(beside) && readFileSync(beside, "utf8").includes(name);
}

function isTypeOfPackage(name: string, called: string, from: readonly string[], seen: Set<string>): boolean {
  if (seen.has(called)) return false;
  seen.add(called);
  return isTypeIn(name, rootsOf(called, from), from, seen);
}

/** Of packages in these folders: some declaration has a type of that name, or passes on the names of one that has. */
function isTypeIn(name: string, roots: readonly string[], from: readonly string[], seen: Set<string>): boolean {
  const passedOn = new Set<string>();
  for (const root of roots) {
    for (const path of declarationsIn(root)) {
      const text = readFileSync(path, "utf8");
      if (declares(text, name)) return true;
      for (const [, other = ""] of text.matchAll(PASSED_ON)) passedOn.add(nameOfPackage(other));
    }
  }
  const places = [...roots.map(root => join(root, "package.json")), ...from];
  return [...passedOn].some(other => isTypeOfPackage(name, other, places, seen));
}

/** `export * from "other"`, `export = …` of `import … = require("other")`. */
const PASSED_ON = /(?:export\s*\*\s*from|=\s*require\()\s*["']([^"'.][^"']*)["']/g;

/** Whether a text may say what such a type is. */
function declares(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  if (name === "default") return /\bexport\s+default\b|\bas\s+default\b|\bexport\s*=/.test(text);
  const word = `(?<![\\w$])${name.replace(/[^\w]/g, "\\$&")}(?![\\w$])`;
  return new RegExp(
    `\\b(?:interface|type|class|enum|namespace|module)\\s+${word}|\\bexport\\s+(?:type\\s+)?\\{[^}]*${word}|\\bimport\\s+${word}\\s*=`,
  ).test(text);
}

function* declarationsIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      yield* declarationsIn(path);
    if (entry.isFile() && /\.d\.[mc]?ts$/.test(entry.name)) yield path;
  }
}

/** The package that a file is part of. */
function packageAround(path: string): { root: string; name: string } | undefined {
  for (const root of foldersAbove(path)) {
    const manifest = join(root, "package.json");
    const { name } = (isFile(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {}) as { name?: string };
    if (name !== undefined) return { root, name };
  }
  return undefined;
}

/** The folders of a package and of its types, as files see them. */
function rootsOf(called: string, from: readonly string[]): string[] {
  const types = `@types/${called.replace(/^@(.*)\//, "$1__")}`;
  return [called, types].flatMap(name => {
    const folders = from.flatMap(foldersAbove).map(folder => join(folder, "node_modules", name));
    return folders.find(each => existsSync(each)) ?? [];
  });
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

function nameOfPackage(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
