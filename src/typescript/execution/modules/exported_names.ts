import type * as ast from "oxc-parser";
import { visit } from "../../cell/visit.ts";
import { Set } from "../../intrinsics.ts";

/** The names that a CommonJS file exports, as far as its text shows them. Node's own scan stops at `{ y: 3 }`. */
export function exportedNames(program: ast.Program): string[] {
  const names = new Set<string>();
  const addName = (name: string | undefined) => {
    if (name !== undefined) names.add(name);
  };
  // `const api = { ... }; module.exports = api`, and what is put on it afterwards.
  const objects = new Set<string>();
  const addKeys = (node: ast.Expression | ast.Argument | undefined) => {
    if (node?.type === "Identifier") objects.add(node.name);
    for (const name of keysOf(node)) names.add(name);
  };
  visit(program, {
    AssignmentExpression: ({ left, right }) => {
      if (isExports(left)) addKeys(right);
      else if (left.type === "MemberExpression" && isExports(left.object)) addName(propertyName(left));
    },
    // Object.defineProperty(exports, "y", ...), and the helper of a compiler: _export(exports, { y: () => ... }).
    CallExpression: ({ arguments: [target, second] }) => {
      if (target === undefined || !isExports(target)) return;
      if (second?.type === "Literal" && typeof second.value === "string") names.add(second.value);
      else addKeys(second);
    },
  });
  visit(program, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === "Identifier" && objects.has(id.name)) addKeys(init ?? undefined);
    },
    AssignmentExpression: ({ left }) => {
      if (left.type !== "MemberExpression" || left.object.type !== "Identifier") return;
      if (objects.has(left.object.name)) addName(propertyName(left));
    },
  });
  return [...names].filter(name => name !== "__esModule");
}

/** `export = x` and `import x = require("y")`, which no module can have. */
export function speaksOnlyCommonJs(node: ast.Program["body"][number]): boolean {
  if (node.type === "TSExportAssignment") return true;
  return node.type === "TSImportEqualsDeclaration" && node.moduleReference.type === "TSExternalModuleReference";
}

export function setsExports(program: ast.Program): boolean {
  let sets = false;
  visit(program, {
    AssignmentExpression: ({ left }) => {
      sets ||= isExports(left) || (left.type === "MemberExpression" && isExports(left.object));
    },
  });
  return sets;
}

/** `exports` and `module.exports`. */
function isExports(node: ast.Expression | ast.Argument | ast.AssignmentTarget): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return false;
  return node.object.name === "module" && propertyName(node) === "exports";
}

function propertyName({ computed, property }: ast.MemberExpression): string | undefined {
  if (property.type === "Literal") return typeof property.value === "string" ? property.value : undefined;
  return !computed && property.type === "Identifier" ? property.name : undefined;
}

function keysOf(node: ast.Expression | ast.Argument | undefined): string[] {
  if (node?.type === "AssignmentExpression") return keysOf(node.right);
  if (node?.type !== "ObjectExpression") return [];
  return node.properties.flatMap(property => {
    if (property.type !== "Property" || property.computed) return [];
    if (property.key.type === "Identifier") return [property.key.name];
    return property.key.type === "Literal" && typeof property.key.value === "string" ? [property.key.value] : [];
  });
}
