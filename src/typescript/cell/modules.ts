import type * as ast from "oxc-parser";
import { Visitor } from "oxc-parser";
import { JSON } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";

/** The names that a compiled cell calls; the execution process puts them on its global object, hidden from listings. */
export const HOST = {
  /** `$$import("m")` resolves as `import("m")` would in the notebook's folder. */
  import: "$$import",
  /** `$$resumed($$paused(),await x)`: an `await` of a cell that was stopped does not come back. */
  paused: "$$paused",
  resumed: "$$resumed",
} as const;

/** V8's REPL mode has no modules: imports become calls of the host, exports become plain declarations. */
export function rewriteModules(program: ast.Program, edits: Edits): void {
  for (const statement of program.body) rewriteStatement(statement, edits);
  new Visitor({
    ImportExpression: ({ start }) => edits.replace(start, start + "import".length, HOST.import),
    MetaProperty: ({ meta }) => {
      if (meta.name === "import") edits.replace(meta.start, meta.end, HOST.import);
    },
  }).visit(program);
}

function rewriteStatement(node: ast.Program["body"][number], edits: Edits): void {
  switch (node.type) {
    case "ImportDeclaration":
      edits.replace(node.start, node.end, node.importKind === "type" ? ";" : importCall(node));
      break;
    case "ExportAllDeclaration":
      edits.blank(node.start, node.end, ";");
      break;
    case "ExportNamedDeclaration":
      if (node.declaration && node.exportKind !== "type") edits.blank(node.start, node.declaration.start);
      else edits.blank(node.start, node.end, ";");
      break;
    case "ExportDefaultDeclaration":
      rewriteDefaultExport(node, edits);
      break;
  }
}

/** A named default is a plain declaration; a value is evaluated, and so becomes the result where it stands last. */
function rewriteDefaultExport({ start, declaration }: ast.ExportDefaultDeclaration, edits: Edits): void {
  edits.blank(start, declaration.start);
  if ("id" in declaration && declaration.id) return;
  edits.insert(declaration.start, "(");
  edits.insert(declaration.end, ")");
}

function importCall({ specifiers, source }: ast.ImportDeclaration): string {
  const call = `await ${HOST.import}(${source.raw})`;
  const values = specifiers.filter(each => !("importKind" in each) || each.importKind !== "type");
  if (values.length === 0) return specifiers.length === 0 ? `${call};` : ";";
  const star = values.find(each => each.type === "ImportNamespaceSpecifier");
  const named = values.filter(each => each !== star).map(binding);
  if (star === undefined) return `let{${named}}=${call};`;
  const rest = named.length > 0 ? `,{${named}}=${star.local.name}` : "";
  return `let ${star.local.name}=${call}${rest};`;
}

function binding(specifier: ast.ImportDeclarationSpecifier): string {
  const { name } = specifier.local;
  if (specifier.type !== "ImportSpecifier") return `default:${name}`;
  const { imported } = specifier;
  const key = imported.type === "Literal" ? (imported.raw ?? JSON.stringify(imported.value)) : imported.name;
  return key === name ? name : `${key}:${name}`;
}
