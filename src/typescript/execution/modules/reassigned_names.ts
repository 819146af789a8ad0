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
export function reassignedNames(path: string, seen: Set<string> = new Set()): Set<string> {
  const names = new Set<string>();
  if (seen.has(path) || !/\.[mc]?[jt]sx?$/.test(path)) return names;
  seen.add(path);
  const { module, program } = parseFile(path, readFileSync(path, "utf8"));
  const assigned = assignedNames(program);
  const imported = new Map(
    module.staticImports.flatMap(({ moduleRequest, entries }) =>
      entries.map(({ localName, importName }) => [
        localName.value,
        { from: moduleRequest.value, name: importName.kind === "Default" ? "default" : importName.name },
      ]),
    ),
  );
  const elsewhere = (specifier: string) => {
    const file = findLocal(specifier, path);
    return file === undefined ? new Set<string>() : reassignedNames(file, new Set(seen));
  };
  const isReassigned = ({ moduleRequest, importName, localName }: StaticExportEntry) => {
    if (moduleRequest !== null) return elsewhere(moduleRequest.value).has(importName.name ?? "");
    const origin = imported.get(localName.name ?? "");
    if (origin !== undefined) return elsewhere(origin.from).has(origin.name ?? "");
    return localName.kind === "Name" && assigned.has(localName.name ?? "");
  };
  for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
    const { exportName, importName, moduleRequest } = entry;
    if (importName.kind === "AllButDefault" && moduleRequest !== null) {
      for (const name of elsewhere(moduleRequest.value)) if (name !== "default") names.add(name);
    } else if (isReassigned(entry)) names.add(exportName.kind === "Default" ? "default" : (exportName.name ?? ""));
  }
  return names;
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
