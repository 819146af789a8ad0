import type * as ast from "oxc-parser";
import { Set } from "../intrinsics.ts";
import { childrenOf, declaredIn, type Node } from "./scopes.ts";
import { visit } from "./visit.ts";

/** How a cell uses the names that it imports. */
export interface Uses {
  values: ReadonlySet<string>;
  types: ReadonlySet<string>;
}

/** `program` is what runs, `authors` what was written. */
export function usesOf(program: ast.Program, authors: ast.Program): Uses {
  const imports = program.body.some(each => each.type === "ImportDeclaration" && each.specifiers.length > 0);
  return imports ? { values: usedAsValues(program), types: usedAsTypes(authors) } : NONE;
}

const NONE: Uses = { values: new Set(), types: new Set() };

/** Names of the top level that code uses. A list in place of recursion: trees are up to 6,000 brackets deep. */
function usedAsValues(program: ast.Program): Set<string> {
  const used = new Set<string>();
  const todo: [node: Node, around: ReadonlySet<string>][] = [[program as unknown as Node, NONE.values]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [node, around] = next;
    const { type, name, declare } = node as unknown as { type: string; name: string; declare?: boolean };
    if (type === "Identifier" && !around.has(name)) used.add(name);
    if (declare || isDefaultName(node)) continue;
    const names = declaredIn(node as unknown as ast.Node);
    const inside = names.length === 0 ? around : new Set([...around, ...names]);
    for (const child of childrenOf(node)) todo.push([child, inside]);
  }
  return used;
}

/** `export default Point` may export a type. */
function isDefaultName(node: Node): boolean {
  const { type, declaration } = node as unknown as ast.ExportDefaultDeclaration;
  return type === "ExportDefaultDeclaration" && declaration.type === "Identifier";
}

/** Names that stand in a cell's types. */
function usedAsTypes(program: ast.Program): Set<string> {
  const used = new Set<string>();
  const add = (node: { type: string } | null) => {
    if (node?.type === "Identifier") used.add((node as unknown as ast.IdentifierReference).name);
  };
  visit(program, {
    TSTypeReference: ({ typeName }) => add(typeName),
    TSQualifiedName: ({ left }) => add(left),
    TSTypeQuery: ({ exprName }) => add(exprName),
    TSClassImplements: ({ expression }) => add(expression),
    TSInterfaceHeritage: ({ expression }) => add(expression),
  });
  return used;
}
