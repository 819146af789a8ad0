import type * as ast from "oxc-parser";
import { Map, Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { MARK } from "./names.ts";
import { declarationOf, isType, leftmost } from "./statements.ts";
import { visit } from "./visit.ts";

/** Each `var` outside of functions: a name of the whole cell, however deep it stands in blocks. */
export interface Var {
  node: ast.VariableDeclaration;
  /** What it stands in: the head of a loop gives it its value, or it begins there. */
  head: "in" | "for" | undefined;
}

/** How a top-level name is called in the compiled cell. */
export type Renamed = ReadonlyMap<string, string>;

/** What stands before a cell: the names of its `var`, and its functions. */
export interface Hoisted {
  /** A `var` of the author keeps the value that an earlier cell gave it; one that stands for an enum begins anew. */
  vars: { compiled: string; keeps: boolean }[];
  functions: { name: string; compiled: string; start: number; end: number }[];
}

/**
 * V8's REPL mode redeclares a name only within {let, class}, {const} and {var, function}. So that a later cell may
 * redeclare any name as anything, every top-level binding becomes a `let` (a class stays, it is of that kind).
 * `var` and functions keep their hoisting: their `let` stands before the cell.
 */
export function unifyBindings(
  program: ast.Program,
  vars: readonly Var[],
  code: string,
  edits: Edits,
  renamed: Renamed,
  authors: ReadonlySet<string>,
): Hoisted {
  const functions = new Map<string, Hoisted["functions"][number]>();
  const compiled = (name: string) => renamed.get(name) ?? name;
  for (const statement of program.body) {
    const node = declarationOf(statement);
    if (node === null || ("declare" in node && node.declare)) continue;
    if (node.type === "VariableDeclaration") unifyKeyword(node, edits);
    if (node.type === "ClassDeclaration") keepClassName(node, edits, renamed);
    if (node.type === "FunctionDeclaration" && node.id) {
      const { name, start } = node.id;
      const earlier = functions.get(name);
      if (earlier) edits.blank(earlier.start, earlier.end, ";");
      edits.replaceName(start, name, alias(name));
      functions.set(name, { name, compiled: compiled(name), start: node.start, end: node.end });
    }
  }
  for (const each of vars) hoistVar(each, code, edits);
  const names = new Set(vars.flatMap(({ node }) => declaredBy(node)).filter(name => !functions.has(name)));
  const hoisted = [...names].map(name => ({ compiled: compiled(name), keeps: authors.has(name) }));
  return { vars: hoisted, functions: [...functions.values()] };
}

function unifyKeyword({ kind, start, declarations }: ast.VariableDeclaration, edits: Edits): void {
  if (kind === "const") edits.replace(start, start + "const".length, "let  ");
  if (kind !== "using" && kind !== "await using") return;
  edits.replace(start, declarations[0]?.start ?? start, "let ");
  for (const { init } of declarations) {
    if (!init) continue;
    edits.insert(init.start, `${HOST.use}(`);
    edits.insert(init.end, kind === "using" ? ")" : ",true)");
  }
}

/** Inside of the class, and for everybody who asks it, the name is the author's. */
function keepClassName({ id, start, end }: ast.Class, edits: Edits, renamed: Renamed): void {
  const name = id && renamed.get(id.name);
  if (!name) return;
  edits.insert(start, `let ${name}=`);
  edits.insert(end, ";");
}

/** Turns a `var` into assignments, in place. */
function hoistVar({ node: { start, end, declarations }, head }: Var, code: string, edits: Edits): void {
  if (head === undefined && declarations.every(({ init }) => !init)) {
    edits.blank(start, end, ";");
    return;
  }
  const pattern = declarations.some(({ id }) => id.type !== "Identifier");
  // `{ a } = b` alone would be a block, and `[a] = b` an index of the line before.
  if (pattern && head !== "in") edits.replace(start, start + "var".length, " 0,");
  else edits.blank(start, start + "var".length);
  const last = declarations.at(-1);
  // `var a = 1, b` and a next line that begins with a bracket.
  if (head === undefined && !last?.init && code[end - 1] !== ";") edits.insert(end, ";");
}

export function findVars(program: ast.Program, code: string): Var[] {
  if (!code.includes("var")) return [];
  const found: Var[] = [];
  const heads = new Map<ast.Node | null, Var["head"]>();
  let depth = 0;
  const enter = () => {
    depth++;
  };
  const leave = () => {
    depth--;
  };
  visit(program, {
    FunctionDeclaration: enter,
    "FunctionDeclaration:exit": leave,
    FunctionExpression: enter,
    "FunctionExpression:exit": leave,
    ArrowFunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    StaticBlock: enter,
    "StaticBlock:exit": leave,
    TSModuleDeclaration: enter,
    "TSModuleDeclaration:exit": leave,
    ForStatement: ({ init }) => heads.set(init, "for"),
    ForInStatement: ({ left }) => heads.set(left, "in"),
    ForOfStatement: ({ left }) => heads.set(left, "in"),
    VariableDeclaration: node => {
      if (node.kind === "var" && !node.declare && depth === 0) found.push({ node, head: heads.get(node) });
    },
  });
  return found;
}

/** Names that the top level of the cell declares as values. */
export function declaredNames(program: ast.Program): string[] {
  return program.body.flatMap(statement => {
    if (statement.type === "ImportDeclaration") return importedNames(statement);
    const node = declarationOf(statement);
    if (isType(statement)) return [];
    if (node?.type === "VariableDeclaration") return declaredBy(node);
    const id = node && "id" in node && node.id ? leftmost(node.id) : null;
    return id ? [id.name] : [];
  });
}

function importedNames({ importKind, specifiers }: ast.ImportDeclaration): string[] {
  const values = specifiers.filter(each => !("importKind" in each) || each.importKind !== "type");
  return importKind === "type" ? [] : values.map(({ local }) => local.name);
}

export function declaredBy({ declarations }: ast.VariableDeclaration): string[] {
  return declarations.flatMap(({ id }) => patternNames(id));
}

/** Inside of a function its name is that of the `let` which holds it, so that a cell may put another one there. */
function alias(name: string): string {
  return name + MARK + MARK;
}

export function patternNames(
  pattern: ast.BindingPattern | ast.BindingRestElement | ast.TSThisParameter | null,
): string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap(patternNames);
    case "ObjectPattern":
      return pattern.properties.flatMap(property =>
        patternNames(property.type === "Property" ? property.value : property.argument),
      );
  }
}
