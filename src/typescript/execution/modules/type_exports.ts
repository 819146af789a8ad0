import { readFileSync } from "node:fs";
import type * as ast from "oxc-parser";
import type { EcmaScriptModule, StaticExportEntry } from "oxc-parser";
import { Set } from "../../intrinsics.ts";
import { findLocal } from "./local_graph.ts";
import { parseFile } from "./parse_file.ts";

/**
 * Says `type` before each name that a text passes on and that is but a type: `export { Point } from "./types"` is right
 * for TypeScript, which knows both files, and an error when one file is compiled at a time.
 */
export function markTypeExports(path: string, text: string, module: EcmaScriptModule): string {
  const places = entriesOf(module)
    .filter(entry => !entry.isType && entry.moduleRequest !== null && isType(entry, path, new Set()))
    .map(({ start }) => start);
  return places.sort((a, b) => b - a).reduce((marked, at) => `${marked.slice(0, at)}type ${marked.slice(at)}`, text);
}

/** Whether a file exports a name as a type only. */
function exportsType(path: string, name: string, seen: Set<string>): boolean {
  // Two files that pass each other's names on: neither has it.
  const key = `${path} ${name}`;
  if (seen.has(key) || !/\.[mc]?tsx?$/.test(path)) return false;
  seen.add(key);
  const { module, program } = parseFile(path, readFileSync(path, "utf8"));
  const own = entriesOf(module).filter(({ exportName }) => nameOf(exportName) === name);
  if (own.length > 0)
    return own.every(
      entry => entry.isType || (entry.moduleRequest ? isType(entry, path, seen) : isLocalType(entry, program)),
    );
  const stars = entriesOf(module).filter(({ importName }) => importName.kind === "AllButDefault");
  return stars.some(({ moduleRequest }) => {
    const file = moduleRequest && findLocal(moduleRequest.value, path);
    return file ? exportsType(file, name, seen) : false;
  });
}

function isType({ moduleRequest, importName }: StaticExportEntry, path: string, seen: Set<string>): boolean {
  const name = nameOf(importName);
  const file = moduleRequest && /^\.{0,2}\//.test(moduleRequest.value) && findLocal(moduleRequest.value, path);
  return name !== undefined && file ? exportsType(file, name, seen) : false;
}

/** `interface P {} export { P }`, where no value has the name as well. */
function isLocalType({ localName }: StaticExportEntry, { body }: ast.Program): boolean {
  const declared = body.map(node => ("declaration" in node && node.declaration ? node.declaration : node));
  const named = declared.filter(
    node => "id" in node && node.id && "name" in node.id && node.id.name === localName.name,
  );
  return (
    named.length > 0 &&
    named.every(({ type }) => type === "TSInterfaceDeclaration" || type === "TSTypeAliasDeclaration")
  );
}

function entriesOf(module: EcmaScriptModule): StaticExportEntry[] {
  return module.staticExports.flatMap(({ entries }) => entries);
}

function nameOf({ kind, name }: { kind: string; name: string | null }): string | undefined {
  return kind === "Default" ? "default" : (name ?? undefined);
}
