import type * as ast from "oxc-parser";
import { Visitor } from "oxc-parser";
import { Set } from "../intrinsics.ts";
import type { Edits } from "./edits.ts";
import { eraseClassSyntax } from "./erase_class.ts";

/**
 * Blanks what only the type checker reads. Returns the first construct that has a meaning of its own at run time
 * (enum, namespace, decorator, ...): such a cell goes to the transform instead.
 */
export function eraseTypes(program: ast.Program, code: string, edits: Edits): string | undefined {
  let needed: string | undefined;
  const need = (what: string) => () => {
    needed ??= what;
  };
  const range = ({ start, end }: ast.Span) => edits.blank(start, end);
  // A semicolon stays, so that the neighbours of a blanked statement do not become one.
  const statement = ({ start, end }: ast.Span) => edits.blank(start, end, ";");
  const parameters = (node: { params: ast.ParamPattern[] }) => eraseParameters(node.params, code, edits);

  const visitor = new Visitor({
    TSTypeAnnotation: range,
    TSTypeParameterDeclaration: range,
    TSTypeParameterInstantiation: range,
    TSInterfaceDeclaration: statement,
    TSTypeAliasDeclaration: statement,
    TSDeclareFunction: statement,
    TSNamespaceExportDeclaration: statement,
    TSAsExpression: node => edits.blank(node.expression.end, node.end, separator(code, node.end)),
    TSSatisfiesExpression: node => edits.blank(node.expression.end, node.end, separator(code, node.end)),
    TSNonNullExpression: node => edits.blank(node.end - 1, node.end),
    TSTypeAssertion: node => edits.blank(node.start, node.expression.start),
    TSEnumDeclaration: node => (node.declare ? statement(node) : need("enum")()),
    TSModuleDeclaration: node => (node.declare || holdsOnlyTypes(node) ? statement(node) : need("namespace")()),
    TSImportEqualsDeclaration: need("import ="),
    TSExportAssignment: need("export ="),
    Decorator: need("decorator"),
    AccessorProperty: need("accessor"),
    JSXElement: need("JSX"),
    JSXFragment: need("JSX"),
    VariableDeclaration: node => {
      if (node.declare) statement(node);
      else if (node.kind.includes("using")) need("using")();
    },
    VariableDeclarator: node => {
      if (node.definite) blankMark("!", node.id.start, node.end, code, edits);
    },
    FunctionDeclaration: node => (node.declare ? statement(node) : parameters(node)),
    FunctionExpression: parameters,
    ArrowFunctionExpression: node => {
      parameters(node);
      keepArrowOnLine(node, code, edits);
    },
    ...eraseClassSyntax(code, edits, what => need(what)()),
  });
  visitor.visit(program);
  return needed;
}

/** `x as T` at the end of a line: a next line that begins with one of these would become a call or an index. */
function separator(code: string, end: number): string {
  return /^[^\S\n]*\n\s*[([`]/.test(code.slice(end)) ? ";" : "";
}

function eraseParameters(params: ast.ParamPattern[], code: string, edits: Edits): void {
  const [first, second] = params;
  if (first?.type === "Identifier" && first.name === "this") edits.blank(first.start, second?.start ?? first.end);
  for (const parameter of params) {
    const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
    if (!("optional" in target) || !target.optional) continue;
    const from = "typeAnnotation" in target && target.typeAnnotation ? target.typeAnnotation.start : target.end;
    const at = code.lastIndexOf("?", from);
    if (at >= target.start) edits.blank(at, at + 1);
  }
}

/** `=>` must stand on the line of `)`: a return type over several lines takes the bracket with it. */
function keepArrowOnLine({ returnType }: ast.ArrowFunctionExpression, code: string, edits: Edits): void {
  if (!returnType || !code.slice(returnType.start, returnType.end).includes("\n")) return;
  const bracket = code.lastIndexOf(")", returnType.start);
  edits.blank(bracket, returnType.end - 1);
  edits.replace(returnType.end - 1, returnType.end, ")");
}

export function blankMark(mark: string, from: number, to: number, code: string, edits: Edits): void {
  const at = code.indexOf(mark, from);
  if (at >= 0 && at < to) edits.blank(at, at + 1);
}

const TYPE_STATEMENTS = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction"]);

function holdsOnlyTypes({ body }: ast.TSModuleDeclaration | ast.TSGlobalDeclaration): boolean {
  if (body?.type !== "TSModuleBlock") return false;
  return body.body.every(statement => {
    const inner =
      statement.type === "ExportNamedDeclaration" && statement.declaration ? statement.declaration : statement;
    return TYPE_STATEMENTS.has(inner.type) || (inner.type === "TSModuleDeclaration" && holdsOnlyTypes(inner));
  });
}
