import type * as ast from "oxc-parser";
import { Set } from "../intrinsics.ts";

type Statement = ast.Program["body"][number];

const TYPES = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction", "EmptyStatement"]);

/** Whether a cell's value is that of its last expression: nothing but types may stand behind it. */
export function endsInValue({ body }: ast.Program): boolean {
  const last = body.findLast(statement => !leavesNothing(statement));
  if (last?.type === "ExportDefaultDeclaration") return isValue(last);
  return last?.type === "ExpressionStatement" || last?.type === "TSExportAssignment";
}

/** A default export without a name; one with a name is a declaration like any other. */
export function isValue({ declaration }: ast.ExportDefaultDeclaration): boolean {
  if (TYPES.has(declaration.type)) return false;
  const declares = declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration";
  return !(declares && declaration.id);
}

export function declarationOf(statement: Statement): Statement | ast.ExportDefaultDeclaration["declaration"] | null {
  if (statement.type === "ExportNamedDeclaration") return statement.declaration;
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  return statement;
}

/** A namespace of types is a type itself. */
export function holdsOnlyTypes({ body }: ast.TSModuleDeclaration | ast.TSGlobalDeclaration): boolean {
  return body?.type === "TSModuleBlock" && body.body.every(isType);
}

export function isType(statement: Statement): boolean {
  const inner = declarationOf(statement);
  if (!inner) return false;
  if ("declare" in inner && inner.declare) return true;
  if (inner.type === "TSImportEqualsDeclaration") return inner.importKind === "type";
  return TYPES.has(inner.type) || (inner.type === "TSModuleDeclaration" && holdsOnlyTypes(inner));
}

/** What is gone once the types are: `export {}` as well. */
function leavesNothing(statement: Statement): boolean {
  if (statement.type === "ExportNamedDeclaration" && !statement.declaration) return true;
  if (statement.type === "ImportDeclaration") return statement.importKind === "type";
  return isType(statement);
}

/** Whether the cell itself, and no function of it, has a `using`. */
export function hasResources({ body }: ast.Program): boolean {
  return body.some(statement => statement.type === "VariableDeclaration" && statement.kind.includes("using"));
}

/** `namespace A.B` declares A. */
export function leftmost(id: ast.TSModuleDeclaration["id"] | ast.TSTypeName): { name: string } | null {
  if (id.type === "TSQualifiedName") return leftmost(id.left);
  return "name" in id ? id : null;
}
