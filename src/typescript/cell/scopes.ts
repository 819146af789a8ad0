import type * as ast from "oxc-parser";
import { visitorKeys } from "oxc-parser";
import { JSON, Set } from "../intrinsics.ts";
import { declaredBy, patternNames, type Renamed } from "./bindings.ts";
import type { Edits } from "./edits.ts";
import { isHeld, marked } from "./names.ts";

/** Any node, as the generic walk sees it. */
export type Node = ast.Node & Record<string, unknown>;
type Shadows = ReadonlySet<string>;

/** Nodes of TypeScript that hold expressions; all others are types. */
const EXPRESSIONS = /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$|^TSTypeAssertion$|^TSParameterProperty$/;
/** What may stand around a callee. */
const AROUND = /^ParenthesizedExpression$|^TS(?:As|Satisfies|NonNull)Expression$|^TSTypeAssertion$/;
const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/**
 * Renames what the top level of a cell declares or uses under the names of `renamed`, wherever no inner scope has a
 * name of its own. Keys, labels and types stay; a function or class without a name gets the one it would have had.
 */
export function renameTopLevel(program: ast.Program, renamed: Renamed, edits: Edits): void {
  if (renamed.size === 0) return;
  const renamer = new Renamer(renamed, edits);
  // What a compiler made uses the globals, whatever the author calls by their names.
  const own = new Set([...renamed].filter(([name, to]) => to === marked(name)).map(([name]) => name));
  const isMade = (name: string) => renamed.has(name) && !own.has(name);
  for (const statement of childrenOf(program as unknown as Node) as unknown as ast.Node[])
    renamer.walk(statement as unknown as Node, declares(statement).some(isMade) ? own : new Set());
}

function declares(statement: ast.Node): string[] {
  if (statement.type === "VariableDeclaration") return declaredBy(statement);
  return statement.type === "FunctionDeclaration" && statement.id ? [statement.id.name] : [];
}

class Renamer {
  readonly #renamed: Renamed;
  readonly #edits: Edits;

  constructor(renamed: Renamed, edits: Edits) {
    this.#renamed = renamed;
    this.#edits = edits;
  }

  walk(node: Node, shadows: Shadows, isCalled = false): void {
    const { type } = node as { type: string };
    if (type === "Identifier") this.#identifier(node as unknown as ast.IdentifierReference, shadows, isCalled);
    else this.#inside(node, type, shadows, isCalled);
  }

  #inside(node: Node, type: string, shadows: Shadows, isCalled: boolean): void {
    const inner = this.#enter(node, shadows);
    const called = type === "CallExpression" ? node.callee : type === "TaggedTemplateExpression" ? node.tag : undefined;
    for (const child of childrenOf(node)) this.walk(child, inner, child === called || (isCalled && AROUND.test(type)));
    this.#inferName(node, inner);
    if (type === "Property" && node.shorthand) this.#spellOut(node as unknown as ast.ObjectProperty, inner);
  }

  #identifier({ name, start }: ast.IdentifierReference, shadows: Shadows, isCalled: boolean): void {
    const to = shadows.has(name) ? undefined : this.#renamed.get(name);
    if (to === undefined) return;
    // As a function of the module's and no method: without a `this`.
    this.#edits.replaceName(start, name, isCalled && isHeld(to) ? `(0,${to})` : to);
  }

  /** `{ performance }` keeps its key. */
  #spellOut({ key, start }: ast.ObjectProperty, shadows: Shadows): void {
    const { name } = key as ast.IdentifierName;
    if (this.#renamed.has(name) && !shadows.has(name)) this.#edits.insert(start, `${name}:`);
  }

  /** `const process = x => x`: the function is called `process`, which V8 would take from the variable. */
  #inferName(node: Node, shadows: Shadows): void {
    const [target, value] = assigned(node as unknown as ast.Node);
    if (target?.type !== "Identifier" || !value || shadows.has(target.name) || !this.#renamed.has(target.name)) return;
    if (!isNameless(value)) return;
    this.#edits.insert(value.start, `({${JSON.stringify(target.name)}:`);
    this.#edits.insert(value.end, `})[${JSON.stringify(target.name)}]`);
  }

  /** The names that are shadowed inside of a node. */
  #enter(node: Node, shadows: Shadows): Shadows {
    const declared = declaredIn(node as unknown as ast.Node).filter(name => this.#renamed.has(name));
    return declared.length === 0 ? shadows : new Set([...shadows, ...declared]);
  }
}

/** Children that are code, types not among them. */
export function childrenOf(node: Node): Node[] {
  const children = keysOf(node).flatMap(key => (node[key] ?? []) as Node | (Node | null)[]);
  return children.filter((child): child is Node => child !== null && isCode(child));
}

function isCode(node: Node): boolean {
  const { type } = node as { type: string };
  return !type.startsWith("TS") || EXPRESSIONS.test(type);
}

/** Children that are code: no keys, labels or names of modules; the name of a declaration belongs to `bindings.ts`. */
function keysOf(node: Node): readonly string[] {
  const { type } = node as { type: string };
  const all = (visitorKeys as Record<string, string[]>)[type] ?? [];
  switch (type) {
    case "MemberExpression":
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return node.computed ? all : all.filter(key => key !== "property" && key !== "key");
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ClassDeclaration":
    case "ClassExpression":
      return all.filter(key => key !== "id");
    case "LabeledStatement":
      return ["body"];
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "ImportDeclaration":
    case "ExportAllDeclaration":
      return [];
    case "ExportNamedDeclaration":
      return ["declaration"];
    default:
      return all;
  }
}

export function declaredIn(node: ast.Node): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return functionNames(node as ast.Function | ast.ArrowFunctionExpression);
    case "ClassDeclaration":
    case "ClassExpression":
      return node.id ? [node.id.name] : [];
    case "BlockStatement":
      return node.body.flatMap(lexicalNames);
    case "StaticBlock":
      return [...node.body.flatMap(lexicalNames), ...varNames(node.body)];
    case "SwitchStatement":
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(lexicalNames));
    case "ForStatement":
      return node.init ? lexicalNames(node.init) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return lexicalNames(node.left);
    case "CatchClause":
      return patternNames(node.param);
    default:
      return [];
  }
}

function functionNames(node: ast.Function | ast.ArrowFunctionExpression): string[] {
  const params = node.params.flatMap(parameter =>
    patternNames((parameter.type === "TSParameterProperty" ? parameter.parameter : parameter) as ast.BindingPattern),
  );
  const own = node.type === "FunctionExpression" && node.id ? [node.id.name] : [];
  return [...own, ...params, ...(node.body?.type === "BlockStatement" ? varNames(node.body.body) : [])];
}

/** Names that a statement declares in its own block. */
function lexicalNames(statement: ast.Node): string[] {
  if (statement.type === "VariableDeclaration")
    return statement.kind === "var" ? [] : statement.declarations.flatMap(({ id }) => patternNames(id));
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    return statement.id ? [statement.id.name] : [];
  return [];
}

/** Names that `var` declares in a function, however deep in its blocks. */
function varNames(statements: readonly ast.Node[]): string[] {
  return statements.flatMap(statement => {
    const { type } = statement as { type: string };
    if (FUNCTION.test(type) || type.startsWith("TS") || type.startsWith("Class") || type.endsWith("Expression"))
      return [];
    if (statement.type === "VariableDeclaration")
      return statement.kind === "var" ? statement.declarations.flatMap(({ id }) => patternNames(id)) : [];
    const node = statement as Node;
    const children = ((visitorKeys as Record<string, string[]>)[type] ?? []).flatMap(key => node[key] as Node | Node[]);
    return varNames(children.filter(child => child !== null && child !== undefined));
  });
}

function assigned(node: ast.Node): [ast.Node | null | undefined, ast.Expression | null] {
  if (node.type === "VariableDeclarator") return [node.id, node.init];
  if (node.type === "AssignmentPattern") return [node.left, node.right];
  if (node.type === "AssignmentExpression" && /^(?:\?\?|\|\||&&)?=$/.test(node.operator))
    return [node.left, node.right];
  return [undefined, null];
}

function isNameless(value: ast.Expression): boolean {
  switch (value.type) {
    case "ArrowFunctionExpression":
      return true;
    case "FunctionExpression":
    case "ClassExpression":
      return !value.id;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return isNameless(value.expression);
    default:
      return false;
  }
}
