import { readFileSync } from "node:fs";
import type * as ast from "oxc-parser";
import type { StaticExportEntry } from "oxc-parser";
import { visit } from "../../cell/visit.ts";
import { Map, Set } from "../../intrinsics.ts";
import { findLocal } from "./local_graph.ts";
import { parseFile } from "./parse_file.ts";

/**
 * The exports of a file of the author's that get other values after their first, in it or where it has them from: an
 * import of such a name is what it is at the time of asking. Inner names that are spelt like one count as it, which
 * costs nothing but time.
 */
export function reassignedNames(path: string): Set<string> {
  return namesOf(path, new Set(), new Map());
}

/** A file as far as this needs it. */
interface Read {
  exported: StaticExportEntry[];
  assigned: Set<string>;
  /** Where it has a name from. */
  imported: Map<string, { from: string; name: string | null }>;
}

/** `above` are the files that asked; `known` those that were read already, which many names of one file may lead to. */
function namesOf(path: string, above: Set<string>, known: Map<string, Read>): Set<string> {
  const names = new Set<string>();
  if (above.has(path) || !/\.[mc]?[jt]sx?$/.test(path)) return names;
  const file = known.get(path) ?? read(path);
  known.set(path, file);
  const { exported, assigned, imported } = file;
  const elsewhere = (specifier: string) => {
    const found = findLocal(specifier, path);
    return found === undefined ? new Set<string>() : namesOf(found, new Set([...above, path]), known);
  };
  const isReassigned = ({ moduleRequest, importName, localName }: StaticExportEntry) => {
    if (moduleRequest !== null) return elsewhere(moduleRequest.value).has(importName.name ?? "");
    const origin = imported.get(localName.name ?? "");
    if (origin !== undefined) return elsewhere(origin.from).has(origin.name ?? "");
    return localName.kind === "Name" && assigned.has(localName.name ?? "");
  };
  for (const entry of exported) {
    const { exportName, importName, moduleRequest } = entry;
    if (importName.kind === "AllButDefault" && moduleRequest !== null) {
      for (const name of elsewhere(moduleRequest.value)) if (name !== "default") names.add(name);
    } else if (isReassigned(entry)) names.add(exportName.kind === "Default" ? "default" : (exportName.name ?? ""));
  }
  return names;
}

function read(path: string): Read {
  const { module, program } = parseFile(path, readFileSync(path, "utf8"));
  const imported = module.staticImports.flatMap(({ moduleRequest: { value: from }, entries }) =>
    entries.map(({ localName, importName: { kind, name } }): [string, { from: string; name: string | null }] => [
      localName.value,
      { from, name: kind === "Default" ? "default" : name },
    ]),
  );
  return {
    exported: module.staticExports.flatMap(({ entries }) => entries),
    assigned: assignedNames(program),
    imported: new Map(imported),
  };
}

/** Whatever is assigned to, in any scope. */
function assignedNames(program: ast.Program): Set<string> {
  const names = new Set<string>();
  const add = (target: Target): void => {
    for (const name of namesIn(target)) names.add(name);
  };
  visit(program, {
    AssignmentExpression: ({ left }) => add(left),
    UpdateExpression: ({ argument }) => add(argument),
    ForInStatement: ({ left }) => add(left),
    ForOfStatement: ({ left }) => add(left),
  });
  return names;
}

type Target =
  | ast.AssignmentTargetMaybeDefault
  | ast.AssignmentTargetRest
  | ast.VariableDeclaration
  | ast.ParenthesizedExpression;

function namesIn(target: Target | null): string[] {
  switch (target?.type) {
    case "Identifier":
      return [target.name];
    case "AssignmentPattern":
      return namesIn(target.left);
    case "RestElement":
      return namesIn(target.argument);
    case "ArrayPattern":
      return target.elements.flatMap(namesIn);
    case "ObjectPattern":
      return target.properties.flatMap(each => namesIn(each.type === "RestElement" ? each : each.value));
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return namesIn(target.expression as Target);
    default:
      return [];
  }
}
