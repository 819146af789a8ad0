import type * as ast from "oxc-parser";
import { leftmost } from "../cell/statements.ts";
import { boundNames } from "./bound_names.ts";

/** Whether a name stands for a value, for a type, or (a class, an enum, an import) for both. */
export type Space = "value" | "type" | "both";

/** What a value is declared as: only a variable may be assigned by a later cell. */
export type Kind = "variable" | "constant" | "function" | "class" | "enum" | "namespace" | "import" | "type";

export interface Declared {
  name: string;
  space: Space;
  /** The cell itself exports it. */
  exported: boolean;
  kind: Kind;
}

/** The names of a cell, which decide what its document imports and what later cells see of it. */
export interface CellNames {
  declared: Declared[];
  /** Every identifier: more than the free names, which does no harm. */
  used: ReadonlySet<string>;
  assigned: ReadonlySet<string>;
  /** What it puts on `globalThis`. */
  globals: ReadonlySet<string>;
  /** Relative imports. */
  files: string[];
  /** Whether it adds to the global scope or to a module. */
  augments: boolean;
  form: Form;
}

/**
 * How the text stands in its document. `object`: `{ a: 1, b: 2 }` means a value. `half`: it does not parse, so the names
 * are guesses. `names`: JSX or a text of megabytes, of which the server gets the names only.
 */
export type Form = "statements" | "object" | "half" | "names";

type Statement = ast.Program["body"][number];
type Found = Pick<Declared, "name" | "space" | "kind"> & Partial<Declared>;

/** What the top level of a cell declares. */
export function declarationsOf(program: ast.Program): Declared[] {
  const listed = new Set(program.body.flatMap(exportedByList));
  return program.body
    .flatMap(found)
    .map(each => ({ ...each, exported: each.exported === true || listed.has(each.name) }));
}

/** `declare global` and `declare module "m"` declare no name of the cell, and change what others mean. */
export function isAugmentation(node: Statement): boolean {
  return node.type === "TSModuleDeclaration" && (node.kind === "global" || node.id.type === "Literal");
}

function found(node: Statement | ast.Declaration | ast.ExportDefaultDeclarationKind): Found[] {
  switch (node.type) {
    case "VariableDeclaration":
      return variables(node);
    case "ImportDeclaration":
      return imports(node);
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return named(node.id, "value", "function");
    case "ClassDeclaration":
      return named(node.id, "both", "class");
    case "TSEnumDeclaration":
      return named(node.id, "both", "enum");
    case "TSImportEqualsDeclaration":
      return named(node.id, "both", "import");
    case "TSModuleDeclaration":
      return isAugmentation(node) ? [] : named(leftmost(node.id), "both", "namespace");
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return named(node.id, "type", "type");
    case "ExportNamedDeclaration":
      return node.declaration ? found(node.declaration).map(each => ({ ...each, exported: true })) : [];
    case "ExportDefaultDeclaration":
      return found(node.declaration);
    default:
      return [];
  }
}

function variables({ kind, declarations }: ast.VariableDeclaration): Found[] {
  const names = declarations.flatMap(({ id }) => boundNames(id));
  return names.map(name => ({
    name,
    space: "value",
    kind: kind === "let" || kind === "var" ? "variable" : "constant",
  }));
}

function imports({ importKind, specifiers }: ast.ImportDeclaration): Found[] {
  return specifiers.map(each => {
    const isType = importKind === "type" || ("importKind" in each && each.importKind === "type");
    return { name: each.local.name, space: isType ? "type" : "both", kind: "import" };
  });
}

function named(id: { name: string } | null, space: Space, kind: Kind): Found[] {
  return id ? [{ name: id.name, space, kind }] : [];
}

/** `export { a }` in the cell: its document must not export it a second time. */
function exportedByList(node: Statement): string[] {
  if (node.type !== "ExportNamedDeclaration") return [];
  return node.specifiers.flatMap(({ exported }) => ("name" in exported ? [exported.name] : []));
}
