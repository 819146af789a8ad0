import type * as ast from "oxc-parser";
import { JSON, Map } from "../intrinsics.ts";
import type { Renamed } from "./bindings.ts";
import type { Edits } from "./edits.ts";
import { HOST } from "./host_names.ts";
import { held, holder, isHeld, type Names } from "./names.ts";
import { declarationOf, isValue } from "./statements.ts";
import type { Uses } from "./uses.ts";
import { visit } from "./visit.ts";

/** V8's REPL mode has no modules: imports become calls of the host, exports become plain declarations. */
export function rewriteModules(program: ast.Program, code: string, edits: Edits, renamed: Renamed, uses: Uses): void {
  let first = true;
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration") rewriteImport(statement, edits, { renamed, uses }, first);
    else {
      rewriteExport(statement, edits);
      first &&= statement.type === "FunctionDeclaration" || statement.type.startsWith("TS") || isReExport(statement);
    }
  }
  if (!code.includes("import")) return;
  visit(program, {
    ImportExpression: ({ start }) => edits.replace(start, start + "import".length, HOST.import),
    MetaProperty: ({ meta }) => {
      if (meta.name === "import") edits.replace(meta.start, meta.end, HOST.import);
    },
  });
}

/** The names that a cell imports and that their module changes, as they are compiled. */
export function liveImports({ body }: ast.Program, { reassigned }: Names): Map<string, string> {
  const live = new Map<string, string>();
  for (const node of body) {
    if (node.type !== "ImportDeclaration" || node.importKind === "type") continue;
    const named = node.specifiers.filter(each => each.type !== "ImportNamespaceSpecifier");
    const changing = named.length > 0 ? reassigned(node.source.value) : [];
    for (const each of named) {
      const key = importedName(each);
      if (changing.includes(key)) live.set(each.local.name, held(each.local.name, key));
    }
  }
  return live;
}

interface Attributed {
  attributes: ast.ImportAttribute[];
}

/** The cell's own names for what it imports: how they are compiled, and what for they are used. */
interface Locals {
  renamed: Renamed;
  uses: Uses;
}

/** What a cell imports is there before its first line, wherever the `import` stands. */
function rewriteImport(node: ast.ImportDeclaration, edits: Edits, locals: Locals, first: boolean): void {
  const call = node.importKind === "type" ? ";" : importCall(node, locals);
  if (first || call === ";") {
    edits.replace(node.start, node.end, call);
    return;
  }
  edits.blank(node.start, node.end, ";");
  edits.insert(0, call, node.start);
}

function rewriteExport(node: ast.Program["body"][number], edits: Edits): void {
  switch (node.type) {
    case "ExportAllDeclaration":
      edits.replace(node.start, node.end, node.exportKind === "type" ? ";" : `${hostImport(node.source, node)};`);
      break;
    case "ExportNamedDeclaration":
      if (node.declaration && node.exportKind !== "type") edits.blank(node.start, node.declaration.start);
      else if (isReExport(node) && node.source)
        edits.replace(node.start, node.end, `${hostImport(node.source, node)};`);
      else edits.blank(node.start, node.end, ";");
      break;
    case "ExportDefaultDeclaration":
      rewriteDefaultExport(node, edits);
      break;
  }
}

/** `export ... from "m"` gives nobody a name, but runs the module. */
function isReExport(node: ast.Program["body"][number]): boolean {
  return node.type === "ExportNamedDeclaration" && node.source !== null && node.exportKind !== "type";
}

/** As the dynamic import of the same module, with the attributes that the static one has: `with { type: "json" }`. */
function hostImport({ raw }: ast.StringLiteral, { attributes }: Attributed, names = ""): string {
  const given = attributes.map(
    ({ key, value }) =>
      `${JSON.stringify(key.type === "Literal" ? key.value : key.name)}:${JSON.stringify(value.value)}`,
  );
  const options = given.length > 0 ? `,{with:{${given}}}` : names && ",{}";
  return `await ${HOST.import}(${raw}${options}${names})`;
}

/** A named default is a plain declaration; a value is evaluated, and so becomes the result where it stands last. */
function rewriteDefaultExport(node: ast.ExportDefaultDeclaration, edits: Edits): void {
  const { start, end, declaration } = node;
  const inner = declarationOf(node);
  if (inner?.type === "TSInterfaceDeclaration" || inner?.type === "TSDeclareFunction") {
    edits.blank(start, end, ";");
    return;
  }
  edits.blank(start, declaration.start);
  if (!isValue(node)) return;
  edits.insert(declaration.start, "(");
  edits.insert(declaration.end, ")");
}

function importCall(node: ast.ImportDeclaration, { renamed, uses }: Locals): string {
  const { specifiers, source } = node;
  const values = specifiers.filter(each => !("importKind" in each) || each.importKind !== "type");
  if (values.length === 0) return specifiers.length === 0 ? `${hostImport(source, node)};` : ";";
  const call = hostImport(source, node, asked(values, uses));
  const compiled = ({ local }: ast.ImportDeclarationSpecifier) => renamed.get(local.name) ?? local.name;
  const isModule = (each: ast.ImportDeclarationSpecifier) =>
    each.type === "ImportNamespaceSpecifier" || isHeld(compiled(each));
  const modules = values
    .filter(isModule)
    .map(each => (isHeld(compiled(each)) ? holder(each.local.name) : compiled(each)));
  const named = values.filter(each => !isModule(each)).map(each => binding(each, renamed));
  const [first, ...others] = modules;
  if (first === undefined) return `let{${named}}=${call};`;
  const rest = [...others, ...(named.length > 0 ? [`{${named}}`] : [])].map(each => `,${each}=${first}`).join("");
  return `let ${first}=${call}${rest};`;
}

/**
 * The names that the module must have: first those that the cell's code uses, then those that it does not, which may be
 * types. What it uses in types alone TypeScript leaves out.
 */
function asked(specifiers: readonly ast.ImportDeclarationSpecifier[], { values, types }: Uses): string {
  const named = specifiers.filter(each => each.type !== "ImportNamespaceSpecifier");
  const keys = (some: typeof named) => JSON.stringify(some.map(importedName));
  const used = named.filter(({ local }) => values.has(local.name));
  const others = named.filter(({ local }) => !values.has(local.name) && !types.has(local.name));
  return named.length > 0 ? `,${keys(used)},${keys(others)}` : "";
}

function importedName(specifier: ast.ImportSpecifier | ast.ImportDefaultSpecifier): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  const { imported } = specifier;
  return imported.type === "Literal" ? imported.value : imported.name;
}

function binding(specifier: ast.ImportDeclarationSpecifier, renamed: Renamed): string {
  const name = renamed.get(specifier.local.name) ?? specifier.local.name;
  if (specifier.type !== "ImportSpecifier") return `default:${name}`;
  const { imported } = specifier;
  const key = imported.type === "Literal" ? (imported.raw ?? JSON.stringify(imported.value)) : imported.name;
  return key === name ? name : `${key}:${name}`;
}
