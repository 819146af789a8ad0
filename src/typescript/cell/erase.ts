import type * as ast from "oxc-parser";
import type { Edits } from "./edits.ts";
import { Enums } from "./enums.ts";
import { eraseClassSyntax } from "./erase_class.ts";
import { Openings } from "./openings.ts";
import { holdsOnlyTypes, isType } from "./statements.ts";
import { breaksLine, findToken, nextToken } from "./tokens.ts";
import { visit } from "./visit.ts";

/** What is still to be done with a cell whose types are blanked. */
export interface Erased {
  /** The first construct that only the transform compiles: namespace, decorator, JSX, ... */
  needed: string | undefined;
  /** Whether it has JSX, which the transform must be prepared for. */
  jsx: boolean;
  /** Whether something was written in TypeScript's place that must be parsed again: an enum. */
  lowered: boolean;
}

/** Blanks what only the type checker reads. */
export function eraseTypes(program: ast.Program, code: string, edits: Edits): Erased {
  const erased: Erased = { needed: undefined, jsx: false, lowered: false };
  const openings = new Openings(code, edits);
  const need = (what: string) => () => {
    erased.needed ??= what;
  };
  const jsx = () => {
    erased.needed ??= "JSX";
    erased.jsx = true;
  };
  const range = ({ start, end }: ast.Span) => edits.blank(start, end);
  // A semicolon stays, so that the neighbours of a blanked statement do not become one.
  const statement = ({ start, end }: ast.Span) => edits.blank(start, end, ";");
  const parameters = (node: { params: ast.ParamPattern[] }) => eraseParameters(node.params, code, edits);
  const cast = ({ expression, end }: ast.TSAsExpression | ast.TSSatisfiesExpression) =>
    edits.blank(expression.end, end, separator(code, end));
  const enums = new Enums(code, edits);

  visit(program, {
    Program: ({ body }) => enums.enter(body, "var"),
    BlockStatement: ({ body }) => enums.enter(body),
    StaticBlock: ({ body }) => enums.enter(body),
    SwitchStatement: ({ cases }) => enums.enter(cases.flatMap(({ consequent }) => consequent)),
    TSModuleBlock: ({ body }) => enums.enter(body),
    TSTypeAnnotation: range,
    TSTypeParameterDeclaration: range,
    TSTypeParameterInstantiation: range,
    ExportNamedDeclaration: node => {
      if (isType(node)) statement(node);
    },
    TSInterfaceDeclaration: statement,
    TSTypeAliasDeclaration: statement,
    TSDeclareFunction: statement,
    TSNamespaceExportDeclaration: statement,
    TSAsExpression: cast,
    TSSatisfiesExpression: cast,
    TSNonNullExpression: node => edits.blank(node.end - 1, node.end),
    TSTypeAssertion: node => {
      edits.blank(node.start, node.expression.start);
      openings.add(node.start, node.expression.start);
    },
    TSEnumDeclaration: node => {
      if (node.declare) return statement(node);
      erased.lowered = true;
      enums.lower(node);
    },
    TSModuleDeclaration: node => (node.declare || holdsOnlyTypes(node) ? statement(node) : need("namespace")()),
    TSImportEqualsDeclaration: node => {
      if (node.importKind === "type") return statement(node);
      erased.lowered = true;
      edits.replace(node.start, node.id.start, "const ");
    },
    TSExportAssignment: node => {
      erased.lowered = true;
      edits.replace(node.start, node.expression.start, "export default ");
    },
    Decorator: need("decorator"),
    JSXElement: jsx,
    JSXFragment: jsx,
    VariableDeclaration: node => {
      if (node.declare) statement(node);
      else if (node.kind.includes("using") && !program.body.includes(node)) need("using")();
    },
    VariableDeclarator: node => {
      if (!node.definite) return;
      const at = findToken(code, "!", node.id.start);
      edits.blank(at, at + 1);
    },
    FunctionDeclaration: node => (node.declare ? statement(node) : parameters(node)),
    FunctionExpression: parameters,
    ArrowFunctionExpression: node => {
      parameters(node);
      if (node.typeParameters) keepHeadOnLine(node, node.typeParameters, code, edits, openings);
      keepArrowOnLine(node, code, edits);
    },
    "ArrowFunctionExpression:exit": ({ body }) => openings.guard(body, /^\{/),
    "ExpressionStatement:exit": ({ expression }) =>
      openings.guard(expression, /^(?:\{|function\b|class\b|async\s+function\b|let\s*\[)/),
    "ReturnStatement:exit": ({ argument }) => openings.keepOnLine(argument),
    "ThrowStatement:exit": ({ argument }) => openings.keepOnLine(argument),
    "YieldExpression:exit": ({ argument, delegate }) => !delegate && openings.keepOnLine(argument),
    ...eraseClassSyntax(code, edits, need("accessor")),
  });
  return erased;
}

/** `x as T` at the end of a statement: a next one that begins with one of these would become a call or an index. */
function separator(code: string, end: number): string {
  return "([`".includes(code[nextToken(code, end)] ?? " ") ? ";" : "";
}

function eraseParameters(params: ast.ParamPattern[], code: string, edits: Edits): void {
  const [first, second] = params;
  if (first?.type === "Identifier" && first.name === "this") {
    const comma = second ? -1 : nextToken(code, first.end);
    edits.blank(first.start, second?.start ?? (code[comma] === "," ? comma + 1 : first.end));
  }
  for (const parameter of params) eraseQuestionMark(parameter, code, edits);
}

/** The mark of an optional parameter. */
export function eraseQuestionMark(parameter: ast.ParamPattern, code: string, edits: Edits): void {
  const target = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  if (!("optional" in target) || !target.optional) return;
  const at = findToken(code, "?", lastPart(target as unknown as ast.BindingPattern)?.end ?? target.start);
  edits.blank(at, at + 1);
}

/** The last part of a pattern: a default in it may hold the same mark. */
function lastPart(pattern: ast.BindingPattern): ast.Span | null | undefined {
  if (pattern.type === "ObjectPattern") return pattern.properties.at(-1);
  return pattern.type === "ArrayPattern" ? pattern.elements.at(-1) : undefined;
}

/** `async <T>` and `(` must stand on one line. */
function keepHeadOnLine(
  node: ast.ArrowFunctionExpression,
  { start, end }: ast.Span,
  code: string,
  edits: Edits,
  openings: Openings,
): void {
  const bracket = nextToken(code, end);
  if (!node.async) openings.add(start, bracket);
  else if (breaksLine(code, start, bracket)) {
    edits.insert(start, "(");
    edits.blank(bracket, bracket + 1);
  }
}

/** `=>` must stand on the line of `)`: a return type over several lines takes the bracket with it. */
function keepArrowOnLine(
  { start, returnType, params, typeParameters }: ast.ArrowFunctionExpression,
  code: string,
  edits: Edits,
): void {
  if (!returnType) return;
  const bracket = findToken(code, ")", params.at(-1)?.end ?? typeParameters?.end ?? start);
  if (!breaksLine(code, bracket, returnType.end)) return;
  edits.blank(bracket, returnType.end - 1);
  edits.replace(returnType.end - 1, returnType.end, ")");
}
