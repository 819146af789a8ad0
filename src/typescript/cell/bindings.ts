import type * as ast from "oxc-parser";
import { Visitor } from "oxc-parser";
import { Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";

/**
 * V8's REPL mode redeclares a name only within {let, class}, {const} and {var, function}. So that a later cell may
 * redeclare any name as anything, every top-level binding becomes a `let` (a class stays, it is of that kind).
 * `var` and functions keep their hoisting: their `let` stands before the cell. Returns that prefix.
 */
export function unifyBindings(program: ast.Program, edits: Edits): string {
  const functions = new Set<string>();
  for (const statement of program.body) {
    const node = declarationOf(statement);
    if (node?.type === "VariableDeclaration" && node.kind === "const" && !node.declare)
      edits.replace(node.start, node.start + "const".length, "let  ");
    if (node?.type === "FunctionDeclaration" && node.id && !node.declare) {
      edits.replace(node.id.start, node.id.end, alias(node.id.name));
      functions.add(node.id.name);
    }
  }
  const vars = hoistVars(program, edits).filter(name => !functions.has(name));
  const hoisted = vars.length > 0 ? `let ${[...new Set(vars)].join(",")};` : "";
  return hoisted + [...functions].map(hoistedFunction).join("");
}

/** Turns each `var` outside of functions into assignments; a pattern becomes a `let`. Returns the names to declare. */
function hoistVars(program: ast.Program, edits: Edits): string[] {
  const names: string[] = [];
  let depth = 0;
  const enter = () => {
    depth++;
  };
  const leave = () => {
    depth--;
  };
  new Visitor({
    FunctionDeclaration: enter,
    "FunctionDeclaration:exit": leave,
    FunctionExpression: enter,
    "FunctionExpression:exit": leave,
    ArrowFunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    StaticBlock: enter,
    "StaticBlock:exit": leave,
    VariableDeclaration: ({ start, kind, declare, declarations }) => {
      if (kind !== "var" || declare || depth > 0) return;
      const simple = declarations.every(({ id }) => id.type === "Identifier");
      if (!simple) return edits.replace(start, start + "var".length, "let");
      edits.blank(start, start + "var".length);
      names.push(...declarations.flatMap(({ id }) => patternNames(id)));
    },
  }).visit(program);
  return names;
}

/** Names that the top level of the cell declares as values. */
export function declaredNames(program: ast.Program): string[] {
  return program.body.flatMap(statement => {
    if (statement.type === "ImportDeclaration") return statement.specifiers.map(({ local }) => local.name);
    const node = declarationOf(statement);
    if (node?.type === "VariableDeclaration") return node.declarations.flatMap(({ id }) => patternNames(id));
    return node && "id" in node && node.id && "name" in node.id ? [node.id.name] : [];
  });
}

function declarationOf(statement: ast.Program["body"][number]) {
  if (statement.type === "ExportNamedDeclaration") return statement.declaration;
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  return statement;
}

function alias(name: string): string {
  return `$$fn_${name}`;
}

/** The name is set so that stack traces and `f.name` say what the author wrote. */
function hoistedFunction(name: string): string {
  return `let ${name}=${alias(name)};Object.defineProperty(${name},"name",{value:"${name}"});`;
}

function patternNames(pattern: ast.BindingPattern | ast.BindingRestElement | null): string[] {
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
