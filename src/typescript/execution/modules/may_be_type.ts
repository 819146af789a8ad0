import { readFileSync } from "node:fs";
import { RegExp, Set } from "../../intrinsics.ts";
import { isFile, isPath } from "../../local_modules.ts";
import { findLocal, isLocal, pathOf } from "./local_graph.ts";
import { parseFile } from "./parse_file.ts";

/**
 * Whether a name that a module does not have when it runs may be a type of it: TypeScript leaves such an import out. Where
 * that is in doubt it may: what a package declares is not looked for.
 */
export function mayBeType(name: string, address: string): boolean {
  return !isLocal(address) || isTypeOfFile(name, pathOf(address), new Set());
}

/** Of a file of the author's: it exports the name in some way, or passes on all names of one that may. */
function isTypeOfFile(name: string, path: string, seen: Set<string>): boolean {
  if (seen.has(path) || path.endsWith(".json")) return false;
  seen.add(path);
  const text = readFileSync(path, "utf8");
  if (hasTypesElsewhere(name, path, text)) return true;
  const { module, program } = parseFile(path, text);
  // `export = made` gives what a namespace of that name holds.
  if (program.body.some(({ type }) => type === "TSExportAssignment")) return declares(text, name);
  const entries = module.staticExports.flatMap(each => each.entries);
  const called = entries.map(({ exportName }) => (exportName.kind === "Default" ? "default" : exportName.name));
  if (called.includes(name)) return true;
  return entries
    .filter(({ importName }) => importName.kind === "AllButDefault")
    .some(({ moduleRequest }) => {
      const specifier = moduleRequest?.value ?? "";
      const file = isPath(specifier) ? findLocal(specifier, path) : undefined;
      return file === undefined || isTypeOfFile(name, file, seen);
    });
}

/** JavaScript has its types in comments, or in declarations beside it. */
function hasTypesElsewhere(name: string, path: string, text: string): boolean {
  if (!/\.[mc]?jsx?$/.test(path)) return false;
  if (/@(?:typedef|callback|import)\b/.test(text) && text.includes(name)) return true;
  const beside = path.replace(/\.([mc]?)jsx?$/, ".d.$1ts");
  return isFile(beside) && readFileSync(beside, "utf8").includes(name);
}

/** Whether a text may say what such a type is. */
function declares(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, "\\$&")}(?![\\w$])`).test(text);
}
